package org.rollcall.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A stream of chunks, each sealed with AES-256-GCM and bound to its position and to whether it is the last, so that changed,
/// moved, missing or truncated chunks are detected. The key is derived from a passphrase by Argon2id, or kept elsewhere;
/// without either it is derived from the header, which keeps nothing secret but detects damage in the same way.
public final class SealedStream {
    private static final int PIECE = 64 * 1024;
    private static final int TAG = 16;
    private static final int MOST_HEAD = 200;
    /// Marks the name of a key in the header, where otherwise the cost of a passphrase is.
    private static final String KEPT = "key:";

    private SealedStream() {}

    /// @param first      the header in clear text: format and version
    /// @param passphrase null: without one
    /// @param out        closed with the stream
    public static OutputStream write(String first, char @Nullable [] passphrase, OutputStream out)
            throws IOException {
        return write(first, passphrase, PassphraseKey.STANDARD, out);
    }

    static OutputStream write(String first, char @Nullable [] passphrase, PassphraseKey cost, OutputStream out)
            throws IOException {
        byte[] salt = Sealing.random(PassphraseKey.SALT_BYTES);
        return write(first, passphrase == null ? "" : cost.text(), salt,
                passphrase == null ? new byte[Vault.KEY_BYTES] : cost.key(passphrase, salt), out);
    }

    /// @param key one of [BackupKeys]; not wiped
    /// @param out closed with the stream
    public static OutputStream write(String first, byte[] key, OutputStream out) throws IOException {
        return write(first, KEPT + BackupKeys.name(key), Sealing.random(PassphraseKey.SALT_BYTES), key.clone(), out);
    }

    /// @param kept wiped
    private static OutputStream write(String first, String how, byte[] salt, byte[] kept, OutputStream out)
            throws IOException {
        byte[] head = head(first, how, salt);
        out.write(head);
        return new Out(pieces(kept, head), new DataOutputStream(out));
    }

    private static byte[] head(String first, String how, byte[] salt) throws IOException {
        var head = new ByteArrayOutputStream();
        var data = new DataOutputStream(head);
        data.writeUTF(first);
        data.writeUTF(how);
        data.write(salt);
        return head.toByteArray();
    }

    /// The header of a stream, and how to open the rest.
    public static final class Opening {
        private final String first;
        private final String cost;
        private final byte[] salt;
        private final byte[] head;
        private final InputStream in;

        private Opening(String first, String cost, byte[] salt, byte[] head, InputStream in) {
            this.first = first;
            this.cost = cost;
            this.salt = salt;
            this.head = head;
            this.in = in;
        }

        /// The format in the header.
        public String first() {
            return first;
        }

        public boolean needsPassphrase() {
            return !cost.isEmpty() && !cost.startsWith(KEPT);
        }

        /// The name of the key that opens it, if it is one of [BackupKeys].
        public Optional<String> keyName() {
            return cost.startsWith(KEPT) ? Optional.of(cost.substring(KEPT.length())) : Optional.empty();
        }

        /// Reading throws an [IOException] if anything was changed.
        ///
        /// @param passphrase needed if [#needsPassphrase]
        /// @throws RollcallException INPUT: a wrong passphrase, or the header was changed
        public InputStream open(char @Nullable [] passphrase) throws IOException {
            PassphraseKey how;
            try {
                how = needsPassphrase() ? PassphraseKey.of(cost) : PassphraseKey.STANDARD;
            } catch (IllegalArgumentException e) {
                throw new IOException("the beginning is damaged", e);
            }
            byte[] kept = needsPassphrase()
                    ? how.key(Objects.requireNonNull(passphrase), salt)
                    : new byte[Vault.KEY_BYTES];
            var stream = new In(pieces(kept, head), new DataInputStream(in));
            try {
                stream.fill();
            } catch (IOException e) {
                if (needsPassphrase()) {
                    throw RollcallException.input("backup.passphrase-wrong",
                            Words.of("vault.backup.passphrase-wrong"),
                            Words.of("vault.backup.passphrase-wrong.remedy"));
                }
                throw e;
            }
            return stream;
        }

