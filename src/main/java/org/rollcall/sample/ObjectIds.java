package org.rollcall.sample;

import java.util.OptionalInt;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// Object ids that are computed from seed and index, and back again without a table: a million ids cost no memory. They
/// look like any random GUID, since the first 32 bits are the object's number scrambled and the rest is a hash of it.
final class ObjectIds {
    private static final int ODD_1 = 0x9E3779B1;
    private static final int ODD_2 = 0x85EBCA6B;
    private static final int INVERSE_1 = inverse(ODD_1);
    private static final int INVERSE_2 = inverse(ODD_2);

    private final long seed;

    ObjectIds(long seed) {
        this.seed = seed;
    }

    String id(int ref) {
        return uuid(ref).toString();
    }

    private UUID uuid(int ref) {
        long hash = mix(seed ^ ref * 0x9E3779B97F4A7C15L);
        long high = (long) scramble(ref) << 32 | (hash & 0xFFFF0000L) | 0x4000L | (hash & 0xFFFL);
        long low = (mix(hash) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /// The object with that id, if it is one of this tenant's; it may not exist yet.
    OptionalInt ref(@Nullable String id) {
        if (id == null || id.length() != 36) {
            return OptionalInt.empty();
        }
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return OptionalInt.empty();
        }
        int ref = unscramble((int) (uuid.getMostSignificantBits() >>> 32));
        return ref >= 0 && ref >>> 27 < ObjectKind.values().length && uuid(ref).equals(uuid)
                ? OptionalInt.of(ref)
                : OptionalInt.empty();
    }

    private int scramble(int ref) {
        int x = (ref ^ (int) mix(seed)) * ODD_1;
        return (x ^ x >>> 16) * ODD_2;
    }

    private int unscramble(int value) {
        int x = value * INVERSE_2;
        return (x ^ x >>> 16) * INVERSE_1 ^ (int) mix(seed);
    }

    /// SplitMix64's finalizer: every bit of the input moves about half the bits of the output.
    static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static int inverse(int odd) {
        int x = odd;
        for (int i = 0; i < 5; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }
}
