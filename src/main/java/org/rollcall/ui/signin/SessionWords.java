package org.rollcall.ui.signin;

import java.time.Duration;

import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;

/// Why a session ended or is another one now, in words for the person it belongs to.
public final class SessionWords {
    private SessionWords() {}

    /// The longest time was over.
    public static String over(Duration longest) {
        return Messages.get("signin.ended.absolute", Moments.length(longest));
    }

    public static String ended(RollcallException why) {
        return Messages.get("signin.ended.because", why.words().shown(), Messages.capital(why.remedyWords().shown()));
    }

    /// The way in which they signed in is not on any more.
    public static String turnedOff() {
        return Messages.get("signin.ended.off");
    }

    public static String changed(String role) {
        return Messages.get("signin.permissions.changed", role);
    }
}
