package org.rollcall.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;

/// Writes sign-ins and refusals into the audit log, with way and reason. What an unknown person entered is left out, since it
/// may be a password.
final class SignInLog {
    private final @Nullable AuditService audit;

    SignInLog(@Nullable AuditService audit) {
        this.audit = audit;
    }

    /// Writes nothing: for tests of a sign-in, which are recorded as such.
    static SignInLog silent() {
        return new SignInLog(null);
    }

    /// @param user null: unknown
    void tested(Actor actor, @Nullable UserRow user, Map<String, @Nullable Object> detail) {
        write(actor, "signin.test", user, detail);
    }

    /// @param user null: unknown
    void refused(@Nullable UserRow user, Map<String, @Nullable Object> detail, String origin) {
        write(user == null ? new Actor(null, "unknown", origin, Set.of()) : nobody(user, origin), "signin.refused",
                user, detail);
    }

    private void write(Actor actor, String action, @Nullable UserRow user, Map<String, @Nullable Object> detail) {
        if (audit != null) {
            audit.record(actor, action, user == null ? null : "USER", user == null ? null : Long.toString(user.id()),
                    user == null ? null : user.shownName(), detail, null);
        }
    }

    void admitted(Actor actor, UserRow user, SignInMode mode) {
        record(actor, "signin", user.id(), user.shownName(), detail(mode, null, null));
    }

    /// @param code of the external directory; null: none
    void refused(UserRow user, SignInMode mode, SignInOutcome outcome, @Nullable String code, String origin) {
        record(nobody(user, origin), "signin.refused", user.id(), user.shownName(), detail(mode, outcome, code));
    }

    void locked(UserRow user, SignInMode mode, String origin) {
        record(nobody(user, origin), "signin.locked", user.id(), user.shownName(),
                detail(mode, SignInOutcome.WRONG_PASSWORD, null));
    }

    void refusedUnknown(SignInMode mode, SignInOutcome outcome, @Nullable String code, String origin) {
        refused(null, detail(mode, outcome, code), origin);
    }

    void record(Actor actor, String action, long userId, String name, Map<String, @Nullable Object> detail) {
        if (audit != null) {
            audit.record(actor, action, "USER", Long.toString(userId), name, detail, null);
        }
    }

    static Map<String, @Nullable Object> detail(SignInMode mode, @Nullable SignInOutcome because,
            @Nullable String code) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("way", mode.word());
        if (because != null) {
            detail.put("because", because.name());
        }
        if (code != null) {
            detail.put("code", code);
        }
        return detail;
    }

    private static Actor nobody(UserRow user, String origin) {
        return new Actor(user.id(), user.username(), origin, Set.of());
    }
}
