package org.rollcall.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The folder that holds everything of one installation. Any number of processes use it at the same time; see
/// [SharedDatabase].
public final class DataFolder {
    /// The file that makes a folder a data folder.
    public static final String MARKER = "rollcall.properties";
    /// The folder of the log within it.
    public static final String LOG = "log";
    static final String LOCK = "lock";
    private static final String FORMAT_KEY = "format";
    /// Raised when an older version could no longer understand the folder: since 2 the files are sealed.
    private static final int FORMAT = 2;
    /// The line of the marker that says so in backups of earlier versions, which are folders in clear.
    public static final String FIRST_FORMAT_LINE = FORMAT_KEY + "=1";
    private static final String MARKER_TEXT = "# The data folder of Rollcall. Do not edit.\n" + FORMAT_KEY + "="
            + FORMAT
            + "\n";

    private final Path path;

    private DataFolder(Path path) {
        this.path = path;
    }

    /// Whether there is a data folder of Rollcall at `path`.
    public static boolean isOne(Path path) {
        return Files.isRegularFile(path.resolve(MARKER));
    }

    /// Looks whether there is a data folder that can be used.
    ///
    /// @throws RollcallException INPUT: not there, not Rollcall's. STORAGE: read-only, from a newer version, without its
    ///                           database. The folder stays as it was.
    public static DataFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw RollcallException.input("folder.missing", Words.of("store.folder.missing", path),
                    Words.of("store.folder.missing.remedy"))
                    .onCommandLine(Words.of("store.folder.missing.remedy.cli"));
        }
        if (!Files.isDirectory(path)) {
            throw RollcallException.input("folder.not-a-folder", Words.of("store.folder.not-a-folder", path),
                    Words.of("store.folder.not-a-folder.remedy"))
                    .onCommandLine(Words.of("store.folder.not-a-folder.remedy.cli"));
        }
        if (!isOne(path)) {
            throw foreign(path);
        }
        try {
            requireOwnersAlone(path);
            requireReadable(path);
            Database.requireThere(path);
            Files.createDirectories(path.resolve(LOG), OwnerOnly.folderAttributes(path));
            requireWritable(path);
            OwnerOnly.restrictFiles(path);
            return new DataFolder(path);
        } catch (IOException e) {
            throw translate(path, e);
        }
    }

    /// Makes a data folder, with the folders above it that are missing. An empty folder that is there already is taken.
    ///
    /// It is made aside and put into place when it is whole, so that whoever is killed meanwhile leaves nothing that looks
    /// like a data folder; what is left is cleared away by the next attempt. A new folder is made beside its place and
    /// renamed; one that is there already, which may be another disk, gets its files one by one, the marker last.
    ///
    /// @param filling puts database and key into the folder and closes them; if it throws nothing stays
    /// @throws RollcallException INPUT: there is one already, or something else is there. STORAGE: cannot be written
    public static void make(Path folder, Consumer<DataFolder> filling) {
        make(folder, filling, () -> {});
    }

    /// @param step called between any two changes of files, for tests
    static void make(Path folder, Consumer<DataFolder> filling, Runnable step) {
        Path path = folder.toAbsolutePath().normalize();
        if (isOne(path)) {
            throw initialised(path);
        }
        var made = new ArrayDeque<Path>();
        boolean done = false;
        try {
            boolean there = Files.exists(path);
            if (there) {
                requireVacant(path);
            }
            Path around = there ? path : Objects.requireNonNull(path.getParent());
            makeFolders(around, made);
            Staging staging = Staging.begin(around, path, step);
            try {
                DataFolder staged = staged(staging.folder());
                step.run();
                filling.accept(staged);
                step.run();
                OwnerOnly.createFile(staging.folder().resolve(MARKER));
                Files.writeString(staging.folder().resolve(MARKER), MARKER_TEXT);
                step.run();
                if (there) {
                    OwnerOnly.restrict(path);
                    staging.moveInto(path, MARKER);
                } else {
                    staging.become(path);
                }
                done = true;
            } finally {
                if (!done) {
                    staging.clear(path);
                }
            }
        } catch (IOException e) {
            // Somebody else was quicker.
            throw isOne(path) ? initialised(path) : translate(path, e);
        } finally {
            if (!done) {
                deleteAll(made);
            }
        }
    }

    /// @throws RollcallException INPUT: there is a data folder at `folder`
    public static void requireNone(Path folder) {
        if (isOne(folder.toAbsolutePath().normalize())) {
            throw initialised(folder.toAbsolutePath().normalize());
        }
    }

    private static DataFolder staged(Path path) throws IOException {
        OwnerOnly.restrict(path);
        Files.createDirectory(path.resolve(LOG), OwnerOnly.folderAttributes(path));
        return new DataFolder(path);
    }

    private static RollcallException initialised(Path path) {
        return RollcallException.input("folder.initialised", Words.of("store.folder.initialised", path),
                Words.of("store.folder.initialised.remedy"))
                .onCommandLine(Words.of("store.folder.initialised.remedy.cli"));
    }

    public Path path() {
        return path;
    }

    /// Notes that an older version no longer understands the folder, once that is so.
    public void raiseFormat() {
        Path marker = path.resolve(MARKER);
        Path aside = path.resolve(MARKER + ".new");
        try {
            if (!Files.readString(marker).equals(MARKER_TEXT)) {
                Files.deleteIfExists(aside);
                OwnerOnly.createFile(aside);
                Files.writeString(aside, MARKER_TEXT);
                Files.move(aside, marker, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw translate(path, e);
        }
    }

    /// Where the log is written.
    public Path log() {
        return path.resolve(LOG);
    }

    private static void requireReadable(Path path) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(path.resolve(MARKER))) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw foreign(path);
        }
        int format;
        try {
            format = Integer.parseInt(properties.getProperty(FORMAT_KEY, ""));
        } catch (NumberFormatException e) {
            throw foreign(path);
        }
        if (format > FORMAT) {
            throw StorageErrors.newerVersion();
        }
    }

    private static void requireVacant(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw RollcallException.input("folder.not-a-folder", Words.of("store.folder.not-a-folder", path),
                    Words.of("store.folder.not-a-folder.dataFolder.remedy"))
                    .onCommandLine(Words.of("store.folder.not-a-folder.dataFolder.remedy.cli"));
        }
        Staging.clearLeftovers(path, path);
        try (var inside = Files.list(path)) {
            if (inside.findAny().isPresent()) {
                throw RollcallException.input("folder.foreign",
                        Words.of("store.folder.foreign", path),
                        Words.of("store.folder.foreign.remedy"))
                        .onCommandLine(Words.of("store.folder.foreign.remedy.cli"));
            }
        }
    }

    private static void makeFolders(Path path, Deque<Path> made) throws IOException {
        var missing = new ArrayDeque<Path>();
        for (Path each = path; each != null && !Files.exists(each); each = each.getParent()) {
            missing.push(each);
        }
        for (Path each : missing) {
            Files.createDirectory(each, OwnerOnly.folderAttributes(Objects.requireNonNull(each.getParent())));
            made.push(each);
        }
    }

    /// Whoever may write in the folder could replace its files by their own.
    private static void requireOwnersAlone(Path path) throws IOException {
        String others = OwnerOnly.othersThatWrite(path).orElse(null);
        if (others != null) {
            throw new RollcallException(ErrorKind.STORAGE, "storage.open-to-others",
                    Words.of("store.storage.open-to-others", path, others),
                    Words.of("store.storage.open-to-others.remedy", path));
        }
    }

    private static void requireWritable(Path path) throws IOException {
        if (!Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private static RollcallException foreign(Path path) {
        return RollcallException.input("folder.foreign", Words.of("store.folder.foreign.dataFolder", path),
                Words.of("store.folder.foreign.dataFolder.remedy"))
                .onCommandLine(Words.of("store.folder.foreign.dataFolder.remedy.cli"));
    }

    private static RollcallException translate(Path path, Exception thrown) {
        boolean readOnly = thrown instanceof AccessDeniedException
                || (thrown instanceof FileSystemException fault
                        && String.valueOf(fault.getReason()).contains("ead-only"));
        if (readOnly) {
            return new RollcallException(ErrorKind.STORAGE, "storage.read-only",
                    Words.of("store.storage.read-only", path),
                    Words.of("store.storage.read-only.remedy"), Map.of(),
                    thrown)
                    .onCommandLine(Words.of("store.storage.read-only.remedy.cli"));
        }
        return StorageErrors.translate(thrown);
    }

    private static void deleteAll(Deque<Path> paths) {
        for (Path each : paths) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(DataFolder.class).debug("Clearing away {}", each, e);
            }
        }
    }
}