        /// The same with the key that [#keyName] refers to.
        ///
        /// @param key not wiped
        public InputStream open(byte[] key) throws IOException {
            var stream = new In(pieces(key.clone(), head), new DataInputStream(in));
            stream.fill();
            return stream;
        }
    }

    /// @throws IOException no such header
    public static Opening read(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        String first = text(data);
        String cost = text(data);
        byte[] salt = data.readNBytes(PassphraseKey.SALT_BYTES);
        if (salt.length < PassphraseKey.SALT_BYTES) {
            throw new EOFException();
        }
        return new Opening(first, cost, salt, head(first, cost, salt), in);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        byte[] bytes = in.readNBytes(Math.min(length, MOST_HEAD));
        if (bytes.length < length) {
            throw new IOException("it does not begin like one");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /// @param kept wiped
    private static Pieces pieces(byte[] kept, byte[] head) {
        byte[] key = Sealing.mac(kept, head);
        Arrays.fill(kept, (byte) 0);
        var pieces = new Pieces(key, head);
        Arrays.fill(key, (byte) 0);
        return pieces;
    }

    /// The chunks in order.
    private static final class Pieces {
        private final SecretKeySpec key;
        private final byte[] head;
        private long number;

        Pieces(byte[] key, byte[] head) {
            this.key = new SecretKeySpec(key, "AES");
            this.head = head;
        }

        /// The key is unique to this stream, so a counter is a sufficient nonce.
        byte[] next(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
            byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
            number++;
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(new byte[]{ (byte) (last ? 1 : 0) });
            return cipher.doFinal(bytes, 0, length);
        }
    }

    private static final class Out extends OutputStream {
        private final Pieces pieces;
        private final DataOutputStream out;
        private final byte[] buffer = new byte[PIECE];
        private int filled;
        private boolean closed;

        Out(Pieces pieces, DataOutputStream out) {
            this.pieces = pieces;
            this.out = out;
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[]{ (byte) each }, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == PIECE) {
                    piece(false);
                }
                int part = Math.min(length - done, PIECE - filled);
                System.arraycopy(bytes, from + done, buffer, filled, part);
                filled += part;
                done += part;
            }
        }

        private void piece(boolean last) throws IOException {
            try {
                byte[] sealed = pieces.next(Cipher.ENCRYPT_MODE, buffer, filled, last);
                out.writeInt(last ? -sealed.length : sealed.length);
                out.write(sealed);
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM is part of every Java", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try (out) {
                    piece(true);
                }
            }
        }
    }

    private static final class In extends InputStream {
        private final Pieces pieces;
        private final DataInputStream in;
        private byte[] buffer = new byte[0];
        private int position;
        private boolean last;

        In(Pieces pieces, DataInputStream in) {
            this.pieces = pieces;
            this.in = in;
        }

        /// The next chunk; does nothing after the last.
        private void fill() throws IOException {
            if (last) {
                return;
            }
            int length = in.readInt();
            last = length < 0;
            int size = Math.abs(length);
            if (size < TAG || size > PIECE + TAG) {
                throw new IOException("a piece is damaged");
            }
            byte[] sealed = in.readNBytes(size);
            if (sealed.length < size) {
                throw new EOFException("it is cut off");
            }
            try {
                buffer = pieces.next(Cipher.DECRYPT_MODE, sealed, size, last);
                position = 0;
            } catch (GeneralSecurityException e) {
                throw new IOException("a piece does not open", e);
            }
            if (last && in.read() >= 0) {
                throw new IOException("something follows the end");
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            while (position == buffer.length) {
                if (last) {
                    return -1;
                }
                fill();
            }
            int part = Math.min(length, buffer.length - position);
            System.arraycopy(buffer, position, into, from, part);
            position += part;
            return part;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
