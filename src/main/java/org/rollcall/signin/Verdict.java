package org.rollcall.signin;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// What came of asking an outside directory who somebody is.
///
/// @param user    whom it is about, as far as they are known here; null: nobody known
/// @param refusal null: they may come in
/// @param facts   what the audit log is told besides; nothing of it was typed
record Verdict(@Nullable UserRow user, @Nullable SignInRefusedException refusal, Map<String, @Nullable Object> facts) {

    static Verdict admitted(UserRow user) {
        return new Verdict(user, null, Map.of());
    }

    static Verdict refused(@Nullable UserRow user, SignInRefusedException refusal) {
        return new Verdict(user, refusal, Map.of());
    }

    static Verdict refused(@Nullable UserRow user, SignInOutcome outcome, Words message, Words remedy) {
        return refused(user, new SignInRefusedException(outcome, null, message, remedy, null));
    }

    Verdict onCommandLine(Words remedy) {
        if (refusal != null) {
            refusal.onCommandLine(remedy);
        }
        return this;
    }

    Verdict with(Map<String, @Nullable Object> more) {
        return new Verdict(user, refusal, more);
    }
}
