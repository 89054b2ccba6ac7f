package org.rollcall.signin;

import java.security.SecureRandom;

/// Passwords that an administrator passes on and that are changed at once: easy to read aloud and to type.
final class OneTimePassword {
    // Without letters and digits that are easily confused.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OneTimePassword() {}

    /// About 99 bits: `k3m9p-x7w2d-...`.
    static char[] make() {
        var text = new char[GROUPS * (GROUP + 1) - 1];
        for (int i = 0; i < text.length; i++) {
            text[i] = i % (GROUP + 1) == GROUP ? '-' : ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        return text;
    }
}
