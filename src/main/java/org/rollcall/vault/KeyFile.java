package org.rollcall.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The content of a data folder's key file: where the key is kept, and the keys of the folder sealed under it. A file of an
/// older version contains only the one key.
final class KeyFile {
    private static final String FIRST_LINE = "rollcall key file 2";
    private static final String KEPT = "kept";
    private static final String SEALED = "sealed";
    private static final String CHECK = "check";
    private static final int CHECK_BYTES = 8;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<String> NAMES = Set.of(KEPT, "key", "argon2id", "salt", "store", "id", "blob", SEALED);

    private final Map<String, String> lines;

    private KeyFile(Map<String, String> lines) {
        this.lines = lines;
    }

    static KeyFile of(KeptBy by) {
        var lines = new LinkedHashMap<String, String>();
        lines.put(KEPT, by.word());
        return new KeyFile(lines);
    }

    /// @throws DamagedException not a key file, or changed
    static KeyFile read(Path file) throws IOException, DamagedException {
        if (Files.size(file) > MOST_BYTES) {
            throw new DamagedException();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(FIRST_LINE + "\n")) {
            return ofOlderVersion(text);
        }
        int end = text.lastIndexOf("\n" + CHECK + "=") + 1;
        if (end <= 0 || !text.substring(end).equals(CHECK + "=" + check(text.substring(0, end)) + "\n")) {
            throw new DamagedException();
        }
        var lines = new LinkedHashMap<String, String>();
        for (String line : text.substring(FIRST_LINE.length() + 1, end).split("\n", -1)) {
            int mark = line.indexOf('=');
            if (mark > 0 && NAMES.contains(line.substring(0, mark))) {
                lines.put(line.substring(0, mark), line.substring(mark + 1));
            }
        }
        return new KeyFile(lines);
    }

    private static KeyFile ofOlderVersion(String text) throws DamagedException {
        try {
            if (Base64.getDecoder().decode(text.strip()).length != Vault.KEY_BYTES) {
                throw new DamagedException();
            }
        } catch (IllegalArgumentException e) {
            throw new DamagedException();
        }
        KeyFile file = of(KeptBy.KEYFILE);
        file.lines.put("key", text.strip());
        return file;
    }

    KeptBy kept() throws DamagedException {
        return Optional.ofNullable(lines.get(KEPT)).flatMap(KeptBy::ofWord).orElseThrow(DamagedException::new);
    }

    /// Whether the keys are sealed under another one; otherwise that one is the folder's key.
    boolean isSealed() {
        return lines.containsKey(SEALED);
    }

    String text(String name) throws DamagedException {
        return Optional.ofNullable(lines.get(name)).orElseThrow(DamagedException::new);
    }

    byte[] bytes(String name) throws DamagedException {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException e) {
            throw new DamagedException();
        }
    }

    KeyFile with(String name, String value) {
        lines.put(name, value);
        return this;
    }

    KeyFile with(String name, byte[] value) {
        return with(name, Base64.getEncoder().encodeToString(value));
    }

    /// Seals the folder's keys.
    void seal(byte[] kept, byte[][] keys) {
        lines.remove(SEALED);
        byte[] all = new byte[keys.length * Vault.KEY_BYTES];
        for (int i = 0; i < keys.length; i++) {
            System.arraycopy(keys[i], 0, all, i * Vault.KEY_BYTES, Vault.KEY_BYTES);
        }
        with(SEALED, Sealing.seal(kept, all, head()));
        Arrays.fill(all, (byte) 0);
    }

    /// @return empty: not the key under which they were sealed
    Optional<byte[][]> open(byte[] kept) throws DamagedException {
        byte[] sealed = bytes(SEALED);
        Optional<byte[]> opened = Sealing.open(kept, sealed, head());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        byte[] all = opened.get();
        if (all.length == 0 || all.length % Vault.KEY_BYTES != 0) {
            throw new DamagedException();
        }
        byte[][] keys = new byte[all.length / Vault.KEY_BYTES][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Arrays.copyOfRange(all, i * Vault.KEY_BYTES, (i + 1) * Vault.KEY_BYTES);
        }
        Arrays.fill(all, (byte) 0);
        return Optional.of(keys);
    }

    /// The additional authenticated data: all lines before them.
    private String head() {
        var head = new StringBuilder(FIRST_LINE).append('\n');
        lines.forEach((name, value) -> {
            if (!name.equals(SEALED)) {
                head.append(name).append('=').append(value).append('\n');
            }
        });
        return head.toString();
    }

    /// Replaces the file atomically: a kill leaves the old one or the new one.
    void write(Path file) throws IOException {
        String text = head() + SEALED + "=" + lines.get(SEALED) + "\n";
        byte[] bytes = (text + CHECK + "=" + check(text) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        OwnerOnlyFile.create(aside);
        try (var channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String check(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(sum, 0, CHECK_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    /// Not a key file, or changed.
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
