package org.rollcall.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.vault.KeptBy;
import org.rollcall.vault.Passphrase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Backups come from anywhere: nothing in one is believed before it was looked at, and a bad one leaves nothing.
class BackupFileTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String PASSWORD = "correct horse battery staple";
    private static final String PHRASE = "four words nobody joins";

    @TempDir
    Path folder;
    private Path home;

    @BeforeEach
    void make() {
        home = folder.resolve("first");
        ReadyFolder.create(home, "maren", PASSWORD.toCharArray(), "test", CLOCK).close();
    }

    private Path backup(String name, String phrase) {
        Path file = folder.resolve(name);
        try (var context = ReadyFolder.open(home, CLOCK)) {
            context.backup(maren(context), file, phrase.isEmpty() ? null : phrase.toCharArray());
        }
        return file;
    }

    private static Actor maren(AppContext context) {
        return context.signIn().signIn("maren", PASSWORD.toCharArray(), "test");
    }

    private static Supplier<char[]> phrase(String text) {
        return text::toCharArray;
    }

    private RollcallException refused(Path file, String phrase) {
        Path target = folder.resolve("restored");
        var refusal = assertThrows(RollcallException.class,
                () -> AppContext.restore(file, phrase(phrase), Passphrase.NONE, target, VaultChoice.KEYFILE, CLOCK));
        assertFalse(Files.exists(target));
        try (var inside = Files.list(folder)) {
            assertEquals(0, inside.filter(each -> each.getFileName().toString().startsWith(".")).count());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return refusal;
    }

    @Test
    void aGoodOneIsTakenAndWhatKeepsItsKeyMayBeAnother() throws IOException {
        for (String phrase : List.of(PHRASE, "")) {
            Path file = backup("good" + phrase.length(), phrase);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            Path target = folder.resolve("restored" + phrase.length());
            var vault = VaultChoice.of(KeptBy.PASSPHRASE, () -> "another passphrase".toCharArray());
            try (var context = AppContext.restore(file, phrase(phrase), Passphrase.NONE, target, vault, CLOCK)) {
                Actor maren = maren(context);
                assertTrue(context.audit().verify(maren).intact());
                assertEquals("passphrase", context.vault().state(maren).kept());
                assertFalse(context.vault().isSettling(), "everything came under the new key");
            }
        }
    }

    @Test
    void sealedOnesSayNothing() throws IOException {
        Path file = backup("sealed", PHRASE);
        assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("maren"));
        RollcallException wrong = refused(file, "not the passphrase");
        assertEquals(ErrorKind.INPUT, wrong.kind());
        assertEquals("backup.passphrase-wrong", wrong.code());
    }

    @Test
    void whatIsThereIsNeverWrittenOver() throws IOException {
        Path file = backup("one", "");
        assertThrows(RollcallException.class, () -> backup("one", ""));
        assertThrows(RollcallException.class, () -> backup("no/such/folder/one", ""));
        assertEquals("folder.initialised", assertThrows(RollcallException.class,
                () -> AppContext.restore(file, phrase(""), Passphrase.NONE, home, VaultChoice.KEYFILE, CLOCK)).code());
    }

    /// `-Drollcall.flips=200` turns more of them.
    @Test
    void everyFlippedByteIsSaidAndLeavesNothing() throws IOException {
        int flips = Integer.getInteger("rollcall.flips", 30);
        byte[] whole = Files.readAllBytes(backup("unsealed", ""));
        var random = new Random(11);
        Path changed = folder.resolve("changed");
        for (int i = 0; i < flips; i++) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(changed, bytes);
            assertEquals(ErrorKind.INPUT, refused(changed, PHRASE).kind(), "at " + at);
        }
        for (int cut : new int[]{ 0, 1, 20, 40, whole.length / 2, whole.length - 1 }) {
            Files.write(changed, Arrays.copyOf(whole, cut));
            assertEquals(ErrorKind.INPUT, refused(changed, PHRASE).kind(), "cut at " + cut);
        }
        Files.write(changed, Arrays.copyOf(whole, whole.length + 1));
        assertEquals(ErrorKind.INPUT, refused(changed, PHRASE).kind());
        byte[] sealed = Files.readAllBytes(backup("sealed", PHRASE));
        for (int at : new int[]{ 3, 25, 45, sealed.length / 2, sealed.length - 3 }) {
            byte[] bytes = sealed.clone();
            bytes[at] ^= 1;
            Files.write(changed, bytes);
            assertEquals(ErrorKind.INPUT, refused(changed, PHRASE).kind(), "at " + at);
        }
        Files.write(changed,
                new byte[]{ 0, 17, 'R', 'o', 'l', 'l', 'c', 'a', 'l', 'l', ' ', 'b', 'a', 'c', 'k', 'u', 'p',
                        ' ', '9', 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 });
        assertEquals("storage.newer-version", refused(changed, PHRASE).code());
    }
}
