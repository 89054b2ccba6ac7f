package org.rollcall.sync.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.rollcall.domain.SearchKeys;

/// User names as eight bytes each, so that checking a million names takes eight megabytes: the start of the SHA-256 of a name's
/// unique form. A collision by chance is practically impossible, and would only be reported as a conflict of both people.
final class NameHashes {
    /// No name.
    static final long NONE = 0;

    private final MessageDigest digest;

    NameHashes() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    long ofName(String name) {
        return ofKey(SearchKeys.unique(name));
    }

    /// @param key the name in its unique form
    long ofKey(String key) {
        byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | hash[i] & 0xff;
        }
        return value == NONE ? 1 : value;
    }
}
