package org.rollcall.ui.signin;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.SignInMode;
import org.rollcall.signin.SignInPrompts;
import org.rollcall.task.JobContext;

/// Who lets people in. Called off the FX thread.
public interface SignInDesk {
    /// What is on now.
    Offer offer();

    /// @param user as typed; empty for a way of Microsoft that asks for it elsewhere
    /// @throws org.rollcall.source.SignInRefusedException with the outcome; PASSWORD_EXPIRED of a local account: it was
    ///                                                       reset, see [#signInChanging]
    Actor signIn(SignInMode mode, String user, SignInPrompts prompts, JobContext job);

    /// Signs in with a one-time password that is changed at once. Only for local accounts.
    ///
    /// @throws org.rollcall.domain.RollcallException INPUT, code `password.*`: the new one breaks the rules
    Actor signInChanging(String user, char[] password, char[] newPassword, JobContext job);

    /// @param ways   those that are on, LOCAL among them
    /// @param tenant whose people sign in with Microsoft; null while that is off
    record Offer(Set<SignInMode> ways, @Nullable String tenant) {
        public Offer {
            ways = Set.copyOf(ways);
        }

        /// Until it is known what is on.
        static Offer local() {
            return new Offer(Set.of(SignInMode.LOCAL), null);
        }

        boolean isOn(SignInMode mode) {
            return ways.contains(mode);
        }

        boolean isMicrosoftOn() {
            return ways.stream().anyMatch(SignInMode::isEntra);
        }
    }
}
