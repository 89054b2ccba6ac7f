package org.rollcall.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.Database;
import org.rollcall.store.DatabaseSeal;
import org.rollcall.store.RowSource;
import org.rollcall.store.RowStream;
import org.rollcall.text.Words;
import org.rollcall.vault.Passphrase;
import org.rollcall.vault.SealedStream;
import org.rollcall.vault.Vault;

/// A data folder in one file: the keys of its secrets and the rows of its tables as they were at one moment, packed, and sealed
/// under a passphrase or, if somebody wants it so, under none. Nothing in it can run.
final class BackupFile {
    private static final String FIRST = "Rollcall backup 2";
    /// How files are called that are being written.
    static final String PART_BEGINS = "rollcall";
    static final String PART_ENDS = ".part";
    private static final byte[] ZIP = { 'P', 'K' };
    private static final int KEY_BYTES = 32;
    private static final int MOST_KEYS = 100;
    private static final int BUFFER = 64 * 1024;
    /// Rows unpack to a few times of what they take; a file of which nothing but its size can be said is not unpacked for ever.
    private static final long MOST_TIMES = 200;
    private static final long LEAST_BYTES = 64L * 1024 * 1024;
    private static final Set<String> DAMAGED = Set.of("storage.damaged", "storage.fault", "storage.data-missing",
            "storage.foreign-object", "vault.damaged");

    private BackupFile() {}

    /// @param passphrase null: the file is not sealed
    /// @throws RollcallException INPUT: the file is there already, or its folder is not; STORAGE: it cannot be written
    static void write(Vault vault, RowSource rows, Path file, char @Nullable [] passphrase) {
        if (passphrase != null) {
            Vault.requireGood(passphrase);
        }
        write(vault, rows, file, out -> SealedStream.write(FIRST, passphrase, out), Files::newOutputStream);
    }

    /// Under a key that lies beside the file, see [BackupKeys].
    ///
    /// @param key left as it is
    /// @param to  opens the file that is written
    /// @throws RollcallException as [#write(Vault, RowSource, Path, char[])]
    static void write(Vault vault, RowSource rows, Path file, byte[] key, Target to) {
        write(vault, rows, file, out -> SealedStream.write(FIRST, key, out), to);
    }

    /// Opens a file to write it.
    interface Target {
        OutputStream open(Path file) throws IOException;
    }

