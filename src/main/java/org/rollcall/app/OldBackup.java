package org.rollcall.app;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.DataFolder;
import org.rollcall.store.Database;
import org.rollcall.text.Words;
import org.rollcall.vault.Vault;

/// Backups as earlier versions wrote them: a whole data folder in one ZIP file, its marker, its key, its database as it was at one
/// moment. They are still taken; what is in the database is looked at like that of any data folder.
final class OldBackup {
    private static final String DATA = Database.FILE;
    /// What every database file of H2 begins with.
    private static final byte[] DATA_BEGINS = "H:2,block:".getBytes(StandardCharsets.US_ASCII);
    private static final int SMALL_BYTES = 64 * 1024;
    private static final int MOST_TIMES = 200;
    private static final long LEAST_BYTES = 64L * 1024 * 1024;
    private static final List<String> ENTRIES = List.of(DataFolder.MARKER, Vault.KEY_FILE, DATA);

    private OldBackup() {}

    /// Puts what the file holds into a data folder that is being made. Nothing in the file is believed: names, sizes and
    /// what the data begin with are checked as they are read.
    ///
    /// @throws RollcallException INPUT: it is no backup, or not every part of it is right; STORAGE: of a newer version, or it
    ///                           cannot be written
    static void unpack(Path file, Path folder) {
        try (var zip = new ZipFile(file.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
            if (!names.equals(ENTRIES.stream().sorted().toList())) {
                throw BackupFile.foreign(file);
            }
            String marker = new String(small(zip, DataFolder.MARKER, file), StandardCharsets.UTF_8);
            if (marker.lines().noneMatch(DataFolder.FIRST_FORMAT_LINE::equals)) {
                throw new RollcallException(ErrorKind.STORAGE, "storage.newer-version",
                        Words.of("app.storage.newer-version"),
                        Words.of("app.storage.newer-version.remedy"));
            }
            byte[] key = small(zip, Vault.KEY_FILE, file);
            Path keyFile = Files.createTempFile(folder, "restore", ".part");
            Files.write(keyFile, key);
            Files.move(keyFile, folder.resolve(Vault.KEY_FILE));
            unpackData(zip, file, folder);
        } catch (ZipException e) {
            throw BackupFile.foreign(file);
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "restore.failed", Words.of("app.restore.failed"),
                    Words.of("app.restore.failed.remedy"), Map.of(), e);
        }
    }

    private static byte[] small(ZipFile zip, String name, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        var sum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
            byte[] bytes = in.readNBytes(SMALL_BYTES + 1);
            if (bytes.length > SMALL_BYTES || sum.getValue() != entry.getCrc()) {
                throw BackupFile.foreign(file);
            }
            return bytes;
        }
    }

    private static void unpackData(ZipFile zip, Path file, Path folder) throws IOException {
        ZipEntry entry = zip.getEntry(DATA);
        // The database packs its pages itself, so that deflating them once more saves little, except for empty ones.
        long most = Math.min(entry.getSize(), entry.getCompressedSize() * MOST_TIMES + LEAST_BYTES);
        Path target = Files.createTempFile(folder, "restore", ".part");
        long length = 0;
        // The ZIP library itself compares no sums here.
        var sum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum);
                var out = Files.newOutputStream(target)) {
            byte[] head = in.readNBytes(DATA_BEGINS.length);
            if (entry.getSize() > most || !Arrays.equals(head, DATA_BEGINS)) {
                throw BackupFile.foreign(file);
            }
            out.write(head);
            length = head.length;
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
                if (length > most) {
                    throw BackupFile.foreign(file);
                }
                out.write(buffer, 0, n);
            }
        } catch (EOFException e) {
            throw BackupFile.foreign(file);
        }
        if (length != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw BackupFile.foreign(file);
        }
        Files.move(target, folder.resolve(DATA));
    }
}
