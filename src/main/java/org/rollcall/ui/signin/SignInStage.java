package org.rollcall.ui.signin;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.SignInMode;
import org.rollcall.source.DeviceCode;
import org.rollcall.ui.common.Messages;

/// Where signing in stands.
sealed interface SignInStage {
    /// Nothing is going on: the form of the chosen way.
    record Form() implements SignInStage {}

    /// The password of a Microsoft account, typed here.
    record MicrosoftPassword() implements SignInStage {}

    /// A code has been asked for.
    record AskingForCode() implements SignInStage {}

    /// It is to be typed on another page.
    record Code(DeviceCode code) implements SignInStage {}

    /// The browser has been opened, or will be once its address is known.
    record Browser(@Nullable URI address) implements SignInStage {}

    /// A one-time password was right; now a new one is needed.
    record NewPassword() implements SignInStage {}

    /// Why it did not work.
    ///
    /// @param next what helps, as a button; null: only what the words say
    /// @param at   the field that is wrong
    record Problem(String words, @Nullable Next next, Field at) {
        static Problem none() {
            return new Problem("", null, Field.NONE);
        }

        boolean isNone() {
            return words.isEmpty();
        }
    }

    enum Field {
        NONE,
        NAME,
        PASSWORD
    }

    /// A way of Microsoft that helps where another did not.
    enum Next {
        BROWSER(SignInMode.BROWSER),
        CODE(SignInMode.DEVICE);

        private final SignInMode mode;

        Next(SignInMode mode) {
            this.mode = mode;
        }

        SignInMode mode() {
            return mode;
        }

        String words() {
            return Messages.get(this == BROWSER ? "signin.microsoft.go" : "signin.code.use");
        }
    }
}
