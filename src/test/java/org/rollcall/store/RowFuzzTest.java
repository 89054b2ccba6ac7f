package org.rollcall.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.Mutations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The rows of a backup that was sealed by who made it wrong on purpose are refused, with little memory and in time.
/// `-Drollcall.fuzz=100000` reads more.
class RowFuzzTest {
    @TempDir
    Path folder;

    @Test
    void nothingButTheSameRowsOrARefusal() throws IOException {
        byte[] right;
        RowStream.Content content;
        try (var directory = new TestDirectory(folder)) {
            var tenant = directory.tenant("Contoso");
            for (int i = 0; i < 20; i++) {
                directory.person(tenant, "Ada " + i, "ada" + i);
            }
            var out = new ByteArrayOutputStream();
            directory.database.writeRows(out);
            right = out.toByteArray();
            content = RowStream.check(new ByteArrayInputStream(right));
        }
        var mutations = new Mutations(1);
        for (int i = 0; i < Mutations.inputs(800); i++) {
            byte[] bytes = mutations.bytes(List.of(right));
            long begin = System.nanoTime();
            try {
                RowStream.Content read = RowStream.check(new ByteArrayInputStream(bytes));
                assertEquals(content.rows(), read.rows(), "input " + i);
            } catch (IOException e) {
                continue;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("input " + i + " at " + Arrays.mismatch(right, bytes), e);
            } finally {
                int input = i;
                assertTrue(System.nanoTime() - begin < 5_000_000_000L, () -> "too long for input " + input);
            }
        }
    }
}
