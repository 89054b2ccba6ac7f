package org.rollcall.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.rollcall.domain.RollcallException;

/// The keys of the automatic backups of a data folder, in a file beside them, sealed by the folder's vault. They differ from
/// the vault's own, so that a changed vault still opens older backups. The newest comes first.
public final class BackupKeys {
    private static final String BOUND = "keys of the backups";
    private static final int MOST_BYTES = 64 * 1024;
    private static final int NAME_BYTES = 8;
    /// Each change of the vault adds one; the backups of earlier ones were deleted long ago.
    private static final int MOST_KEYS = 50;

    private BackupKeys() {}

    /// The key to seal with; generated at the first call.
    ///
    /// @return to be wiped
    /// @throws IOException       the file cannot be read or written
    /// @throws RollcallException STORAGE: the file is another vault's, or damaged
    public static byte[] newest(Vault vault, Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = Sealing.random(Vault.KEY_BYTES);
            write(file, vault.seal(fresh, BOUND));
            return fresh;
        }
        byte[] all = vault.open(read(file), BOUND);
        byte[] newest = Arrays.copyOf(all, Vault.KEY_BYTES);
        Arrays.fill(all, (byte) 0);
        return newest;
    }

    /// @param name see [#name]
    /// @return to be wiped; empty: there is no such key
    /// @throws IOException       the file cannot be read
    /// @throws RollcallException STORAGE: the file is another vault's, or damaged
    public static Optional<byte[]> named(Vault vault, Path file, String name) throws IOException {
        byte[] all = vault.open(read(file), BOUND);
        Optional<byte[]> found = each(all).stream()
                .filter(key -> MessageDigest.isEqual(name(key).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        name.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .findFirst();
        Arrays.fill(all, (byte) 0);
        return found;
    }

    private static List<byte[]> each(byte[] all) {
        var keys = new ArrayList<byte[]>();
        for (int at = 0; at + Vault.KEY_BYTES <= all.length; at += Vault.KEY_BYTES) {
            keys.add(Arrays.copyOfRange(all, at, at + Vault.KEY_BYTES));
        }
        return keys;
    }

    /// Identifies a key without revealing anything about it.
    static String name(byte[] key) {
        return HexFormat.of().formatHex(
                Sealing.mac(key, "name".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), 0, NAME_BYTES);
    }

    /// Re-seals the file under the newest key of the vault, with a new key for future backups. Does nothing if it is sealed
    /// under that already, or if there is no file.
    ///
    /// @throws IOException       it cannot be read or written
    /// @throws RollcallException STORAGE: the file is another vault's, or damaged
    public static void reseal(Vault vault, Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] stored = read(file);
        if (Arrays.equals(vault.reseal(stored, BOUND), stored)) {
            return;
        }
        byte[] before = vault.open(stored, BOUND);
        byte[] kept = Arrays.copyOf(before, Math.min(before.length, (MOST_KEYS - 1) * Vault.KEY_BYTES));
        byte[] fresh = Sealing.random(Vault.KEY_BYTES);
        byte[] all = Arrays.copyOf(fresh, fresh.length + kept.length);
        System.arraycopy(kept, 0, all, fresh.length, kept.length);
        write(file, vault.seal(all, BOUND));
        for (byte[] each : List.of(before, kept, fresh, all)) {
            Arrays.fill(each, (byte) 0);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    private static void write(Path file, byte[] sealed) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        OwnerOnlyFile.create(aside);
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(sealed));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
