package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DatabaseCloseTest {
    private static final int TIMES = 10;

    @TempDir
    Path folder;

    /// The pool makes connections on a thread of its own, and one that comes after the end would open the file again.
    @Test
    void nothingIsOpenAfterwardsThoughThePoolWasFillingUp() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Database database = ReadyDatabase.open(folder);
            var pool = database.pool();
            pool.setMinimumIdle(10);
            pool.getHikariPoolMXBean().softEvictConnections();
            database.close();
            // Throws if somebody in this process has a lock on it.
            try (var channel = FileChannel.open(folder.resolve(Database.FILE), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                assertNotNull(lock, "another process has it");
            }
        }
    }

    /// H2 copies what is left into a file of its own, which is to be as sealed as the one whose place it takes.
    @Test
    void whatWasFreedIsGivenBackAndTheSmallerFileIsSealedToo() throws IOException {
        DatabaseSeal seal = RowStreamTest.SEAL;
        var random = new Random(3);
        byte[] noise = new byte[7_000];
        try (var database = Database.open(folder, seal)) {
            var settings = new SettingStore(database);
            for (int from = 0; from < 2_000; from += 500) {
                int first = from;
                database.transaction(() -> {
                    for (int i = first; i < first + 500; i++) {
                        random.nextBytes(noise);
                        settings.put("n." + i, "Ingeborg " + Base64.getEncoder().encodeToString(noise));
                    }
                });
            }
            database.dsl().execute("checkpoint");
            assertTrue(Files.size(folder.resolve(Database.FILE)) > 10_000_000);
            database.dsl().execute("delete from setting where name like 'n.%' and name <> 'n.77'");
        }
        Path file = folder.resolve(Database.FILE);
        assertTrue(Files.size(file) < 6_000_000, () -> file.toFile().length() + " bytes");
        assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("Ingeborg"));
        assertTrue(Files.readString(file, StandardCharsets.ISO_8859_1).startsWith("Rollcall sealed"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        // What somebody left who was killed meanwhile.
        Path left = Files.writeString(folder.resolve(Database.FILE + ".tempFile"), "half a file");
        try (var database = Database.open(folder, seal)) {
            assertTrue(new SettingStore(database).get("n.77").orElseThrow().startsWith("Ingeborg "));
        }
        assertFalse(Files.exists(left));
    }
}
