package org.rollcall.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.AdministratorSession;
import org.rollcall.connect.RegistrationPlan;
import org.rollcall.connect.RegistrationPlan.Rights;
import org.rollcall.connect.RegistrationService;
import org.rollcall.domain.Tenant;
import org.rollcall.source.DeviceCode;
import org.rollcall.text.Words;

@Command(name = "register", description = "Register Rollcall in Entra and connect the tenant; an administrator signs in "
        + "with a device code.")
final class TenantRegisterCommand extends SignedInCommand {
    @Parameters(paramLabel = "NAME", description = "What the tenant is called here.")
    String name = "";

    @Option(names = "--tenant", paramLabel = "T", required = true, description = "Tenant id or a verified domain.")
    String tenant = "";

    @Mixin
    PlaceOptions place = new PlaceOptions();

    @Option(names = "--application-name", paramLabel = "TEXT", description = "What the application is called in Entra.")
    String applicationName = RegistrationService.APPLICATION_NAME;

    @Option(names = "--with", paramLabel = "PERMISSION", description = "Optional permission besides those that reading "
            + "needs; repeatable. AuditLog.Read.All unless said otherwise.")
    List<String> with = List.of("AuditLog.Read.All");

    @Option(names = "--bootstrap-client-id", paramLabel = "ID", description = "Public client that the administrator signs "
            + "in to; Microsoft Graph Command Line Tools unless said otherwise.")
    String bootstrap = RegistrationService.BOOTSTRAP_CLIENT_ID;

    @Option(names = "--dry-run", description = "Sign in and show what would be created; create nothing.")
    boolean dryRun;

    @Override
    int run(Session session) {
        RegistrationService service = session.workspace().registration();
        try (Progress progress = session.invocation().progress();
                AdministratorSession administrator = service.signInByDeviceCode(session.actor(),
                        place.of(tenant, invocation().terminal()), bootstrap, code -> show(session.out(), code),
                        progress)) {
            RegistrationPlan plan = service.plan(session.actor(), administrator,
                    new RegistrationService.Options(applicationName, Set.copyOf(with)), progress);
            List<String> lines = lines(plan, administrator.userName());
            if (dryRun) {
                session.out().answer(document(plan), lines);
                return ExitCode.DONE;
            }
            lines.forEach(session.out()::note);
            Tenant connected = service.register(session.actor(), administrator, plan, name, progress);
            session.out().answer(TenantCommands.document(connected),
                    Words.of("cli.tenantRegisterCommand.registeredAndConnected", Text.clean(plan.applicationName()),
                            Text.clean(connected.name()), Text.clean(connected.directoryId())).shown());
            return ExitCode.DONE;
        }
    }

    private static void show(Output out, DeviceCode code) {
        long minutes = Math.max(1, Duration.between(Instant.now(), code.expiresAt()).toMinutes());
        out.note(Words.of("cli.tenantRegisterCommand.toSignInOpenAnd", code.url(), code.userCode(), minutes).shown());
    }

    private static List<String> lines(RegistrationPlan plan, String userName) {
        var lines = new ArrayList<String>();
        lines.add(Words
                .of("cli.tenantRegisterCommand.signedInInTheTenant",
                        userName.isEmpty()
                                ? Words.verbatim("")
                                : Words.of("cli.tenantRegisterCommand.signedInInTheTenant.part.else", userName))
                .shown());
        plan.steps().forEach(step -> lines
                .add("  " + (step.there() ? Words.of("cli.tenantRegisterCommand.isThere").shown() : "new: ")
                        + step.title() + " - " + step.detail()));
        if (plan.rights() == Rights.TOO_FEW) {
            lines.add(Words.of("cli.tenantRegisterCommand.thisAccountIsNeitherPrivileged").shown());
        }
        return lines;
    }

    private static Doc document(RegistrationPlan plan) {
        return new Doc().put("application", plan.applicationName()).put("permissions", List.copyOf(plan.permissions()))
                .put("again", plan.existing() != null).put("rights", plan.rights())
                .put("steps", plan.steps().stream().map(step -> new Doc().put("kind", step.kind())
                        .put("title", step.title()).put("detail", step.detail()).put("there", step.there())).toList());
    }
}
