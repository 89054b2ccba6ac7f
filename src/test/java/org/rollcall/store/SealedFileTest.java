package org.rollcall.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SealedFileTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] OTHER = new byte[32];

    static {
        OTHER[0] = 1;
    }

    @TempDir
    Path folder;

    private SealedFile open(List<byte[]> keys) throws IOException {
        return SealedFile.open(FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE), keys, true);
    }

    private static byte[] all(FileChannel file) throws IOException {
        var buffer = ByteBuffer.allocate((int) file.size());
        while (buffer.hasRemaining() && file.read(buffer, buffer.position()) > 0) {
            // Until it is full.
        }
        return buffer.array();
    }

    @Test
    void readsWhatWasWrittenWhereverItWasWritten() throws IOException {
        var random = new Random(3);
        byte[] expected = new byte[40 * 4096];
        try (var file = open(List.of(KEY))) {
            file.write(ByteBuffer.wrap(expected), 0);
        }
        for (int turn = 0; turn < 10; turn++) {
            try (var file = open(List.of(OTHER, KEY))) {
                for (int i = 0; i < 20; i++) {
                    int at = random.nextInt(expected.length);
                    byte[] bytes = new byte[random.nextInt(Math.min(10_000, expected.length - at))];
                    random.nextBytes(bytes);
                    file.write(ByteBuffer.wrap(bytes), at);
                    System.arraycopy(bytes, 0, expected, at, bytes.length);
                    int from = random.nextInt(expected.length);
                    var some = ByteBuffer.allocate(random.nextInt(expected.length - from));
                    file.read(some, from);
                    assertArrayEquals(Arrays.copyOfRange(expected, from, from + some.capacity()), some.array());
                }
                assertArrayEquals(expected, all(file));
            }
        }
        try (var file = open(List.of(KEY))) {
            file.truncate(4096 * 3);
            assertEquals(4096 * 3, file.size());
        }
        try (var file = open(List.of(KEY))) {
            assertArrayEquals(Arrays.copyOf(expected, 4096 * 3), all(file));
        }
    }

    @Test
    void saysNothingAndOpensWithItsKeyOnly() throws IOException {
        try (var file = open(List.of(KEY))) {
            file.write(ByteBuffer.wrap("Maren Holm ".repeat(2_000).getBytes(StandardCharsets.UTF_8)), 0);
        }
        assertFalse(Files.readString(folder.resolve("file"), StandardCharsets.ISO_8859_1).contains("Maren"));
        assertThrows(SealedFile.WrongKeyException.class, () -> open(List.of(OTHER)).close());
    }

    @Test
    void everyFlippedBlockAndEveryCutIsNoticed() throws IOException {
        try (var file = open(List.of(KEY))) {
            file.write(ByteBuffer.wrap(new byte[20 * 4096]), 0);
        }
        Path path = folder.resolve("file");
        byte[] whole = Files.readAllBytes(path);
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            byte[] changed = whole.clone();
            // Behind what the head says stands nothing.
            int at = 4096 + random.nextInt(whole.length - 4096);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, changed);
            assertThrows(IOException.class, () -> {
                try (var file = open(List.of(KEY))) {
                    all(file);
                }
            }, () -> "at " + at);
        }
        for (int at = 0; at < 67; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(path, changed);
            assertThrows(IOException.class, () -> {
                try (var base = FileChannel.open(path, StandardOpenOption.READ)) {
                    SealedFile.kind(base);
                    SealedFile.open(base, List.of(KEY), false).close();
                }
            }, "at " + at);
        }
        Files.write(path, Arrays.copyOf(whole, whole.length - 4124));
        assertThrows(IOException.class, () -> open(List.of(KEY)).close());
        // Two blocks that change places.
        byte[] swapped = whole.clone();
        System.arraycopy(whole, 4096, swapped, 4096 + 4124, 4124);
        System.arraycopy(whole, 4096 + 4124, swapped, 4096, 4124);
        Files.write(path, swapped);
        assertThrows(IOException.class, () -> {
            try (var file = open(List.of(KEY))) {
                all(file);
            }
        });
    }

    /// H2 writes into a file as soon as it opens it, and opens it anew after a fault.
    @Test
    void damageThatWasSeenIsSaidAtEveryLaterOpening() throws IOException {
        try (var file = open(List.of(KEY))) {
            file.write(ByteBuffer.wrap(new byte[20 * 4096]), 0);
        }
        Path path = folder.resolve("file");
        byte[] changed = Files.readAllBytes(path);
        changed[4096 + 10 * 4124 + 100] ^= 1;
        Files.write(path, changed);
        try (var file = open(List.of(KEY))) {
            file.write(ByteBuffer.wrap(new byte[4096]), 0);
            assertThrows(IOException.class, () -> all(file));
            assertThrows(IOException.class, () -> file.write(ByteBuffer.wrap(new byte[4096]), 0));
        }
        assertThrows(IOException.class, () -> open(List.of(KEY)).close());
    }

    @Test
    void copiesFromClearAndFromAnotherKey() throws IOException {
        byte[] content = new byte[300 * 4096];
        new Random(1).nextBytes(content);
        Path plain = Files.write(folder.resolve("plain"), content);
        try (var from = FileChannel.open(plain);
                var to = FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            SealedFile.copy(from, to, KEY);
        }
        try (var file = open(List.of(KEY))) {
            assertArrayEquals(content, all(file));
        }
    }
}
