package org.rollcall.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Seals secrets with AES-256-GCM under a random key of the data folder. Every sealed value is bound to its context: copied to
/// another place, it does not open.
///
/// The key is in the key file, sealed under one that is kept by the operating system, a passphrase or the file itself
/// ([KeptBy]). When that changes the folder gets a new key; the earlier one stays in the file, sealed as well, until everything
/// has been re-sealed ([#settle]), so that a kill at any moment loses nothing.
public final class Vault implements AutoCloseable {
    /// The key file in a data folder.
    public static final String KEY_FILE = "vault.key";
    static final int KEY_BYTES = 32;
    private static final int MAC_BYTES = 32;

    private final Path file;
    private Passphrase passphrase;
    private final Supplier<Optional<SystemStore>> stores;
    private final PassphraseKey cost;
    private Keys keys;
    private boolean closed;

    /// @param all   the key for sealing first, then earlier ones that may still be needed
    /// @param stamp detects whether the file has changed since it was read
    private record Keys(KeptBy by, String keeper, List<byte[]> all, Object stamp) {}

    /// How the key is kept.
    ///
    /// @param keeper   display text that completes "the key is kept by ..."
    /// @param settling it was changed, and something is still sealed under the previous key
    public record State(KeptBy by, String keeper, boolean settling) {}

    private Vault(Path folder, Passphrase passphrase, Supplier<Optional<SystemStore>> stores, PassphraseKey cost) {
        this.file = folder.resolve(KEY_FILE);
        this.passphrase = passphrase;
        this.stores = stores;
        this.cost = cost;
        this.keys = read();
    }

    /// The vault of an existing data folder.
    ///
    /// @throws RollcallException STORAGE: the key file is missing, damaged or readable by others, or the store of its key is
    ///                           not available; NOT_SIGNED_IN: there is no passphrase, or a wrong one
    public static Vault open(Path folder, Passphrase passphrase) {
        return new Vault(folder, passphrase, SystemStore::here, PassphraseKey.STANDARD);
    }

    /// The vault of a data folder whose key is kept in a file; created at the first opening.
    ///
    /// @throws RollcallException as [#open(Path, Passphrase)]
    public static Vault open(Path folder) {
        if (!Files.exists(folder.resolve(KEY_FILE))) {
            make(folder, KeptBy.KEYFILE, Passphrase.NONE, List.of());
        }
        return open(folder, Passphrase.NONE);
    }

    /// Creates the vault of a new data folder.
    ///
    /// @param earlier keys of sealed values that are copied into the folder
    /// @throws RollcallException STORAGE: the key store is not available; INPUT: the passphrase is too short
    public static void make(Path folder, KeptBy by, Passphrase passphrase, List<byte[]> earlier) {
        make(folder, by, passphrase, earlier, SystemStore::here, PassphraseKey.STANDARD);
    }

    static void make(Path folder, KeptBy by, Passphrase passphrase, List<byte[]> earlier,
            Supplier<Optional<SystemStore>> stores, PassphraseKey cost) {
        byte[] fresh = Sealing.random(KEY_BYTES);
        write(folder.resolve(KEY_FILE), by, passphrase, Stream.concat(Stream.of(fresh), earlier.stream()).toList(),
                stores, cost);
        Arrays.fill(fresh, (byte) 0);
    }

    static Vault open(Path folder, Passphrase passphrase, Supplier<Optional<SystemStore>> stores,
            PassphraseKey cost) {
        return new Vault(folder, passphrase, stores, cost);
    }

    /// The key stores of this machine.
    public static List<KeptBy> choices() {
        return SystemStore.here().isPresent()
                ? List.of(KeptBy.OS, KeptBy.PASSPHRASE, KeptBy.KEYFILE)
                : List.of(KeptBy.PASSPHRASE, KeptBy.KEYFILE);
    }

    /// @param boundTo the context; needed again to open it
    public byte[] seal(byte[] plain, String boundTo) {
        return Sealing.seal(current().getFirst(), plain, boundTo);
    }

    /// @throws RollcallException STORAGE: sealed under another key, bound to another context, or changed
    public byte[] open(byte[] sealed, String boundTo) {
        return current().stream().flatMap(key -> Sealing.open(key, sealed, boundTo).stream()).findFirst()
                .orElseThrow(Vault::doesNotOpen);
    }

    /// Re-seals a value under the current key; unchanged if it is already.
    ///
    /// @throws RollcallException as [#open(byte[], String)]
    public byte[] reseal(byte[] sealed, String boundTo) {
        if (Sealing.open(current().getFirst(), sealed, boundTo).isPresent()) {
            return sealed;
        }
        byte[] plain = open(sealed, boundTo);
        byte[] anew = seal(plain, boundTo);
        Arrays.fill(plain, (byte) 0);
        return anew;
    }

    /// Authenticates a text, which is not secret.
    public byte[] proof(String text, String purpose) {
        return proof(current().getFirst(), text, purpose);
    }

