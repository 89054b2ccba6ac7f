package org.rollcall.signin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuthSettings;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserRow;
import org.rollcall.roles.Actors;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.TenantStore;
import org.rollcall.text.Words;

/// Signs people in, each by their way. Local accounts always sign in locally: what is entered for one is never sent to a
/// directory.
public final class SignInService {
    private final LocalSignIn local;
    private final OutsideSignIn outside;
    private final AuthSettingsStore settings;
    private final TenantStore tenants;
    private final RefreshAtSignIn refresh;
    private final Actors actors;
    private final SignInLog log;

    SignInService(LocalSignIn local, OutsideSignIn outside, AuthSettingsStore settings, TenantStore tenants,
            RefreshAtSignIn refresh, Actors actors, SignInLog log) {
        this.local = local;
        this.outside = outside;
        this.settings = settings;
        this.tenants = tenants;
        this.refresh = refresh;
        this.actors = actors;
        this.log = log;
    }

    /// The enabled ways, including LOCAL, in the order of display.
    public List<SignInMode> ways() {
        AuthSettings now = settings.get();
        return Arrays.stream(SignInMode.values()).filter(now::isOn).toList();
    }

    /// The name of the tenant whose people sign in with Entra; empty while disabled.
    public Optional<String> tenant() {
        AuthSettings now = settings.get();
        Long id = now.entraTenantId();
        return now.isEntraOn() && id != null ? tenants.byId(id).map(Tenant::name) : Optional.empty();
    }

    /// The way for a user name if none is given.
    ///
    /// @param display whether the person can see a browser that is opened here
    public SignInMode wayOf(String user, boolean display) {
        if (local.knows(user)) {
            return SignInMode.LOCAL;
        }
        AuthSettings now = settings.get();
        return Stream.of(SignInMode.AD, display ? SignInMode.BROWSER : SignInMode.DEVICE, SignInMode.DEVICE,
                SignInMode.BROWSER, SignInMode.PASSWORD).filter(now::isOn).findFirst().orElse(SignInMode.LOCAL);
    }

    /// @param origin "window", "command line" or "service", with the machine's name
    /// @throws SignInRefusedException with the outcome. PASSWORD_EXPIRED of a local account: it was reset, see
    ///                                [LocalSignIn#signInChanging]
    /// @throws CancellationException  if the caller cancelled
    public Actor signIn(SignInRequest request, String origin, CallControl control) {
        String typed = request.user().strip();
        SignInMode wanted = request.mode();
        SignInMode mode = wanted == null || local.knows(typed)
                ? wayOf(typed, request.prompts().hasDisplay())
                : wanted;
        if (mode == SignInMode.LOCAL) {
            char[] password = request.prompts().password(typed);
            try {
                return local.signIn(typed, password, origin, control);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
        Verdict verdict = refresh.of(
                outside.verdict(mode, typed, null, request.prompts(), SignInTrail.NONE, control), origin, control);
        UserRow user = verdict.user();
        SignInRefusedException refusal = verdict.refusal();
        if (refusal != null || user == null) {
            throw refused(mode, verdict, refusal, origin);
        }
        Actor person = actors.of(user.id(), user.username(), origin);
        var actor = new Actor(user.id(), user.username(), origin,
                new OpenWay(person.authority(), mode, user.tenantId(), settings));
        log.admitted(actor, user, mode);
        return actor;
    }

    private SignInRefusedException refused(SignInMode mode, Verdict verdict, @Nullable SignInRefusedException why,
            String origin) {
        UserRow user = verdict.user();
        SignInRefusedException refusal = why == null
                ? new SignInRefusedException(SignInOutcome.NOT_IMPORTED, null,
                        Words.of("signin.signInService.notImported"),
                        Words.of("signin.signInService.notImported.remedy"), null)
                : why;
        var detail = new LinkedHashMap<>(SignInLog.detail(mode, refusal.outcome(), refusal.directoryCode()));
        detail.putAll(verdict.facts());
        log.refused(user, detail, origin);
        boolean byPassword = mode == SignInMode.AD || mode == SignInMode.PASSWORD;
        return byPassword && (refusal.outcome() == SignInOutcome.UNKNOWN_USER
                || refusal.outcome() == SignInOutcome.WRONG_PASSWORD) ? wrong(refusal) : refusal;
    }

    /// One answer for unknown names and wrong passwords; the audit log has the details.
    private static SignInRefusedException wrong(SignInRefusedException cause) {
        return new SignInRefusedException(SignInOutcome.WRONG_PASSWORD, null,
                Words.of("signin.signInService.wrongPassword"),
                Words.of("signin.signInService.wrongPassword.remedy"), cause);
    }
}
