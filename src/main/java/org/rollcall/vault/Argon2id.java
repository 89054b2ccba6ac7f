package org.rollcall.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id, version 1.3. Limits and storage format of its parameters are decided by passwords and passphrases separately.
public final class Argon2id {
    private Argon2id() {}

    /// @param typed  not wiped
    /// @param length of the result, in bytes
    /// @return to be wiped if it is a key
    public static byte[] of(char[] typed, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
        byte[] result = new byte[length];
        byte[] secret = bytes(typed);
        generator.generateBytes(secret, result);
        Arrays.fill(secret, (byte) 0);
        return result;
    }

    /// Normalizes what keyboards enter differently: a composed letter, or the letter and its accent.
    private static byte[] bytes(char[] typed) {
        CharSequence text = CharBuffer.wrap(typed);
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? CharBuffer.wrap(typed)
                : CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC)));
        byte[] result = new byte[encoded.remaining()];
        encoded.get(result);
        Arrays.fill(encoded.array(), (byte) 0);
        return result;
    }
}
