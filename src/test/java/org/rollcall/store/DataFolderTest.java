package org.rollcall.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void whatIsMadeCanBeOpenedAgain() {
        Path path = temp.resolve("deep/er");
        make(path);
        assertTrue(Files.isDirectory(path.resolve("log")));
        assertEquals(path.toAbsolutePath(), DataFolder.open(path).path());
    }

    @Test
    void onlyTheOwnerLooksInside() throws IOException {
        assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        Path present = Files.createDirectory(temp.resolve("present"));
        Files.setPosixFilePermissions(present, PosixFilePermissions.fromString("rwxr-xr-x"));
        make(present);
        make(temp.resolve("new"));
        for (String name : List.of("present", "new", "new/log")) {
            assertEquals("rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(name))), name);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnsweredWithWhatToDo() {
        refused(ErrorKind.INPUT, "folder.missing", () -> DataFolder.open(temp.resolve("none")));
        assertFalse(Files.exists(temp.resolve("none")));
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(temp.resolve("letter.txt"), "x");
        refused(ErrorKind.INPUT, "folder.foreign", () -> DataFolder.open(temp));
        refused(ErrorKind.INPUT, "folder.foreign", () -> make(temp));
        assertEquals(Set.of("letter.txt"), names(temp));
        refused(ErrorKind.INPUT, "folder.not-a-folder", () -> DataFolder.open(temp.resolve("letter.txt")));
        refused(ErrorKind.INPUT, "folder.not-a-folder", () -> make(temp.resolve("letter.txt")));
    }

    @Test
    void aDamagedMarkerIsNotOurs() throws IOException {
        Files.writeString(temp.resolve(DataFolder.MARKER), "format=\\uZZZZ");
        refused(ErrorKind.INPUT, "folder.foreign", () -> DataFolder.open(temp));
        Files.writeString(temp.resolve(DataFolder.MARKER), "format=first");
        refused(ErrorKind.INPUT, "folder.foreign", () -> DataFolder.open(temp));
        assertEquals(Set.of(DataFolder.MARKER), names(temp));
    }

    @Test
    void aFolderIsMadeOnce() {
        make(temp.resolve("home"));
        refused(ErrorKind.INPUT, "folder.initialised", () -> make(temp.resolve("home")));
    }

    @Test
    void aNewerFolderIsLeftAsItIs() throws IOException {
        Files.writeString(temp.resolve(DataFolder.MARKER), "format=3\n");
        refused(ErrorKind.STORAGE, "storage.newer-version", () -> DataFolder.open(temp));
        assertEquals(Set.of(DataFolder.MARKER), names(temp));
        assertEquals("format=3\n", Files.readString(temp.resolve(DataFolder.MARKER)));
    }

    @Test
    void aReadOnlyFolderIsSaid() throws IOException {
        assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        Path path = temp.resolve("home");
        make(path);
        Files.deleteIfExists(path.resolve(DataFolder.LOCK));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeTrue(!Files.isWritable(path), "the superuser writes everywhere");
            refused(ErrorKind.STORAGE, "storage.read-only", () -> DataFolder.open(path));
            refused(ErrorKind.STORAGE, "storage.read-only", () -> make(path.resolve("below")));
        } finally {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFirstStartThatCameToNothingLeavesNothing() throws IOException {
        Path path = temp.resolve("a/b");
        for (RuntimeException trouble : List.of(new IllegalStateException("x"),
                RollcallException.input("x", "x", "x"))) {
            assertSame(trouble, assertThrows(RuntimeException.class, () -> DataFolder.make(path, stage -> {
                Database.open(stage.path()).close();
                throw trouble;
            })));
            assertEquals(Set.of(), names(temp));
        }
        Path there = Files.createDirectory(temp.resolve("there"));
        assertThrows(IllegalStateException.class, () -> DataFolder.make(there, _ -> {
            throw new IllegalStateException("x");
        }));
        assertEquals(Set.of(), names(there));
    }

    /// What a kill leaves is what lies there at that moment: a copy is kept of every one.
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whoeverIsKilledLeavesNothingThatLooksLikeADataFolder(boolean there) throws IOException {
        Path scene = Files.createDirectory(temp.resolve("scene"));
        if (there) {
            Files.createDirectory(scene.resolve("home"));
        }
        var copies = new ArrayList<Path>();
        DataFolder.make(scene.resolve("home"), DataFolderTest::fill, () -> {
            Path copy = temp.resolve("copy" + copies.size());
            copyAll(scene, copy);
            copies.add(copy);
        });
        assertTrue(copies.size() >= 5, copies::toString);
        int whole = 0;
        for (Path copy : copies) {
            Path home = copy.resolve("home");
            if (DataFolder.isOne(home)) {
                whole++;
                assertEquals(Set.of("log", Database.FILE, DataFolder.MARKER),
                        visible(DataFolder.open(home).path()), copy::toString);
            } else {
                refused(ErrorKind.INPUT, there ? "folder.foreign" : "folder.missing", () -> DataFolder.open(home));
                make(home);
                DataFolder.open(home);
                assertEquals(Set.of("home"), names(copy), "what was left is cleared away");
                assertEquals(Set.of("log", Database.FILE, DataFolder.MARKER), names(home));
            }
        }
        assertTrue(whole >= 1 && whole < copies.size(), () -> "whole at the end only: " + copies);
    }

    @Test
    void ofTwoThatMakeOneFolderTheQuickerHasIt() throws IOException {
        Path home = temp.resolve("home");
        refused(ErrorKind.INPUT, "folder.initialised", () -> DataFolder.make(home, stage -> {
            fill(stage);
            make(home);
        }));
        DataFolder.open(home);
        assertEquals(Set.of("home"), names(temp));
    }

    @Test
    void aDatabaseThatIsMissingOrEmptyIsAStorageFault() throws IOException {
        Path home = temp.resolve("home");
        make(home);
        Files.writeString(home.resolve(Database.FILE), "");
        refused(ErrorKind.STORAGE, "storage.data-missing", () -> DataFolder.open(home));
        Files.delete(home.resolve(Database.FILE));
        refused(ErrorKind.STORAGE, "storage.data-missing", () -> DataFolder.open(home));
        assertFalse(Files.exists(home.resolve(Database.FILE)));
    }

    @Test
    void aDatabaseOfNothingIsAStorageFault() throws Exception {
        Class.forName(FolderPath.class.getName());
        String url = "jdbc:h2:" + FolderPath.nameOf(temp.resolve("rollcall"));
        try (var connection = java.sql.DriverManager.getConnection(url, "rollcall", "")) {
            assertTrue(connection.isValid(1));
        }
        refused(ErrorKind.STORAGE, "storage.data-missing", () -> Database.open(temp));
    }

    private static void make(Path path) {
        DataFolder.make(path, DataFolderTest::fill);
    }

    private static void fill(DataFolder stage) {
        try {
            Files.writeString(stage.path().resolve(Database.FILE), "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyAll(Path from, Path to) {
        try (var all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> visible(Path folder) throws IOException {
        return names(folder).stream().filter(name -> !name.startsWith(".")).collect(Collectors.toSet());
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(each -> each.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static void refused(ErrorKind kind, String code, org.junit.jupiter.api.function.Executable action) {
        var refusal = assertThrows(RollcallException.class, action);
        assertEquals(code, refusal.code());
        assertEquals(kind, refusal.kind());
        assertFalse(refusal.remedy().isBlank());
    }
}
