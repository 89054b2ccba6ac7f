package org.rollcall.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.unboundid.ldap.sdk.LDAPException;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.SignInMode;
import org.rollcall.roles.RoleServices;
import org.rollcall.signin.AuthServices;
import org.rollcall.signin.HashCost;
import org.rollcall.signin.PersonRefresh;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.signin.SignInRequest;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.Endpoint;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.ldap.LdapSignIn;
import org.rollcall.source.ldap.TestAuthority;
import org.rollcall.source.ldap.TestDomain;
import org.rollcall.store.AuditStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.vault.Vault;

/// Whether the time of a refusal tells an unknown user from a wrong password: both are tried in turn, many times, and the
/// medians compared. Local accounts, and Active Directory with and without an account that searches, over TLS at a server
/// in this process.
///
/// The clock moves on between attempts, so that none is refused before its password was looked at.
final class SignInBenchmark {
    private static final String PASSWORD = "some unrelated words";
    private static final int WARM_UP = 30;
    private static final CallControl CONTROL = new CallControl() {
        @Override
        public void checkCancelled() {
            // Nobody cancels.
        }

        @Override
        public void pause(Duration time, String reason) {
            throw new IllegalStateException("an attempt had to wait: " + reason);
        }
    };
    private static final SignInPrompts WRONG = new SignInPrompts() {
        @Override
        public char[] password(String user) {
            return "a wrong password".toCharArray();
        }

        @Override
        public void browse(URI address) {
            throw new IllegalStateException();
        }

        @Override
        public void show(DeviceCode code) {
            throw new IllegalStateException();
        }

        @Override
        public boolean hasDisplay() {
            return false;
        }
    };

    private final TestDirectory directory;
    private final AuthServices auth;
    private final Actor root;

    private SignInBenchmark(Path folder) {
        directory = new TestDirectory(folder);
        var audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        auth = AuthServices.over(directory.database,
                new UserQueries(directory.database, new GroupNesting(directory.database)), Vault.open(folder),
                new AuthServices.Ports(() -> {
                    throw new IllegalStateException("Entra is off");
                }, LdapSignIn::new,
                        tenant -> new Endpoint(tenant.directoryId(), "https://login", "https://graph", null, null),
                        PersonRefresh.NONE),
                RoleServices.over(directory.database, audit, directory.clock).guard(), audit, HashCost.STANDARD,
                directory.clock);
        root = auth.local().createFirstAdministrator("root", PASSWORD.toCharArray(), "benchmark");
    }

    public static void main(String[] args) throws IOException {
        System.out.print(measure(args.length == 0 ? 200 : Integer.parseInt(args[0])));
    }

    /// Returns the rows of the table.
    ///
    /// @param times attempts of each kind for each way
    static String measure(int times) throws IOException {
        Path folder = Files.createTempDirectory("rollcall-signin");
        var authority = new TestAuthority();
        try (var domain = new TestDomain(authority, "localhost")) {
            var benchmark = new SignInBenchmark(folder);
            try (var _ = benchmark.directory) {
                return benchmark.local(times) + benchmark.ad(domain, authority, TestDomain.SEARCHER, times)
                        + benchmark.ad(domain, authority, null, times);
            }
        } catch (LDAPException e) {
            throw new IOException(e);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private String local(int times) {
        auth.accounts().add(root, "mika", null, null, "User", PASSWORD.toCharArray());
        return row("a local account", SignInMode.LOCAL, "mika", times);
    }

    private String ad(TestDomain domain, TestAuthority authority, @org.jspecify.annotations.Nullable String searcher,
            int times) {
        if (searcher != null) {
            long ada = directory.person(directory.tenant("Contoso"), "Ada", "ada@corp.example");
            directory.sql(
                    "update directory_user set on_premises_sam_account_name = 'ada', sam_key = 'ada' where id = ?",
                    ada);
        }
        auth.authentication().enableAd(root,
                new AdSettings(List.of(domain.tls()), false, TestDomain.BASE, "CORP", null, authority.pem(), searcher),
                searcher == null ? null : "look-it-up".toCharArray(), true, CONTROL);
        return row(searcher == null ? "Active Directory, bound by name" : "Active Directory, searched",
                SignInMode.AD, "ada", times);
    }

    private String row(String what, SignInMode mode, String known, int times) {
        var wrong = new long[times];
        var unknown = new long[times];
        for (int i = -WARM_UP; i < times; i++) {
            // Names of the same length, each asked for once.
            String nobody = String.format(Locale.ROOT, "%04d", i + WARM_UP).substring(4 - known.length());
            boolean first = (i & 1) == 0;
            long a = refused(mode, first ? known : nobody);
            long b = refused(mode, first ? nobody : known);
            if (i >= 0) {
                wrong[i] = first ? a : b;
                unknown[i] = first ? b : a;
            }
        }
        double one = median(wrong);
        double other = median(unknown);
        return String.format(Locale.ROOT, "| %s, %d attempts of each kind | %.2f ms | %.2f ms | %.3f |%n", what, times,
                one, other, other / one);
    }

    /// In nanoseconds.
    private long refused(SignInMode mode, String user) {
        directory.clock.advance(Duration.ofHours(2));
        var request = new SignInRequest(mode, user, WRONG);
        long begin = System.nanoTime();
        try {
            auth.signIn().signIn(request, "benchmark", CONTROL);
        } catch (SignInRefusedException e) {
            return System.nanoTime() - begin;
        }
        throw new IllegalStateException(user + " was let in");
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }
}
