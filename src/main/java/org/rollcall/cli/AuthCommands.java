package org.rollcall.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.CredentialFiles;
import org.rollcall.connect.JobControl;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.AuthenticationService.Status;
import org.rollcall.signin.SignInTest;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.text.Words;

@Command(name = "auth", description = "Who signs in how.", subcommands = { AuthCommands.StatusCommand.class,
        AuthCommands.Enable.class, AuthCommands.Disable.class, AuthCommands.Test.class })
final class AuthCommands {
    private AuthCommands() {}

    private static int answer(Session session) {
        Status status = session.workspace().auth().authentication().status(session.actor());
        var entra = status.entra();
        var ad = status.ad();
        List<String> modes = entra.modes().stream().map(SignInMode::word).toList();
        Doc doc = new Doc()
                .put("local", new Doc().put("accounts", status.localAccounts())
                        .put("administrators", status.localAdministrators())
                        .put("breakGlass", status.breakGlass() == null ? null : status.breakGlass().username()))
                .put("entra", new Doc().put("enabled", entra.enabled()).put("tenant", entra.tenant())
                        .put("modes", modes).put("admits", entra.admits()))
                .put("ad", new Doc().put("enabled", ad.enabled()).put("servers", ad.servers())
                        .put("admits", ad.admits()));
        var table = new TextTable("", "", "");
        table.row(Words.of("cli.authCommands.localAccounts").shown(), "on", Words.of(
                "cli.authCommands.ofThemAdministrators", status.localAccounts(), status.localAdministrators(),
                status.breakGlass() == null
                        ? Words.verbatim("")
                        : Words.of("cli.authCommands.ofThemAdministrators.part3.else", status.breakGlass().username()))
                .shown());
        table.row(Words.of("cli.authCommands.microsoftEntraId").shown(), entra.enabled() ? "on" : "off",
                (entra.tenant() == null ? "" : entra.tenant() + ", ") + String.join(", ", modes) + "; "
                        + (entra.enabled()
                                ? Words.of("cli.authCommands.letsIn").shown()
                                : Words.of("cli.authCommands.wouldLetIn").shown())
                        + Text.people(entra.admits()));
        table.row(Words.of("cli.authCommands.activeDirectory").shown(), ad.enabled() ? "on" : "off",
                (ad.servers().isEmpty() ? "" : String.join(", ", ad.servers()) + "; ")
                        + (ad.enabled()
                                ? Words.of("cli.authCommands.letsIn").shown()
                                : Words.of("cli.authCommands.wouldLetIn").shown())
                        + Text.people(ad.admits()));
        session.out().answer(doc, table.lines().stream().skip(1).toList());
        return ExitCode.DONE;
    }

    @Command(name = "status", description = "Which ways are on, and how many people each lets in.")
    static final class StatusCommand extends SignedInCommand {
        @Override
        int run(Session session) {
            return answer(session);
        }
    }

    @Command(name = "enable", description = "Switch a way to sign in on.", subcommands = { EnableEntra.class,
            EnableAd.class })
    static final class Enable {}

    @Command(name = "entra", description = "Let the people of a tenant sign in with Microsoft Entra ID.")
    static final class EnableEntra extends SignedInCommand {
        @Option(names = "--tenant", paramLabel = "NAME", description = "The tenant's name here; not needed if there is only one.")
        @Nullable
        String tenant;

        @Option(names = "--mode", paramLabel = "MODE", split = ",", description = "browser, device or password; may be repeated; browser and device unless said.")
        List<SignInMode> modes = List.of();

        @Override
        int run(Session session) {
            Set<SignInMode> wanted = modes.isEmpty() ? Set.of() : EnumSet.copyOf(modes);
            session.workspace().auth().authentication().enableEntra(session.actor(), tenant, wanted);
            return answer(session);
        }
    }

    @Command(name = "ad", description = "Let people sign in with their password in Active Directory.")
    static final class EnableAd extends SignedInCommand {
        @Option(names = "--server", paramLabel = "URL", required = true, description = "ldaps://HOST[:PORT], or ldap://HOST[:PORT] with --starttls; may be repeated.")
        List<String> servers = List.of();

        @Option(names = "--starttls", description = "Encrypt ldap:// connections before anything is said.")
        boolean startTls;

        @Option(names = "--base", paramLabel = "DN", required = true, description = "Where people are searched, such as DC=contoso,DC=com.")
        String base = "";

