package org.rollcall.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.Mutations;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/// A sealed stream and a key file give what was put into them, or say that they do not. `-Drollcall.fuzz=100000` reads more.
class SealedFuzzTest {
    private static final int INPUTS = Mutations.inputs(800);

    @TempDir
    Path folder;

    @Test
    void streams() throws IOException {
        var mutations = new Mutations(1);
        byte[] content = "What was written. ".repeat(9_000).getBytes(StandardCharsets.US_ASCII);
        byte[] key = new byte[Vault.KEY_BYTES];
        var open = new ByteArrayOutputStream();
        try (var out = SealedStream.write("Rollcall backup 2", (char[]) null, open)) {
            out.write(content);
        }
        var kept = new ByteArrayOutputStream();
        try (var out = SealedStream.write("Rollcall backup 2", key, kept)) {
            out.write(content);
        }
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = mutations.bytes(List.of(open.toByteArray(), kept.toByteArray()));
            if (bytes.length > 60) {
                // Dear on purpose, and bounded by what it may cost.
                bytes[19] = 0;
            }
            try {
                SealedStream.Opening opening = SealedStream.read(new ByteArrayInputStream(bytes));
                if (opening.needsPassphrase()) {
                    continue;
                }
                try (InputStream in = opening.keyName().isPresent() ? opening.open(key) : opening.open((char[]) null)) {
                    assertArrayEquals(content, in.readAllBytes(), "input " + i);
                }
            } catch (IOException | RollcallException e) {
                continue;
            } catch (RuntimeException | OutOfMemoryError e) {
                throw new AssertionError("input " + i + " " + Arrays.toString(Arrays.copyOf(bytes, 60)), e);
            }
        }
    }

    @Test
    void keyFiles() throws IOException {
        var mutations = new Mutations(2);
        Vault.make(folder, KeptBy.KEYFILE, Passphrase.NONE, List.of());
        Path file = folder.resolve(Vault.KEY_FILE);
        byte[] right = Files.readAllBytes(file);
        for (int i = 0; i < INPUTS / 4; i++) {
            Files.write(file, mutations.bytes(List.of(right)));
            try {
                Vault.open(folder, Passphrase.NONE).close();
            } catch (RollcallException e) {
                continue;
            } catch (RuntimeException | OutOfMemoryError e) {
                throw new AssertionError("input " + i + " " + Files.readString(file, StandardCharsets.ISO_8859_1), e);
            }
        }
    }
}
