package org.rollcall;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Spoils what a parser reads, at random from a seed: what was right becomes nearly right, and sometimes nothing at all.
public final class Mutations {
    private static final List<String> TEXTS = List.of("{", "}", "[", "]", "\"", ",", ":", "\\", "null", "true", "-1",
            "1e999",
            "99999999999999999999", "0.1", "\\u0000", "\\ud800", "\u202e", "\u0000", "\n", "\r\n", "%", "%00", "@", "=",
            "'", "..", "/", "//", "http://", "https://evil.example/", "-----BEGIN X-----", "-----END", "===", ".",
            "2026-13-45T99:99:99Z", "+999999999-12-31T23:59:59Z", "PT-1S", "9".repeat(400), "a".repeat(5_000),
            "[".repeat(2_000), "{\"a\":".repeat(500), "\uFEFF", "ß", "\uD83D\uDE00");

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /// How many inputs a test reads: `-Drollcall.fuzz=N`, otherwise `usual`.
    public static int inputs(int usual) {
        return Integer.getInteger("rollcall.fuzz", usual);
    }

    public Random random() {
        return random;
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// @param seeds what is right; one of them, or parts of two, is spoiled
    public byte[] bytes(List<byte[]> seeds) {
        byte[] some = one(seeds).clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            some = change(some, one(seeds));
        }
        return some;
    }

    public String text(List<String> seeds) {
        var bytes = seeds.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    private byte[] change(byte[] from, byte[] other) {
        int at = random.nextInt(from.length + 1);
        int end = Math.min(from.length, at + 1 + random.nextInt(20));
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(from, at);
            case 1 -> join(from, at, new byte[0], end);
            case 2 -> join(from, at, Arrays.copyOfRange(from, at, end), at);
            case 3, 4 -> join(from, at, one(TEXTS).getBytes(StandardCharsets.UTF_8), random.nextBoolean() ? at : end);
            case 5 -> {
                byte[] noise = new byte[1 + random.nextInt(30)];
                random.nextBytes(noise);
                yield join(from, at, noise, at);
            }
            case 6 -> join(from, at, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length), end);
            default -> {
                byte[] flipped = from.clone();
                for (int i = 0; i < 1 + random.nextInt(3) && flipped.length > 0; i++) {
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    /// What is before `at`, then `middle`, then what is from `end` on.
    private static byte[] join(byte[] from, int at, byte[] middle, int end) {
        byte[] all = new byte[at + middle.length + from.length - end];
        System.arraycopy(from, 0, all, 0, at);
        System.arraycopy(middle, 0, all, at, middle.length);
        System.arraycopy(from, end, all, at + middle.length, from.length - end);
        return all;
    }
}
