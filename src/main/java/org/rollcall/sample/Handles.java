package org.rollcall.sample;

import java.security.SecureRandom;
import java.util.Base64;

/// Opaque, unguessable texts: codes, refresh tokens, sessions, secrets and the ids of assignments and grants.
final class Handles {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Handles() {}

    static String next(SecureRandom random, String prefix) {
        return prefix + encode(random, 48);
    }

    /// Ids of assignments and grants are 43 characters of base64url, not GUIDs.
    static String linkId() {
        return encode(RANDOM, 32);
    }

    /// A new client secret's value: 40 characters, as Entra makes them, beginning with a letter or digit.
    static String secretValue() {
        var text = new StringBuilder(40);
        for (int i = 0; i < 40; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(i == 0 ? ALPHABET.length() - 4 : ALPHABET.length())));
        }
        return text.toString();
    }

    private static String encode(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