        @Option(names = "--domain", paramLabel = "NETBIOS", description = "The domain's short name, for DOMAIN\\name.")
        @Nullable
        String domain;

        @Option(names = "--upn-suffix", paramLabel = "S", description = "Appended to short names.")
        @Nullable
        String upnSuffix;

        @Option(names = "--ca-file", paramLabel = "PEM", description = "Certificates to trust besides the platform's.")
        @Nullable
        String caFile;

        @Option(names = "--bind-user", paramLabel = "NAME", description = "Account that searches.")
        @Nullable
        String bindUser;

        @Option(names = "--bind-password-file", paramLabel = "F", description = "File with that account's password in its first line.")
        @Nullable
        String bindPasswordFile;

        @Option(names = "--no-check", description = "Store without asking the servers.")
        boolean noCheck;

        @Override
        int run(Session session) {
            String ca = caFile == null
                    ? null
                    : new CredentialFiles(Clock.systemUTC()).certificateAuthorities(TenantCommands.path(caFile));
            char[] password = bindPasswordFile == null
                    ? null
                    : Passwords.read(bindPasswordFile, Words.of("files.what.password"));
            var wanted = new AdSettings(servers, startTls, base, domain, upnSuffix, ca, bindUser);
            try (Progress progress = session.invocation().progress()) {
                session.workspace().auth().authentication().enableAd(session.actor(), wanted, password, !noCheck,
                        new JobControl(progress, true));
            }
            return answer(session);
        }
    }

    @Command(name = "disable", description = "Switch a way to sign in off.", subcommands = { DisableEntra.class,
            DisableAd.class })
    static final class Disable {}

    @Command(name = "entra", description = "Nobody signs in with Microsoft Entra ID any more.")
    static final class DisableEntra extends SignedInCommand {
        @Override
        int run(Session session) {
            session.workspace().auth().authentication().disableEntra(session.actor());
            return answer(session);
        }
    }

    @Command(name = "ad", description = "Nobody signs in with Active Directory any more.")
    static final class DisableAd extends SignedInCommand {
        @Override
        int run(Session session) {
            session.workspace().auth().authentication().disableAd(session.actor());
            return answer(session);
        }
    }

    @Command(name = "test", description = "Try whether somebody could sign in, without signing them in.")
    static final class Test extends SignedInCommand {
        @Parameters(paramLabel = "USER", description = "Whom to test: user name, UPN or id; for Active Directory also DOMAIN\\name.")
        String user = "";

        @Option(names = "--mode", paramLabel = "MODE", required = true, description = "local, ad, browser, device or password.")
        SignInMode mode = SignInMode.LOCAL;

        @Option(names = "--test-password-file", paramLabel = "F", description = "File with the tested person's password in its first line; otherwise ROLLCALL_TEST_PASSWORD or a prompt.")
        @Nullable
        String passwordFile;

        @Override
        int run(Session session) {
            Passwords passwords = Passwords.ofTested(session.invocation().terminal(), passwordFile);
            var prompts = new CommandSignIn(session.invocation(), session.out(), passwords::present);
            SignInTest.Result result;
            try (Progress progress = session.invocation().progress()) {
                result = session.workspace().auth().test().test(session.actor(), user, mode, prompts, SignInTrail.NONE,
                        new JobControl(progress, true));
            }
            var lines = new ArrayList<String>();
            result.steps().forEach(step -> lines.add(Text.clean(step.step().name().toLowerCase(java.util.Locale.ROOT)
                    + ": " + step.detail())));
            lines.add(result.outcome() + (result.code() == null ? "" : " (" + Text.clean(result.code()) + ")") + ": "
                    + Text.clean(result.message().shown()));
            session.out().answer(new Doc().put("user", result.user()).put("mode", result.mode().word())
                    .put("admitted", result.admitted()).put("outcome", result.outcome()).put("code", result.code())
                    .put("message", result.message().english())
                    .put("remedy", result.commandRemedy() == null ? null : result.commandRemedy().english())
                    .put("steps", result.steps().stream().map(step -> new Doc()
                            .put("step", step.step()).put("detail", step.detail())).toList()),
                    lines);
            if (!result.admitted()) {
                Words remedy = result.commandRemedy();
                throw new SignInRefusedException(result.outcome(), result.code(), result.message(),
                        remedy == null ? Words.verbatim("") : remedy, null);
            }
            return ExitCode.DONE;
        }
    }
}
