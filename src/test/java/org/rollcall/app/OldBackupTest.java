package org.rollcall.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.ReadyDatabase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// Backups of earlier versions are data folders in ZIP files: nothing in one is believed before it was looked at, and a bad one
/// leaves nothing.
class OldBackupTest {
    @TempDir
    Path folder;
    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    @BeforeEach
    void good() throws IOException {
        Path home = Files.createDirectory(folder.resolve("first"));
        ReadyDatabase.copyTo(home);
        parts.put("rollcall.properties", "# The data folder of Rollcall. Do not edit.\nformat=1\n"
                .getBytes(StandardCharsets.UTF_8));
        parts.put("vault.key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n".getBytes(StandardCharsets.UTF_8));
        parts.put("rollcall.mv.db", Files.readAllBytes(home.resolve("rollcall.mv.db")));
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("made.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    private Map<String, byte[]> with(String name, byte[] content) {
        var changed = new LinkedHashMap<>(parts);
        changed.put(name, content);
        return changed;
    }

    private void refused(Path file) {
        Path home = folder.resolve("restored");
        var refusal = assertThrows(RollcallException.class, () -> AppContext.restore(file, home, Clock.systemUTC()));
        assertEquals(ErrorKind.INPUT, refusal.kind(), refusal::code);
        assertFalse(Files.exists(home));
        try (var inside = Files.list(folder)) {
            assertEquals(0, inside.filter(each -> each.getFileName().toString().startsWith(".")).count());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aGoodOneIsTaken() throws IOException {
        AppContext.restore(zip(parts), folder.resolve("restored"), Clock.systemUTC()).close();
    }

    @Test
    void otherNamesAreRefused() throws IOException {
        refused(zip(with("../evil.txt", new byte[1])));
        refused(zip(with("window.json", new byte[1])));
        for (String name : parts.keySet()) {
            var less = new LinkedHashMap<>(parts);
            less.remove(name);
            refused(zip(less));
        }
    }

    @Test
    void damagedPartsAreRefused() throws IOException {
        byte[] data = parts.get("rollcall.mv.db");
        refused(zip(with("rollcall.mv.db", "nonsense".repeat(1000).getBytes(StandardCharsets.UTF_8))));
        refused(zip(with("rollcall.mv.db", new byte[0])));
        refused(zip(with("rollcall.mv.db", java.util.Arrays.copyOf(data, 8192))));
        refused(zip(with("vault.key", "nonsense".getBytes(StandardCharsets.UTF_8))));
        refused(zip(with("vault.key", new byte[1_000_000])));
        byte[] whole = Files.readAllBytes(zip(parts));
        for (int cut : new int[]{ 0, 10, whole.length / 2, whole.length - 10 }) {
            refused(Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, cut)));
        }
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        refused(Files.write(folder.resolve("flipped.zip"), flipped));
    }

    @Test
    void aBombEndsEarly() throws IOException {
        Path file = folder.resolve("bomb.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                if (entry.getKey().equals("rollcall.mv.db")) {
                    zeros(out, 300);
                }
            }
        }
        refused(file);
    }

    private static void zeros(OutputStream out, int megabytes) throws IOException {
        for (int i = 0; i < megabytes; i++) {
            out.write(new byte[1024 * 1024]);
        }
    }
}