    /// Verifies a [#proof] by this key or an earlier one that is still kept.
    public boolean isProof(byte[] proof, String text, String purpose) {
        return proof.length == MAC_BYTES
                && current().stream().anyMatch(key -> MessageDigest.isEqual(proof, proof(key, text, purpose)));
    }

    private static byte[] proof(byte[] key, String text, String purpose) {
        return Sealing.mac(derived(key, purpose), text.getBytes(StandardCharsets.UTF_8));
    }

    /// Derived keys for other sealed data: the current one first, then earlier ones that may still be in use.
    public List<byte[]> keysFor(String purpose) {
        return current().stream().map(key -> derived(key, purpose)).toList();
    }

    private static byte[] derived(byte[] key, String purpose) {
        return Sealing.mac(key, ("rollcall/" + purpose).getBytes(StandardCharsets.UTF_8));
    }

    /// The keys themselves, for a sealed backup.
    public List<byte[]> keysForBackup() {
        return current().stream().map(byte[]::clone).toList();
    }

    public synchronized State state() {
        current();
        return new State(keys.by(), keys.keeper(), keys.all().size() > 1);
    }

    /// Changes where the key is kept, and generates a new one. Existing values stay sealed under the earlier one until the next
    /// opening of the data folder that is not shared with another process.
    ///
    /// @param chosen the new passphrase, if needed
    /// @throws RollcallException STORAGE: the key store is not available; INPUT: the passphrase is too short
    public synchronized void change(KeptBy to, Passphrase chosen) {
        List<byte[]> earlier = current();
        byte[] fresh = Sealing.random(KEY_BYTES);
        rewrite(to, chosen, Stream.concat(Stream.of(fresh), earlier.stream()).toList());
        Arrays.fill(fresh, (byte) 0);
    }

    /// Discards the earlier keys after everything has been re-sealed. Called by the only process on the folder.
    public synchronized void settle() {
        List<byte[]> all = current();
        if (all.size() > 1) {
            try {
                KeyFile now = KeyFile.read(file);
                byte[] kept = keep(now);
                now.seal(kept, new byte[][]{ all.getFirst() });
                now.write(file);
                Arrays.fill(kept, (byte) 0);
            } catch (KeyFile.DamagedException e) {
                throw damaged();
            } catch (IOException e) {
                throw unreadable(file, e);
            }
            keys = new Keys(keys.by(), keys.keeper(), List.of(all.getFirst()), stamp(file));
        }
    }

    private void rewrite(KeptBy to, Passphrase chosen, List<byte[]> all) {
        Optional<String> old = idAtStore();
        write(file, to, chosen, all, stores, cost);
        KeptBy before = keys.by();
        try {
            KeyFile now = KeyFile.read(file);
            keys = new Keys(to, keeper(now), all.stream().map(byte[]::clone).toList(), stamp(file));
        } catch (IOException | KeyFile.DamagedException e) {
            throw unreadable(file, e);
        }
        if (to == KeptBy.PASSPHRASE) {
            passphrase = chosen;
        }
        if (before == KeptBy.OS) {
            old.ifPresent(id -> stores.get().ifPresent(store -> store.forget(id)));
        }
    }

    private Optional<String> idAtStore() {
        try {
            return Optional.of(KeyFile.read(file).text("id"));
        } catch (IOException | KeyFile.DamagedException e) {
            return Optional.empty();
        }
    }

    /// The keys in the file: another process may have changed them.
    private synchronized List<byte[]> current() {
        if (closed) {
            throw new IllegalStateException("the keys are wiped");
        }
        if (!stamp(file).equals(keys.stamp())) {
            keys = read();
        }
        return keys.all();
    }

