package org.rollcall.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.connect.PeopleFate;
import org.rollcall.connect.PermissionLine;
import org.rollcall.connect.TenantPlace;
import org.rollcall.connect.TenantService;
import org.rollcall.connect.VerifyReport;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.source.Organization;
import org.rollcall.text.Words;

@Command(name = "tenant", description = "Connect tenants of Microsoft Entra ID.", subcommands = {
        TenantCommands.Add.class, TenantRegisterCommand.class, TenantCommands.Credential.class,
        TenantCommands.ListTenants.class,
        TenantCommands.Verify.class, TenantCommands.Rename.class, TenantCommands.Remove.class })
final class TenantCommands {
    private static final String CERTIFICATE_PASSWORD = "ROLLCALL_CERTIFICATE_PASSWORD";

    private TenantCommands() {}

    /// A client secret or a certificate, from files.
    static final class CredentialOptions {
        @ArgGroup(exclusive = true, multiplicity = "1")
        Kind kind = new Kind();

        @Option(names = "--certificate-password-file", paramLabel = "F", description = "File with the password of the PFX file or the key, otherwise "
                + CERTIFICATE_PASSWORD + ".")
        @Nullable
        String passwordFile;

        static final class Kind {
            @Option(names = "--secret-file", paramLabel = "F", required = true, description = "File with the client secret's value.")
            @Nullable
            String secretFile;

            @ArgGroup(exclusive = false)
            @Nullable
            Certificate certificate;
        }

        static final class Certificate {
            @Option(names = "--certificate", paramLabel = "F", required = true, description = "Certificate: PEM, or PFX with its key.")
            String file = "";

            @Option(names = "--key-file", paramLabel = "F", description = "Its private key, PKCS#8 PEM.")
            @Nullable
            String keyFile;
        }

