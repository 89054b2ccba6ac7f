package org.rollcall.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.store.Database;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.TestDirectory;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The files of a data folder are sealed, come to be so from an earlier version, and what was changed in them is noticed.
class SealedFolderTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String PASSWORD = "correct horse battery staple";
    /// Stands at the beginning of a database file in clear; what follows is compressed.
    private static final String HEAD = "blockSize:1000";
    private static final String MARKER = "# The data folder of Rollcall. Do not edit.\nformat=1\n";

    @TempDir
    Path folder;

    /// A folder as an earlier version left it: database and key in clear.
    private Path earlier(int people) throws IOException {
        Path home = Files.createDirectory(folder.resolve("home" + people),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        byte[] key = new byte[32];
        new Random(4).nextBytes(key);
        Path file = home.resolve(Vault.KEY_FILE);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
        Files.writeString(home.resolve("rollcall.properties"), MARKER);
        try (var directory = new TestDirectory(ReadyDatabase.open(home))) {
            var tenant = directory.tenant("Contoso");
            for (int i = 0; i < people; i++) {
                directory.person(tenant, "Ingeborg " + i, "ingeborg" + i + "@fabrikam.example");
            }
        }
        return home;
    }

    private static boolean shows(Path file, String text) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static List<String> names(AppContext context) {
        var everything = new Actor(1L, "x", "test", java.util.EnumSet.allOf(org.rollcall.domain.Permission.class));
        return context.people().list(everything, UserFilter.everyone(), UserSort.BY_NAME, null, 1_000).rows().stream()
                .map(row -> row.displayName()).toList();
    }

    @Test
    void folderOfAnEarlierVersionIsSealedAtItsFirstOpening() throws IOException {
        Path home = earlier(50);
        Path data = home.resolve(Database.FILE);
        assertTrue(shows(data, HEAD));
        // What a process left that was killed while it sealed.
        Files.writeString(home.resolve(Database.FILE + ".sealing"), "half a file");
        for (int i = 0; i < 2; i++) {
            try (var context = ReadyFolder.open(home, CLOCK)) {
                assertEquals(50, names(context).size());
                var everything = new Actor(1L, "x", "test",
                        java.util.EnumSet.allOf(org.rollcall.domain.Permission.class));
                assertTrue(context.audit().verify(everything).intact());
            }
            assertFalse(shows(data, HEAD));
            assertFalse(shows(data, "Ingeborg"));
            assertTrue(Files.readString(home.resolve("rollcall.properties")).contains("format=2"),
                    "an older version says so");
            assertFalse(Files.exists(home.resolve(Database.FILE + ".sealing")));
        }
        assertEquals("storage.wrong-key", assertThrows(RollcallException.class, () -> Database.open(home)).code());
    }

    @Test
    void searchIndexIsSealedToo() throws IOException {
        Path home = earlier(30);
        try (var context = ReadyFolder.open(home, CLOCK)) {
            context.userQueries().awaitSearchIndex();
            context.userQueries().saveSearchIndex();
        }
        Path index = home.resolve("people.index");
        assertTrue(Files.exists(index));
        for (String each : List.of("ngeborg", "fabrikam", "n\0g\0e\0b\0o\0r\0g")) {
            assertFalse(shows(index, each));
        }
        try (var context = ReadyFolder.open(home, CLOCK)) {
            context.userQueries().awaitSearchIndex();
            assertEquals(30, names(context).size());
        }
    }

    @Test
    void anotherKeyIsSaid() throws IOException {
        Path home = earlier(3);
        ReadyFolder.open(home, CLOCK).close();
        Files.delete(home.resolve(Vault.KEY_FILE));
        assertEquals("vault.missing",
                assertThrows(RollcallException.class, () -> ReadyFolder.open(home, CLOCK)).code());
        Vault.open(home).close();
        var refusal = assertThrows(RollcallException.class, () -> ReadyFolder.open(home, CLOCK));
        assertEquals("storage.wrong-key", refusal.code());
        assertEquals(ErrorKind.STORAGE, refusal.kind());
    }

    /// `-Drollcall.flips=200` turns more of them.
    @Test
    void everyFlippedByteOfTheDatabaseIsSaidOrWithoutEffect() throws IOException {
        Path home = earlier(200);
        List<String> truth;
        try (var context = ReadyFolder.open(home, CLOCK)) {
            truth = names(context);
        }
        Path data = home.resolve(Database.FILE);
        byte[] whole = Files.readAllBytes(data);
        var random = new Random(9);
        int said = 0;
        int flips = Integer.getInteger("rollcall.flips", 15);
        for (int i = 0; i < flips; i++) {
            byte[] changed = whole.clone();
            int at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(data, changed);
            try (var context = ReadyFolder.open(home, CLOCK)) {
                assertEquals(truth, names(context), "at " + at);
            } catch (RollcallException e) {
                assertEquals(ErrorKind.STORAGE, e.kind(), () -> "at " + at + ": " + e.code());
                assertTrue(List.of("storage.damaged", "storage.wrong-key").contains(e.code()),
                        () -> "at " + at + ": " + e.code() + " " + e.getCause());
                said++;
            }
        }
        assertTrue(said > 0, "some of them hit what is used");
    }
}
