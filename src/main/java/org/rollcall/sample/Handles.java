package org.rollcall.sample;

import java.security.SecureRandom;
import java.util.Base64;

/// Opaque, unguessable texts: codes, refresh tokens, sessions.
final class Handles {
    private Handles() {}

    static String next(SecureRandom random, String prefix) {
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
