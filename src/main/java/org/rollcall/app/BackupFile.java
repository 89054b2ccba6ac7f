package org.rollcall.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.DataFolder;
import org.rollcall.store.Database;
import org.rollcall.vault.Vault;

/// A whole data folder in one ZIP file: its marker, its key, its data base as it was at one moment.
final class BackupFile {
    private static final String DATA = "rollcall.mv.db";
    private static final List<String> ENTRIES = List.of(DataFolder.MARKER, Vault.KEY_FILE, DATA);

    private BackupFile() {}

    /// @throws RollcallException INPUT: the file is there already, or its folder is not; STORAGE: it cannot be written
    static void write(DataFolder folder, Database database, Path file) {
        Path target = file.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw RollcallException.input("backup.folder", "the folder of " + file + " does not exist",
                    "choose a file in a folder that exists");
        }
        if (Files.exists(target)) {
            throw RollcallException.input("backup.exists", file + " already exists",
                    "choose another name for the backup");
        }
        Path data = null;
        Path part = null;
        try {
            // Temporary files are their owner's alone, and so is what they are moved to.
            data = Files.createTempFile(parent, "rollcall", ".part");
            part = Files.createTempFile(parent, "rollcall", ".part");
            database.backup(data);
            try (var out = new ZipOutputStream(Files.newOutputStream(part))) {
                for (String name : List.of(DataFolder.MARKER, Vault.KEY_FILE)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(folder.path().resolve(name), out);
                    out.closeEntry();
                }
                copyData(data, out);
            }
            Files.move(part, target);
        } catch (FileAlreadyExistsException e) {
            throw RollcallException.input("backup.exists", file + " already exists",
                    "choose another name for the backup");
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "backup.unwritable",
                    "the backup could not be written to " + file,
                    "see whether the disk is full and whether you may write there", Map.of(), e);
        } finally {
            delete(data);
            delete(part);
        }
    }

    private static void copyData(Path backup, ZipOutputStream out) throws IOException {
        try (var zip = new ZipFile(backup.toFile())) {
            ZipEntry entry = zip.getEntry(DATA);
            if (entry == null) {
                throw new IOException("the database's own backup is empty");
            }
            out.putNextEntry(new ZipEntry(DATA));
            try (InputStream in = zip.getInputStream(entry)) {
                in.transferTo(out);
            }
            out.closeEntry();
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(BackupFile.class).debug("Clearing away {}", file, e);
        }
    }

    /// Puts what the file holds into a data folder that has just been made.
    ///
    /// @throws RollcallException INPUT: it is no backup; STORAGE: of a newer version, or it cannot be written
    static void unpack(Path file, Path folder) {
        try (var zip = new ZipFile(file.toFile())) {
            for (String name : ENTRIES) {
                if (zip.getEntry(name) == null) {
                    throw foreign(file);
                }
            }
            String mine = Files.readString(folder.resolve(DataFolder.MARKER)).lines().toList().getLast();
            try (InputStream in = zip.getInputStream(zip.getEntry(DataFolder.MARKER))) {
                String theirs = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (theirs.lines().noneMatch(mine::equals)) {
                    throw new RollcallException(ErrorKind.STORAGE, "storage.newer-version",
                            "the backup was written by a newer version of Rollcall",
                            "install that version or a later one");
                }
            }
            for (String name : List.of(Vault.KEY_FILE, DATA)) {
                Path target = Files.createTempFile(folder, "restore", ".part");
                try (InputStream in = zip.getInputStream(zip.getEntry(name)); var out = Files.newOutputStream(target)) {
                    in.transferTo(out);
                }
                Files.move(target, folder.resolve(name));
            }
        } catch (NoSuchFileException e) {
            throw RollcallException.input("backup.missing", "there is no file " + file,
                    "choose a file that Rollcall wrote as a backup")
                    .onCommandLine("name a file that rollcall backup wrote");
        } catch (ZipException e) {
            throw foreign(file);
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "restore.failed", "the backup could not be unpacked",
                    "see whether the disk is full and whether you may read and write there", Map.of(), e);
        }
    }

    private static RollcallException foreign(Path file) {
        return RollcallException.input("backup.foreign", file + " is no backup of Rollcall",
                "choose a file that Rollcall wrote as a backup")
                .onCommandLine("name a file that rollcall backup wrote");
    }
}
