package org.rollcall.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class VaultTest {
    private static final byte[] SECRET = "Sēcret~1.x\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensAfterARestart() {
        byte[] sealed = Vault.open(folder).seal(SECRET, "credential/1/APPLICATION");
        assertArrayEquals(SECRET, Vault.open(folder).open(sealed, "credential/1/APPLICATION"));
        assertArrayEquals(new byte[0],
                Vault.open(folder).open(Vault.open(folder).seal(new byte[0], "x"), "x"));
    }

    @Test
    void theSameSecretIsSealedDifferentlyEachTimeAndNeverShows() {
        Vault vault = Vault.open(folder);
        byte[] one = vault.seal(SECRET, "x");
        byte[] other = vault.seal(SECRET, "x");
        assertFalse(Arrays.equals(one, other));
        assertFalse(new String(one, StandardCharsets.ISO_8859_1).contains("cret~1"));
    }

    @Test
    void aPieceCopiedToAnotherPlaceDoesNotOpen() {
        Vault vault = Vault.open(folder);
        byte[] sealed = vault.seal(SECRET, "credential/1/APPLICATION");
        var refusal = assertThrows(RollcallException.class, () -> vault.open(sealed, "credential/2/APPLICATION"));
        assertEquals(ErrorKind.STORAGE, refusal.kind());
    }

    @Test
    void everyChangedByteIsNoticed() {
        Vault vault = Vault.open(folder);
        byte[] sealed = vault.seal(SECRET, "x");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(RollcallException.class, () -> vault.open(changed, "x"));
        }
        assertThrows(RollcallException.class, () -> vault.open(new byte[5], "x"));
    }

    @Test
    void theKeyFileIsItsOwnersAlone() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        Vault.open(folder);
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(Vault.KEY_FILE))));
    }

    @Test
    void aDamagedKeyFileIsSaidAndLeftAlone() throws IOException {
        Path file = folder.resolve(Vault.KEY_FILE);
        for (String damaged : new String[]{ "", "!!", "c2hvcnQ=" }) {
            Files.deleteIfExists(file);
            OwnerOnlyFile.create(file);
            Files.writeString(file, damaged);
            var refusal = assertThrows(RollcallException.class, () -> Vault.open(folder));
            assertEquals("vault.damaged", refusal.code());
            assertEquals(damaged, Files.readString(file));
        }
    }
}
