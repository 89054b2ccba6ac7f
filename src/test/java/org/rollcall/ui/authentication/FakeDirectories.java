package org.rollcall.ui.authentication;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.LdapDirectory;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.text.Words;

/// Answers as Entra and Active Directory would, for one person.
@SuppressWarnings("NullAway") // nulls stand for "as usual"
final class FakeDirectories implements EntraIdentity, LdapDirectory {
    final List<String> asked = new ArrayList<>();
    Proven proven;
    SignInOutcome refusal;
    String code;
    /// A domain controller that does not answer.
    String down = "";

    static Proven person(UUID tenant, UUID object) {
        return new Proven(tenant, object, "chiamaka.eze@contoso.com", "token");
    }

    @Override
    public Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control) {
        trail.passed(SignInTrail.Step.ADDRESS, "https://login.example/contoso");
        open.accept(URI.create("https://login.example/authorize"));
        return prove(trail);
    }

    @Override
    public Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control) {
        trail.passed(SignInTrail.Step.ADDRESS, "https://login.example/contoso");
        show.accept(new DeviceCode("FGH4K2MPQ", "https://microsoft.com/devicelogin",
                java.time.Instant.parse("2030-01-01T00:00:00Z")));
        return prove(trail);
    }

    @Override
    public Proven byPassword(Request request, String userName, char[] password, SignInTrail trail,
            CallControl control) {
        trail.passed(SignInTrail.Step.ADDRESS, "https://login.example/contoso");
        return prove(trail);
    }

    private Proven prove(SignInTrail trail) {
        if (refusal != null) {
            var refused = new SignInRefusedException(refusal, code,
                    Words.verbatim("your organization asks for a second factor"),
                    Words.verbatim("use Sign in with Microsoft"), null);
            refused.onCommandLine(Words.verbatim("choose --mode browser"));
            throw refused;
        }
        trail.passed(SignInTrail.Step.AUTHENTICATION, "the authority let the person in");
        trail.passed(SignInTrail.Step.TOKEN, "an ID token of 1,204 characters");
        trail.passed(SignInTrail.Step.SIGNATURE, "signed with the key Kq1, which the authority publishes");
        trail.passed(SignInTrail.Step.CLAIMS, "issuer, audience, times and tenant are right");
        return proven;
    }

    @Override
    public String prove(Settings settings, Account account, char[] password, SignInTrail trail, CallControl control) {
        trail.passed(SignInTrail.Step.ADDRESS, settings.servers().getFirst());
        return settings.servers().getFirst();
    }

    @Override
    public List<String> check(Settings settings, CallControl control) {
        asked.add("check " + settings.servers());
        if (settings.servers().equals(List.of(down))) {
            throw new RollcallException(ErrorKind.OFFLINE, "ad.offline", "the server does not answer",
                    "see whether its name is right and the network lets you through");
        }
        return settings.servers();
    }
}
