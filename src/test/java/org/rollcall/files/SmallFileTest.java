package org.rollcall.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SmallFileTest {
    @TempDir
    Path folder;

    private static void refused(String code, Path file) {
        var refusal = assertThrows(RollcallException.class, () -> SmallFile.text(file, Words.verbatim("password")));
        assertEquals(code, refusal.code());
        assertEquals(ErrorKind.INPUT, refusal.kind());
    }

    @Test
    void filesAreReadUpToABound() throws IOException {
        byte[] most = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("file"), most);
        assertArrayEquals(most, SmallFile.bytes(file, Words.verbatim("password")));
        try (var large = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(5_000_000_000L);
        }
        refused("file.too-large", file);
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            refused("file.too-large", endless);
        }
    }

    @Test
    void everythingElseIsSaidToo() throws IOException {
        refused("file.missing", folder.resolve("none"));
        refused("file.unreadable", folder);
        refused("file.not-text", Files.write(folder.resolve("bytes"), new byte[]{ (byte) 0xc3, (byte) 0x28 }));
        assertEquals("file.invalid",
                assertThrows(RollcallException.class, () -> SmallFile.path("a\0b", Words.verbatim("secret")))
                        .code());
    }
}
