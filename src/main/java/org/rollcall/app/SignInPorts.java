package org.rollcall.app;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

import org.rollcall.connect.TenantService;
import org.rollcall.directory.CallControl;
import org.rollcall.directory.DeviceCode;
import org.rollcall.directory.EntraIdentity;
import org.rollcall.directory.LdapDirectory;
import org.rollcall.directory.SignInRefusedException;
import org.rollcall.directory.SignInTrail;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.signin.AuthServices;

/// The directories that prove who people are.
final class SignInPorts {
    private SignInPorts() {}

    static AuthServices.Ports of(TenantService tenants, Clock clock) {
        return new AuthServices.Ports(new NoEntra(), new NoLdap(), tenant -> tenants.place(tenant).endpoint());
    }

    private static SignInRefusedException absent() {
        return new SignInRefusedException(SignInOutcome.UNREACHABLE, null, "this way to sign in is not built in",
                "use another way", null);
    }

    private static final class NoEntra implements EntraIdentity {
        @Override
        public Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control) {
            throw absent();
        }

        @Override
        public Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control) {
            throw absent();
        }

        @Override
        public Proven byPassword(Request request, String userName, char[] password, SignInTrail trail,
                CallControl control) {
            throw absent();
        }
    }

    private static final class NoLdap implements LdapDirectory {
        @Override
        public String prove(Settings settings, Account account, char[] password, SignInTrail trail,
                CallControl control) {
            throw absent();
        }

        @Override
        public List<String> check(Settings settings, CallControl control) {
            throw absent();
        }
    }
}