    private interface Seal {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static void write(Vault vault, RowSource rows, Path file, Seal seal, Target to) {
        Path target = file.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw RollcallException.input("backup.folder", Words.of("app.backup.folder", file),
                    Words.of("app.backup.folder.remedy"));
        }
        if (Files.exists(target)) {
            throw exists(file);
        }
        Path part = null;
        try {
            // A temporary file is its owner's alone, and so is what it is moved to.
            part = Files.createTempFile(parent, PART_BEGINS, PART_ENDS);
            try (OutputStream sealed = seal.over(new BufferedOutputStream(to.open(part), BUFFER));
                    var out = new BufferedOutputStream(
                            new DeflaterOutputStream(sealed, new Deflater(Deflater.BEST_SPEED), BUFFER), BUFFER)) {
                keys(vault, new DataOutputStream(out));
                rows.writeTo(out);
            }
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target);
            part = null;
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "backup.unwritable",
                    Words.of("app.backup.unwritable", file),
                    Words.of("app.backup.unwritable.remedy"), Map.of(), e);
        } finally {
            delete(part);
        }
    }

    private static void keys(Vault vault, DataOutputStream out) throws IOException {
        List<byte[]> keys = vault.keysForBackup();
        out.writeInt(keys.size());
        for (byte[] each : keys) {
            out.write(each);
            Arrays.fill(each, (byte) 0);
        }
        out.flush();
    }

    private static RollcallException exists(Path file) {
        return RollcallException.input("backup.exists", Words.of("app.backup.exists", file),
                Words.of("app.backup.exists.remedy"));
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(BackupFile.class).debug("Clearing away {}", file, e);
        }
    }

    /// Looks whether every part of a file is right, before anything is made of it.
    ///
    /// @param passphrase asked for only if it is sealed with one
    /// @param folders    that of the data folder that made the file by itself, asked for only if it did and one keeps its key
    /// @return what fills a data folder that is being made
    /// @throws RollcallException INPUT: there is no such file, it is no backup, not every part of it is right, or it is another
    ///                           passphrase's; STORAGE: of a newer version, or it cannot be read
    static Filling open(Path file, Supplier<char[]> passphrase, Passphrase folders) {
        if (!Files.isRegularFile(file)) {
            throw RollcallException.input("backup.missing", Words.of("app.backup.missing", file),
                    Words.of("app.backup.missing.remedy"))
                    .onCommandLine(Words.of("app.backup.missing.remedy.cli"));
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(ZIP.length), ZIP)) {
                return (folder, _) -> OldBackup.unpack(file, folder);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        Key known = key(file, passphrase, folders);
        RowStream.Content content = reading(file, known, (_, in) -> RowStream.check(in));
        Database.requireKnownVersion(content.version());
        return (folder, vault) -> reading(file, known, (keys, in) -> {
            vault.make(folder, keys);
            fill(folder, vault.passphrase(), content.version(), in);
            return content;
        });
    }

    /// Fills a data folder that is being made.
    interface Filling {
        /// @param vault what is to keep the key of the folder; an earlier version's backup brings its key file with it
        void into(Path folder, VaultChoice vault);
    }

    private interface Body {
        RowStream.Content of(List<byte[]> keys, InputStream rows) throws IOException;
    }

    private interface Key {
        InputStream open(SealedStream.Opening opening) throws IOException;
    }

    private static Key key(Path file, Supplier<char[]> passphrase, Passphrase folders) {
        try (InputStream in = Files.newInputStream(file)) {
            SealedStream.Opening opening = SealedStream.read(in);
            if (!opening.first().startsWith("Rollcall backup ")) {
                throw foreign(file);
            }
            if (!opening.first().equals(FIRST)) {
                throw newer();
            }
            if (opening.keyName().isPresent()) {
                byte[] key = BackupFolder.key(file, opening.keyName().get(), folders);
                return each -> each.open(key);
            }
            char[] known = opening.needsPassphrase() ? passphrase.get() : null;
            return each -> each.open(known);
        } catch (IOException e) {
            throw foreign(file);
        }
    }

    private static RowStream.Content reading(Path file, Key opens, Body body) {
        try (InputStream in = opens.open(
                SealedStream.read(new BufferedInputStream(Files.newInputStream(file), BUFFER)));
                var rows = new BufferedInputStream(
                        new Bounded(new InflaterInputStream(in), Files.size(file) * MOST_TIMES + LEAST_BYTES),
                        BUFFER)) {
            var data = new DataInputStream(rows);
            int count = data.readInt();
            if (count < 1 || count > MOST_KEYS) {
                throw new IOException("no keys");
            }
            var keys = new ArrayList<byte[]>();
            for (int i = 0; i < count; i++) {
                byte[] key = data.readNBytes(KEY_BYTES);
                if (key.length < KEY_BYTES) {
                    throw new EOFException();
                }
                keys.add(key);
            }
            RowStream.Content content = body.of(keys, rows);
            keys.forEach(key -> Arrays.fill(key, (byte) 0));
            return content;
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(BackupFile.class).info("A backup is not taken: {}", e.toString());
            throw foreign(file);
        }
    }

    private static void fill(Path folder, Passphrase passphrase, String version, InputStream rows) throws IOException {
        try (Vault vault = Vault.open(folder, passphrase)) {
            var seal = new FolderSeal(vault, folder, Clock.systemUTC());
            Database.load(folder, new DatabaseSeal() {
                @Override
                public List<byte[]> keys() {
                    return seal.keys();
                }

                @Override
                public void beforeSealing(javax.sql.DataSource database) {
                    // It is made sealed.
                }

                @Override
                public void alone(javax.sql.DataSource database) {
                    // What comes is still sealed under the keys that come with it; the next opening changes that.
                }
            }, version, rows);
        }
    }

    /// What went wrong with a folder that was made out of the file: what is damaged in it is the file's fault.
    static RollcallException ofFile(Path file, RollcallException thrown) {
        return DAMAGED.contains(thrown.code()) ? foreign(file) : thrown;
    }

    private static RollcallException newer() {
        return new RollcallException(ErrorKind.STORAGE, "storage.newer-version",
                Words.of("app.storage.newer-version"), Words.of("app.storage.newer-version.remedy"));
    }

    private static RollcallException unreadable(IOException cause) {
        return new RollcallException(ErrorKind.STORAGE, "restore.failed", Words.of("app.restore.failed.backupFile"),
                Words.of("app.restore.failed.backupFile.remedy"), Map.of(), cause);
    }

    static RollcallException foreign(Path file) {
        return RollcallException.input("backup.foreign", Words.of("app.backup.foreign", file),
                Words.of("app.backup.foreign.remedy"))
                .onCommandLine(Words.of("app.backup.foreign.remedy.cli"));
    }

    /// Ends after so many bytes.
    private static final class Bounded extends java.io.FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        private int count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("it unpacks to far too much");
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return count(super.read(into, from, length));
        }
    }
}
