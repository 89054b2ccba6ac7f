package org.rollcall.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// What keeps the key, changing it, and what is said when it cannot be had.
class VaultChangeTest {
    private static final byte[] SECRET = "Sēcret~1.x".getBytes(StandardCharsets.UTF_8);
    private static final PassphraseKey CHEAP = new PassphraseKey(64, 1, 1);
    private static final Passphrase GOOD = () -> "four words nobody joins".toCharArray();
    private static final Passphrase OTHER = () -> "quite another passphrase".toCharArray();

    @TempDir
    Path folder;
    private final FakeStore store = new FakeStore();

    /// A store in memory.
    private static final class FakeStore implements SystemStore {
        private final Map<String, byte[]> kept = new HashMap<>();
        private boolean locked;

        @Override
        public String title() {
            return "a store for tests";
        }

        @Override
        public byte[] keep(String id, byte[] key) throws IOException {
            requireOpen();
            kept.put(id, key.clone());
            return new byte[]{ 1 };
        }

        @Override
        public byte[] fetch(String id, byte[] blob) throws IOException {
            requireOpen();
            return Optional.ofNullable(kept.get(id)).orElseThrow(() -> new IOException("not there")).clone();
        }

        private void requireOpen() throws IOException {
            if (locked) {
                throw new IOException("locked");
            }
        }

        @Override
        public void forget(String id) {
            kept.remove(id);
        }
    }

    private void make(KeptBy by, Passphrase passphrase) {
        Vault.make(folder, by, passphrase, List.of(), () -> Optional.of(store), CHEAP);
    }

    private Vault open(Passphrase passphrase) {
        return Vault.open(folder, passphrase, () -> Optional.of(store), CHEAP);
    }

    private RollcallException refused(Passphrase passphrase) {
        return assertThrows(RollcallException.class, () -> open(passphrase));
    }

    @Test
    void everyKeeperOpensWhatItSealedAfterARestart() {
        for (KeptBy each : KeptBy.values()) {
            folder.resolve(Vault.KEY_FILE).toFile().delete();
            make(each, GOOD);
            byte[] sealed = open(GOOD).seal(SECRET, "x");
            assertArrayEquals(SECRET, open(GOOD).open(sealed, "x"));
            assertEquals(each, open(GOOD).state().by());
            assertFalse(open(GOOD).state().settling());
        }
    }

    @Test
    void afterAChangeBothOpenUntilItIsSettled() {
        make(KeptBy.KEYFILE, Passphrase.NONE);
        KeptBy[] steps = { KeptBy.PASSPHRASE, KeptBy.OS, KeptBy.PASSPHRASE, KeptBy.KEYFILE, KeptBy.KEYFILE };
        Passphrase now = Passphrase.NONE;
        for (KeptBy to : steps) {
            Vault before = open(now);
            Vault beside = open(now);
            byte[] sealed = before.seal(SECRET, "x");
            byte[] proof = before.proof("7:ab", "audit");
            List<byte[]> keys = before.keysFor("database");
            before.change(to, GOOD);
            now = GOOD;
            // Killed here or anywhere below: the next start opens everything.
            Vault after = open(now);
            assertTrue(after.state().settling());
            assertArrayEquals(SECRET, after.open(sealed, "x"));
            assertTrue(after.isProof(proof, "7:ab", "audit"));
            assertArrayEquals(keys.getFirst(), after.keysFor("database").get(1));
            byte[] anew = after.reseal(sealed, "x");
            assertFalse(Arrays.equals(sealed, anew));
            assertArrayEquals(SECRET, before.open(anew, "x"), "the process that changed it");
            if (to != KeptBy.PASSPHRASE) {
                assertArrayEquals(SECRET, beside.open(anew, "x"), "another process reads the file again");
            }
            after.settle();
            Vault settled = open(now);
            assertFalse(settled.state().settling());
            assertArrayEquals(SECRET, settled.open(anew, "x"));
            assertThrows(RollcallException.class, () -> settled.open(sealed, "x"), "the key before is gone");
            assertFalse(settled.isProof(proof, "7:ab", "audit"));
        }
        assertEquals(Map.of(), store.kept, "nothing stays with the operating system");
    }