    private Keys read() {
        Object stamp = stamp(file);
        try {
            if (OwnerOnlyFile.isOpenToOthers(file)) {
                throw new RollcallException(ErrorKind.STORAGE, "vault.open-to-others",
                        Words.of("vault.open-to-others", file), Words.of("vault.open-to-others.remedy", file));
            }
            KeyFile read = KeyFile.read(file);
            byte[] kept = keep(read);
            if (!read.isSealed()) {
                return new Keys(KeptBy.KEYFILE, keeper(read), List.of(kept), stamp);
            }
            Optional<byte[][]> opened = read.open(kept);
            Arrays.fill(kept, (byte) 0);
            if (opened.isEmpty()) {
                throw read.kept() == KeptBy.PASSPHRASE ? wrongPassphrase() : damaged();
            }
            return new Keys(read.kept(), keeper(read), List.of(opened.get()), stamp);
        } catch (KeyFile.DamagedException e) {
            throw damaged();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// The key that the folder's keys are sealed under.
    private byte[] keep(KeyFile read) throws KeyFile.DamagedException {
        return switch (read.kept()) {
            case KEYFILE -> read.bytes("key");
            case PASSPHRASE -> {
                char[] given = passphrase.ask();
                try {
                    yield PassphraseKey.of(read.text("argon2id")).key(given, read.bytes("salt"));
                } catch (IllegalArgumentException e) {
                    throw new KeyFile.DamagedException();
                } finally {
                    Arrays.fill(given, '\0');
                }
            }
            case OS -> {
                SystemStore store = stores.get().orElseThrow(() -> noStore(null));
                try {
                    yield store.fetch(read.text("id"), read.bytes("blob"));
                } catch (IOException e) {
                    throw noStore(e);
                }
            }
        };
    }

    private String keeper(KeyFile read) throws KeyFile.DamagedException {
        return switch (read.kept()) {
            case KEYFILE -> Words.of("vault.keeper.file", KEY_FILE).english();
            case PASSPHRASE -> "a passphrase";
            case OS -> read.text("store");
        };
    }

    private static void write(Path file, KeptBy by, Passphrase chosen, List<byte[]> all,
            Supplier<Optional<SystemStore>> stores, PassphraseKey cost) {
        KeyFile fresh = KeyFile.of(by);
        byte[] kept = new byte[0];
        try {
            switch (by) {
                case KEYFILE -> {
                    kept = Sealing.random(KEY_BYTES);
                    fresh.with("key", kept);
                }
                case PASSPHRASE -> {
                    byte[] salt = Sealing.random(PassphraseKey.SALT_BYTES);
                    char[] given = chosen.ask();
                    try {
                        requireGood(given);
                        kept = cost.key(given, salt);
                    } finally {
                        Arrays.fill(given, '\0');
                    }
                    fresh.with("argon2id", cost.text()).with("salt", salt);
                }
                case OS -> {
                    SystemStore store = stores.get().orElseThrow(() -> noStore(null));
                    String id = UUID.randomUUID().toString();
                    kept = Sealing.random(KEY_BYTES);
                    fresh.with("store", store.title()).with("id", id).with("blob", store.keep(id, kept));
                    // A store that does not return what was stored would lose everything.
                    byte[] back = store.fetch(id, fresh.bytes("blob"));
                    if (!Arrays.equals(back, kept)) {
                        throw noStore(null);
                    }
                }
            }
            fresh.seal(kept, all.toArray(byte[][]::new));
        } catch (IOException e) {
            throw noStore(e);
        } catch (KeyFile.DamagedException e) {
            throw new IllegalStateException("it was just made", e);
        }
        try {
            fresh.write(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            Arrays.fill(kept, (byte) 0);
        }
    }

    /// @throws RollcallException INPUT: too short
    public static void requireGood(char[] passphrase) {
        if (passphrase.length < PassphraseKey.LEAST_LETTERS) {
            throw RollcallException.input("vault.passphrase-short",
                    Words.of("vault.passphrase-short", PassphraseKey.LEAST_LETTERS),
                    Words.of("vault.passphrase-short.remedy"));
        }
    }

    private static Object stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(attributes.size(), attributes.lastModifiedTime(),
                    Objects.requireNonNullElse(attributes.fileKey(), ""));
        } catch (IOException e) {
            if (!Files.exists(file)) {
                throw missing(file);
            }
            throw unreadable(file, e);
        }
    }

    /// Wipes the keys of this process, after which nothing can be sealed or opened.
    @Override
    public synchronized void close() {
        closed = true;
        keys.all().forEach(key -> Arrays.fill(key, (byte) 0));
    }

    private static RollcallException missing(Path file) {
        return new RollcallException(ErrorKind.STORAGE, "vault.missing",
                Words.of("vault.missing", file),
                Words.of("vault.missing.remedy"));
    }

    private static RollcallException unreadable(Path file, Exception cause) {
        return new RollcallException(ErrorKind.STORAGE, "vault.unreadable",
                Words.of("vault.unreadable", file),
                Words.of("vault.unreadable.remedy"), Map.of(), cause);
    }

    private static RollcallException damaged() {
        return new RollcallException(ErrorKind.STORAGE, "vault.damaged", Words.of("vault.damaged", KEY_FILE),
                Words.of("vault.damaged.remedy"));
    }

    private static RollcallException wrongPassphrase() {
        return new RollcallException(ErrorKind.NOT_SIGNED_IN, "vault.passphrase-wrong",
                Words.of("vault.passphrase-wrong"), Words.of("vault.passphrase-wrong.remedy"));
    }

    private static RollcallException noStore(@Nullable Exception cause) {
        return new RollcallException(ErrorKind.STORAGE, "vault.no-store",
                Words.of("vault.no-store"),
                Words.of("vault.no-store.remedy"), Map.of(),
                cause)
                .onCommandLine(Words.of("vault.no-store.remedy.cli"));
    }

    private static RollcallException doesNotOpen() {
        return new RollcallException(ErrorKind.STORAGE, "vault.does-not-open",
                Words.of("vault.does-not-open"),
                Words.of("vault.does-not-open.remedy", KEY_FILE));
    }
}
