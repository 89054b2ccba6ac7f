package org.rollcall.ui.signin;

import org.rollcall.signin.Lockout;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;

/// Sentences that may say after how many wrong passwords an account is locked, and for how long.
final class LockoutWords {
    private LockoutWords() {}

    static String of(String key) {
        return Messages.get(key, Lockout.FREE, Moments.length(Lockout.FIRST), Moments.length(Lockout.LONGEST));
    }
}
