package org.rollcall.signin;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.text.Words;

/// The result of authenticating at an external directory.
///
/// @param user    the person, as far as known; null: unknown
/// @param refusal null: admitted
/// @param facts   additional facts for the audit log, without anything that was entered
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
