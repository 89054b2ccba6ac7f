package org.rollcall.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Seals secrets with AES-256-GCM under a random key that lies in an owner-only file beside the data. Every sealed piece
/// is bound to what it belongs to: copied to another place, it does not open.
public final class Vault {
    /// The key's file in a data folder.
    public static final String KEY_FILE = "vault.key";
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private Vault(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// To be asked before [#open] where secrets have been sealed already: a new key would open none of them.
    ///
    /// @throws RollcallException STORAGE: the key file is missing
    public static void requireKey(Path folder) {
        Path file = folder.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            throw new RollcallException(ErrorKind.STORAGE, "vault.missing",
                    "the key file " + file + " is missing, and there are secrets that only it opens",
                    "put the file back, or restore the newest backup into a new data folder");
        }
    }

    /// The vault of a data folder; its key is made at the first opening.
    ///
    /// @throws RollcallException STORAGE: the key file cannot be read, written, or is not one
    public static Vault open(Path folder) {
        Path file = folder.resolve(KEY_FILE);
        try {
            if (!Files.exists(file)) {
                makeKey(file);
            }
            byte[] key = Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (key.length != KEY_BYTES) {
                throw damaged();
            }
            var vault = new Vault(key);
            Arrays.fill(key, (byte) 0);
            return vault;
        } catch (IllegalArgumentException e) {
            throw damaged();
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "vault.unreadable",
                    "the key file " + file + " cannot be read or written",
                    "give yourself the right to read and write it", Map.of(), e);
        }
    }

    /// @param boundTo what it belongs to; needed again to open it
    public byte[] seal(byte[] plain, String boundTo) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, boundTo);
            var sealed = ByteBuffer.allocate(1 + NONCE_BYTES + cipher.getOutputSize(plain.length));
            sealed.put(VERSION).put(nonce).put(cipher.doFinal(plain));
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    /// @throws RollcallException STORAGE: sealed under another key, bound to something else, or changed since
    public byte[] open(byte[] sealed, String boundTo) {
        if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw doesNotOpen();
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, boundTo)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw doesNotOpen();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String boundTo) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static void makeKey(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        // Written aside and moved, so that a killed process never leaves half a key.
        Path aside = file.resolveSibling(KEY_FILE + ".new");
        Files.deleteIfExists(aside);
        OwnerOnlyFile.create(aside);
        Files.writeString(aside, Base64.getEncoder().encodeToString(key) + "\n", StandardCharsets.US_ASCII,
                StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Arrays.fill(key, (byte) 0);
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside, file);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(aside);
        }
    }

    private static RollcallException damaged() {
        return new RollcallException(ErrorKind.STORAGE, "vault.damaged", "the key file " + KEY_FILE + " is damaged",
                "restore it from a backup, or remove it and enter the credentials of every tenant again");
    }

    private static RollcallException doesNotOpen() {
        return new RollcallException(ErrorKind.STORAGE, "vault.does-not-open",
                "a stored secret does not open with the key of this data folder",
                "enter the credential again, or restore " + KEY_FILE + " from the backup it belongs to");
    }
}