        NewCredential read(Terminal terminal) {
            var files = new CredentialFiles(Clock.systemUTC());
            if (kind.secretFile != null) {
                return files.secret(path(kind.secretFile));
            }
            Certificate certificate = Objects.requireNonNull(kind.certificate);
            char[] password = null;
            if (passwordFile != null) {
                password = Passwords.read(passwordFile, Words.of("files.what.certificatePassword"));
            } else if (terminal.variable(CERTIFICATE_PASSWORD) != null) {
                password = Objects.requireNonNull(terminal.variable(CERTIFICATE_PASSWORD)).toCharArray();
            }
            try {
                return files.certificate(path(certificate.file),
                        certificate.keyFile == null ? null : path(certificate.keyFile), password);
            } finally {
                if (password != null) {
                    Arrays.fill(password, '\0');
                }
            }
        }
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw RollcallException.input("file.invalid", Words.of("cli.file.invalid.tenantCommands", name),
                    Words.of("cli.file.invalid.tenantCommands.remedy"));
        }
    }

    static Doc document(Tenant tenant) {
        return new Doc().id("id", tenant.id()).put("name", tenant.name()).put("tenant", tenant.directoryId())
                .put("organization", tenant.organization()).put("clientId", tenant.clientId())
                .put("cloud", tenant.cloud().optionName()).put("authority", tenant.loginOrigin())
                .put("graph", tenant.graphOrigin()).put("created", tenant.createdAt())
                .put("verified", tenant.verifiedAt());
    }

    @Command(name = "add", description = "Connect a tenant; nothing is stored if the check online fails.")
    static final class Add extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "What the tenant is called here.")
        String name = "";

        @Option(names = "--tenant", paramLabel = "T", required = true, description = "Tenant id or a verified domain.")
        String tenant = "";

        @Option(names = "--client-id", paramLabel = "ID", required = true, description = "The application's client id.")
        String clientId = "";

        @Mixin
        CredentialOptions credential = new CredentialOptions();

        @Mixin
        PlaceOptions place = new PlaceOptions();

        @Option(names = "--no-check", description = "Store without asking Entra first.")
        boolean noCheck;

        @Override
        int run(Session session) {
            TenantPlace where = place.of(tenant, invocation().terminal());
            var wanted = new NewTenant(name, where.tenant(), clientId, credential.read(invocation().terminal()),
                    where.cloud(), where.authorityUrl(), where.graphUrl(), where.caPem(), where.proxyUrl());
            Tenant added;
            try (Progress progress = session.invocation().progress()) {
                added = session.workspace().tenants().add(session.actor(), wanted, !noCheck, progress);
            }
            session.out()
                    .answer(document(added), Words
                            .of("cli.tenantCommands.connected", Text.clean(added.name()),
                                    added.organization() == null
                                            ? Words.verbatim("")
                                            : Words.of("cli.tenantCommands.connected.part2.else",
                                                    Text.clean(added.organization())),
                                    Text.clean(added.directoryId()))
                            .shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "credential", description = "Replace the secret or certificate; the present one stays if the new one "
            + "does not work.")
    static final class Credential extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The tenant's name here.")
        String name = "";

        @Mixin
        CredentialOptions credential = new CredentialOptions();

        @Option(names = "--no-check", description = "Store without asking Entra first.")
        boolean noCheck;

        @Override
        int run(Session session) {
            TenantService tenants = session.workspace().tenants();
            NewCredential read = credential.read(invocation().terminal());
            try (Progress progress = session.invocation().progress()) {
                tenants.replaceCredential(session.actor(), name, read, !noCheck, progress);
            }
            session.out().answer(document(tenants.byName(name)),
                    Words.of("cli.tenantCommands.replacedTheCredentialOf", Text.clean(name)).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "list", description = "List connected tenants.")
    static final class ListTenants extends SignedInCommand {
        @Override
        int run(Session session) {
            List<Tenant> tenants = session.workspace().tenants().list(session.actor());
            var table = new TextTable("NAME", "ORGANIZATION", "TENANT", "CLOUD", "GRAPH", "VERIFIED");
            tenants.forEach(tenant -> table.row(tenant.name(), tenant.organization(), tenant.directoryId(),
                    tenant.cloud().optionName(), tenant.graphOrigin(), Text.time(tenant.verifiedAt())));
            session.out().answer(new Doc().put("tenants", tenants.stream().map(TenantCommands::document).toList()),
                    table.lines());
            return ExitCode.DONE;
        }
    }

    @Command(name = "verify", description = "Check organisation, permissions and credential online.")
    static final class Verify extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The tenant's name here.")
        String name = "";

        @Override
        int run(Session session) {
            VerifyReport report;
            try (Progress progress = session.invocation().progress()) {
                report = session.workspace().tenants().verify(session.actor(), name, progress);
            }
            session.out().answer(document(report), lines(report));
            if (report.ok()) {
                return ExitCode.DONE;
            }
            List<String> missing = report.missing().stream().map(PermissionLine::name).toList();
            session.out().error(ErrorKind.REFUSED.name(),
                    missing.isEmpty()
                            ? Words.of("cli.end.readingDoesNotWork")
                            : Words.of("cli.end.permissionsAreMissing", String.join(", ", missing)),
                    Words.of("cli.end.grantThemToTheApplication"), Map.of());
            return ExitCode.DIRECTORY;
        }

        private Doc document(VerifyReport report) {
            Organization organization = report.organization();
            return new Doc().put("tenant", name).put("ok", report.ok())
                    .put("organization", organization == null ? null : organization.displayName())
                    .put("tenantId", organization == null ? null : organization.tenantId())
                    .put("domains", organization == null ? List.of() : organization.domains())
                    .put("permissions", report.permissions().stream().map(line -> new Doc().put("name", line.name())
                            .put("kind", line.kind()).put("state", line.state()).put("needed", line.needed())
                            .put("purpose", line.purpose()).put("through", line.through())).toList())
                    .put("credential", new Doc().put("kind", report.credentialKind())
                            .put("expires", report.credentialExpiresAt()))
                    .put("mfaReport", report.mfaReport());
        }

        private List<String> lines(VerifyReport report) {
            var lines = new ArrayList<String>();
            Organization organization = report.organization();
            lines.add(Text.clean(name) + ": " + (organization == null
                    ? Words.of("cli.tenantCommands.theOrganisationMayNotBe").shown()
                    : Text.clean(organization.displayName()) + " (" + organization.tenantId() + ")"));
            var table = new TextTable("PERMISSION", "STATE", "NEEDED", "FOR");
            report.permissions().forEach(line -> table.row(line.name(), line.state(), line.needed() ? "yes" : "no",
                    Text.recalled(line.purpose())));
            table.lines().forEach(line -> lines.add("  " + line));
            if (!report.permissionsKnown()) {
                lines.add(Words.of("cli.tenantCommands.theTokenDoesNotSay").shown());
            }
            lines.add("  credential: " + report.credentialKind() + (report.credentialExpiresAt() == null
                    ? ""
                    : Words.of("cli.tenantCommands.goodUntil", Text.time(report.credentialExpiresAt())).shown()));
            lines.add(Words.of("cli.tenantCommands.mfaStates", Text.recalled(report.mfaReport().words())).shown());
            return lines;
        }
    }

    @Command(name = "rename", description = "Call a tenant something else here.")
    static final class Rename extends SignedInCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The tenant's name here.")
        String name = "";

        @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
        String newName = "";

        @Override
        int run(Session session) {
            session.workspace().tenants().rename(session.actor(), name, newName);
            session.out().answer(document(session.workspace().tenants().byName(newName)),
                    Words.of("cli.tenantCommands.renamedTo", Text.clean(name), Text.clean(newName)).shown());
            return ExitCode.DONE;
        }
    }

    @Command(name = "remove", description = "Disconnect a tenant; Entra is not touched.")
    static final class Remove extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The tenant's name here.")
        String name = "";

        @Option(names = "--people", paramLabel = "remove|deactivate|keep", defaultValue = "REMOVE", description = "What becomes of its people: "
                + "remove deletes them with their groups, history and runs; deactivate and keep let them stay, with their "
                + "roles, for when the tenant is connected again. Without it: remove.")
        PeopleFate people = PeopleFate.REMOVE;

        @Override
        int run(Session session) {
            TenantService.Removal removed = session.workspace().tenants().remove(session.actor(), name, people);
            long there = removed.active() + removed.disabled();
            String fate = switch (people) {
                case REMOVE ->
                    Words.of("cli.tenantCommands.peopleWereDeletedWithIt", there + removed.removed()).shown();
                case DEACTIVATE -> Words.of("cli.tenantCommands.peopleStayDeactivated", there).shown();
                case KEEP -> Words.of("cli.tenantCommands.peopleStayAsTheyAre", there).shown();
            };
            session.out().answer(new Doc().put("removed", removed.tenant().name())
                    .put("people", people.name().toLowerCase(Locale.ROOT)).put("active", removed.active())
                    .put("disabled", removed.disabled()).put("groups", removed.groups())
                    .put("imports", removed.imports())
                    .put("schedules", removed.schedules()),
                    Words.of("cli.tenantCommands.removed", Text.clean(removed.tenant().name()), fate).shown());
            return ExitCode.DONE;
        }
    }
}
