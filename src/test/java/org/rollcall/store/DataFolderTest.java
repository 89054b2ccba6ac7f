package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class DataFolderTest {
    @TempDir
    Path temp;

    @Test
    void whatIsMadeCanBeOpenedAgain() {
        Path path = temp.resolve("deep/er");
        try (DataFolder made = DataFolder.create(path)) {
            assertEquals(path.toAbsolutePath(), made.path());
            assertTrue(Files.isDirectory(made.log()));
        }
        try (DataFolder opened = DataFolder.open(path)) {
            assertEquals(path.toAbsolutePath(), opened.path());
        }
    }

    @Test
    void onlyTheOwnerLooksInside() throws IOException {
        assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        Path present = Files.createDirectory(temp.resolve("present"));
        Files.setPosixFilePermissions(present, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataFolder.create(present).close();
        DataFolder.create(temp.resolve("new")).close();
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
        refused(ErrorKind.INPUT, "folder.foreign", () -> DataFolder.create(temp));
        assertEquals(Set.of("letter.txt"), names(temp));
        refused(ErrorKind.INPUT, "folder.not-a-folder", () -> DataFolder.open(temp.resolve("letter.txt")));
        refused(ErrorKind.INPUT, "folder.not-a-folder", () -> DataFolder.create(temp.resolve("letter.txt")));
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
        DataFolder.create(temp.resolve("home")).close();
        refused(ErrorKind.INPUT, "folder.initialised", () -> DataFolder.create(temp.resolve("home")));
    }

    @Test
    void aFolderInUseKeepsOthersOut() {
        Path path = temp.resolve("home");
        try (DataFolder first = DataFolder.create(path)) {
            refused(ErrorKind.STORAGE, "storage.in-use", () -> DataFolder.open(path));
            assertTrue(Files.isDirectory(first.path()));
        }
        DataFolder.open(path).close();
    }

    @Test
    void anotherProcessKeepsUsOutUntilItIsKilled() throws Exception {
        Path path = temp.resolve("home");
        DataFolder.create(path).close();
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), path.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var answers = other.inputReader()) {
            assertEquals("holding", answers.readLine());
            refused(ErrorKind.STORAGE, "storage.in-use", () -> DataFolder.open(path));
        } finally {
            other.destroyForcibly().waitFor();
        }
        DataFolder.open(path).close();
    }

    /// The other process.
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (DataFolder folder = DataFolder.open(Path.of(arguments[0]))) {
                System.out.println(folder.path() == null ? "" : "holding");
                System.out.flush();
                System.in.read();
            }
        }
    }

    @Test
    void aNewerFolderIsLeftAsItIs() throws IOException {
        Files.writeString(temp.resolve(DataFolder.MARKER), "format=2\n");
        refused(ErrorKind.STORAGE, "storage.newer-version", () -> DataFolder.open(temp));
        assertEquals(Set.of(DataFolder.MARKER), names(temp));
        assertEquals("format=2\n", Files.readString(temp.resolve(DataFolder.MARKER)));
    }

    @Test
    void aReadOnlyFolderIsSaid() throws IOException {
        assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
        Path path = temp.resolve("home");
        DataFolder.create(path).close();
        Files.delete(path.resolve(DataFolder.LOCK));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeTrue(!Files.isWritable(path), "the superuser writes everywhere");
            refused(ErrorKind.STORAGE, "storage.read-only", () -> DataFolder.open(path));
            refused(ErrorKind.STORAGE, "storage.read-only", () -> DataFolder.create(path.resolve("below")));
        } finally {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFirstStartThatCameToNothingLeavesNothing() throws IOException {
        Path path = temp.resolve("a/b");
        DataFolder folder = DataFolder.create(path);
        Database.open(folder.path()).close();
        folder.discard();
        assertEquals(Set.of(), names(temp));

        DataFolder.create(path).close();
        DataFolder.open(path).discard();
        assertTrue(DataFolder.isOne(path), "only what was made is removed");
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