    @Test
    void passphraseIsNeededAndHasToBeRightAndLong() {
        assertEquals("vault.passphrase-short",
                assertThrows(RollcallException.class, () -> make(KeptBy.PASSPHRASE, "short"::toCharArray)).code());
        assertFalse(Files.exists(folder.resolve(Vault.KEY_FILE)));
        make(KeptBy.PASSPHRASE, GOOD);
        for (Passphrase wrong : List.of(OTHER, Passphrase.NONE)) {
            assertEquals(ErrorKind.NOT_SIGNED_IN, refused(wrong).kind());
        }
        // Keyboards write one letter in two ways.
        Vault vault = open(GOOD);
        vault.change(KeptBy.PASSPHRASE, "é is a letter of mine"::toCharArray);
        open("e\u0301 is a letter of mine"::toCharArray).close();
    }

    @Test
    void storeThatIsLockedOrGoneIsSaid() {
        make(KeptBy.OS, Passphrase.NONE);
        store.locked = true;
        assertEquals("vault.no-store", refused(Passphrase.NONE).code());
        store.locked = false;
        store.kept.clear();
        assertEquals("vault.no-store", refused(Passphrase.NONE).code());
        assertEquals(ErrorKind.STORAGE, assertThrows(RollcallException.class,
                () -> Vault.open(folder, Passphrase.NONE, Optional::empty, CHEAP)).kind());
        Vault file = new VaultTestFolder(folder.resolve("other")).open();
        store.locked = true;
        assertThrows(RollcallException.class, () -> file.change(KeptBy.PASSPHRASE, Passphrase.NONE));
        assertArrayEquals(SECRET, file.open(file.seal(SECRET, "x"), "x"), "what failed has changed nothing");
    }

    /// A vault of its own.
    private record VaultTestFolder(Path path) {
        Vault open() {
            assertTrue(path.toFile().mkdirs());
            return Vault.open(path);
        }
    }

    @Test
    void missingOrOpenKeyFileIsSaid() throws IOException {
        assertEquals("vault.missing", refused(Passphrase.NONE).code());
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        for (String rights : List.of("rw-r-----", "rw-----w-", "rw----r--")) {
            folder.resolve(Vault.KEY_FILE).toFile().delete();
            make(KeptBy.KEYFILE, Passphrase.NONE);
            Files.setPosixFilePermissions(folder.resolve(Vault.KEY_FILE), PosixFilePermissions.fromString(rights));
            RollcallException refusal = refused(Passphrase.NONE);
            assertEquals("vault.open-to-others", refusal.code());
            assertTrue(refusal.remedy().contains("chmod 600"), refusal.remedy());
        }
    }

    /// `-Drollcall.flips=200` turns more of them.
    @Test
    void everyFlippedByteOfTheKeyFileIsSaid() throws IOException {
        int flips = Integer.getInteger("rollcall.flips", 40);
        for (KeptBy each : KeptBy.values()) {
            Path file = folder.resolve(Vault.KEY_FILE);
            Files.deleteIfExists(file);
            make(each, GOOD);
            byte[] whole = Files.readAllBytes(file);
            var random = new Random(7);
            for (int i = 0; i < flips; i++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                RollcallException refusal = refused(GOOD);
                assertTrue(List.of("vault.damaged", "vault.passphrase-wrong").contains(refusal.code()), refusal::code);
            }
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertEquals("vault.damaged", refused(GOOD).code());
        }
    }

    /// What was written when there was nothing but a key file.
    @Test
    void keyFileOfAnOlderVersionGoesOnAndCanBeChanged() throws IOException {
        Path file = folder.resolve(Vault.KEY_FILE);
        OwnerOnlyFile.create(file);
        Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        Vault vault = open(Passphrase.NONE);
        byte[] sealed = vault.seal(SECRET, "x");
        assertEquals("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", Files.readString(file), "it is left alone");
        vault.change(KeptBy.PASSPHRASE, GOOD);
        assertArrayEquals(SECRET, open(GOOD).open(sealed, "x"));
    }

    @Test
    void whatIsWipedSealsNothing() {
        make(KeptBy.KEYFILE, Passphrase.NONE);
        Vault vault = open(Passphrase.NONE);
        vault.close();
        assertThrows(IllegalStateException.class, () -> vault.seal(SECRET, "x"));
    }

    /// Only where a desktop session offers one: it is really used, and left as it was.
    @Test
    void secretServiceOfTheSessionKeepsAKey() throws IOException {
        Optional<SystemStore> real = SystemStore.here(System.getenv());
        assumeTrue(real.isPresent() && Boolean.getBoolean("rollcall.keyring"));
        byte[] key = Sealing.random(Vault.KEY_BYTES);
        byte[] kept = real.get().keep("rollcall-test", key);
        assertArrayEquals(key, real.get().fetch("rollcall-test", kept));
        real.get().forget("rollcall-test");
        assertThrows(IOException.class, () -> real.get().fetch("rollcall-test", kept));
    }
}
