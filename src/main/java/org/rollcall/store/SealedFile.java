package org.rollcall.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.h2.store.fs.FileBaseDefault;

/// A file as H2 sees it, each block of which is sealed with AES-256-GCM on the disk: what is written there says nothing, and
/// what was changed there does not open.
///
/// On the disk stand a head (what it is, a salt, which key, whether it was closed in order and how long it was then, and a
/// proof of all that), then blocks: a nonce, 4,096 bytes, a tag, bound to the block's number. Nonces count up from a random
/// one for each opening. H2 itself goes back to an earlier state where the newest cannot be read, which is right after a
/// crash; in a file that was closed in order nothing may be unreadable, so there the first such block ends it.
final class SealedFile extends FileBaseDefault {
    /// What the file begins with.
    private static final byte[] MAGIC = "Rollcall sealed 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 4096;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int SEALED_BLOCK = NONCE + BLOCK + TAG;
    private static final int HEAD = 4096;
    private static final int SALT_AT = MAGIC.length;
    private static final int SALT = 16;
    private static final int KEY_AT = SALT_AT + SALT;
    private static final int KEY = 8;
    private static final int STATE_AT = KEY_AT + KEY;
    private static final int LENGTH_AT = STATE_AT + 1;
    private static final int PROOF_AT = LENGTH_AT + Long.BYTES;
    private static final int PROOF = 16;
    private static final int HEAD_USED = PROOF_AT + PROOF;
    private static final byte OPEN = 0;
    private static final byte CLOSED = 1;
    /// It was closed in order, and something in it did not open afterwards.
    private static final byte DAMAGED = 2;
    private static final int COPY_BLOCKS = 64;

    private final FileChannel base;
    private final byte[] head;
    private final SecretKeySpec key;
    private final byte[] proofKey;
    private final boolean writable;
    /// Whether it was closed in order: then every block has to open.
    private final boolean whole;
    private final Queue<Cipher> ciphers = new ConcurrentLinkedQueue<>();
    private final byte[] nonceBegin = random(NONCE);
    private final AtomicLong nonces = new AtomicLong();
    private volatile long length;
    private volatile boolean dirty;
    private volatile boolean damaged;

    /// What a file is, by how it begins.
    enum Kind {
        EMPTY,
        PLAIN,
        SEALED
    }

    private SealedFile(FileChannel base, byte[] head, byte[] fileKey, boolean writable, boolean whole, long length) {
        this.base = base;
        this.head = head;
        this.key = new SecretKeySpec(derived(fileKey, "blocks"), "AES");
        this.proofKey = derived(fileKey, "head");
        this.writable = writable;
        this.whole = whole;
        this.length = length;
    }

    /// @throws IOException neither ours nor H2's
    static Kind kind(FileChannel base) throws IOException {
        if (base.size() == 0) {
            return Kind.EMPTY;
        }
        byte[] begin = new byte[MAGIC.length];
        readFully(base, 0, ByteBuffer.wrap(begin));
        if (Arrays.equals(begin, MAGIC)) {
            return Kind.SEALED;
        }
        if (new String(begin, StandardCharsets.US_ASCII).startsWith("H:2,")) {
            return Kind.PLAIN;
        }
        throw new IOException("the file is corrupt: it begins with neither of what it may");
    }

    /// @param keys the one to seal a new file with, then others under which this one may be sealed
    /// @throws WrongKeyException none of them is its key
    static SealedFile open(FileChannel base, List<byte[]> keys, boolean writable) throws IOException {
        if (base.size() == 0) {
            byte[] head = new byte[HEAD];
            System.arraycopy(MAGIC, 0, head, 0, MAGIC.length);
            System.arraycopy(random(SALT), 0, head, SALT_AT, SALT);
            System.arraycopy(nameOf(keys.getFirst()), 0, head, KEY_AT, KEY);
            var fresh = new SealedFile(base, head, fileKey(keys.getFirst(), head), writable, false, 0);
            fresh.writeHead(OPEN);
            fresh.dirty = true;
            return fresh;
        }
        byte[] head = new byte[HEAD];
        readFully(base, 0, ByteBuffer.wrap(head));
        byte[] used = keys.get(keyOf(head, keys));
        var file = new SealedFile(base, head, fileKey(used, head), writable, head[STATE_AT] == CLOSED,
                (base.size() - HEAD) / SEALED_BLOCK * BLOCK);
        file.requireRightHead();
        return file;
    }

    /// Which of the keys a file is sealed with.
    static int keyOf(FileChannel base, List<byte[]> keys) throws IOException {
        byte[] head = new byte[HEAD];
        readFully(base, 0, ByteBuffer.wrap(head));
        return keyOf(head, keys);
    }

    private static int keyOf(byte[] head, List<byte[]> keys) throws WrongKeyException {
        byte[] name = Arrays.copyOfRange(head, KEY_AT, KEY_AT + KEY);
        for (int i = 0; i < keys.size(); i++) {
            if (Arrays.equals(name, nameOf(keys.get(i)))) {
                return i;
            }
        }
        throw new WrongKeyException();
    }

    /// Writes what one file holds into an empty one, sealed with a key of its own, and brings it to the disk.
    static void copy(FileChannel from, FileChannel to, byte[] key) throws IOException {
        try (var sealed = open(to, List.of(key), true)) {
            var buffer = ByteBuffer.allocate(COPY_BLOCKS * BLOCK);
            long position = 0;
            while (true) {
                buffer.clear();
                while (buffer.hasRemaining() && from.read(buffer, position + buffer.position()) > 0) {
                    // Until it is full or there is no more.
                }
                if (buffer.position() == 0) {
                    break;
                }
                buffer.flip();
                position += sealed.write(buffer, position);
            }
            sealed.force(true);
        }
    }

    /// Reads all of a file that was closed in order.
    ///
    /// @throws IOException not every block of it opens
    static void requireWhole(Path path, List<byte[]> keys) throws IOException {
        try (var file = open(FileChannel.open(path, StandardOpenOption.READ), keys, false)) {
            var buffer = ByteBuffer.allocate(COPY_BLOCKS * BLOCK);
            for (long at = 0; file.whole && at < file.length; at += buffer.capacity()) {
                buffer.clear();
                file.read(buffer, at);
            }
        }
    }

    private void requireRightHead() throws IOException {
        if (!MessageDigest.isEqual(proof(), Arrays.copyOfRange(head, PROOF_AT, HEAD_USED))) {
            throw damage("its head was changed");
        }
        if (head[STATE_AT] == DAMAGED) {
            throw damage("a block of it did not open");
        }
        if (whole && ByteBuffer.wrap(head).getLong(LENGTH_AT) != length) {
            throw damage("its length was changed");
        }
    }

    private byte[] proof() {
        return Arrays.copyOf(mac(proofKey, Arrays.copyOf(head, PROOF_AT)), PROOF);
    }

    private void writeHead(byte state) throws IOException {
        head[STATE_AT] = state;
        ByteBuffer.wrap(head).putLong(LENGTH_AT, length);
        System.arraycopy(proof(), 0, head, PROOF_AT, PROOF);
        writeFully(base, 0, ByteBuffer.wrap(head));
    }

    private synchronized void beginToWrite() throws IOException {
        if (damaged) {
            throw damage("a block of it does not open");
        }
        if (!dirty) {
            writeHead(OPEN);
            dirty = true;
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position >= length) {
            return into.hasRemaining() ? -1 : 0;
        }
        int count = (int) Math.min(into.remaining(), length - position);
        long first = position / BLOCK;
        int blocks = (int) ((position + count + BLOCK - 1) / BLOCK - first);
        var sealed = ByteBuffer.allocate(blocks * SEALED_BLOCK);
        readFully(base, HEAD + first * SEALED_BLOCK, sealed);
        byte[] plain = new byte[blocks * BLOCK];
        for (int i = 0; i < blocks; i++) {
            open(first + i, sealed.array(), i * SEALED_BLOCK, plain, i * BLOCK);
        }
        into.put(plain, (int) (position - first * BLOCK), count);
        return count;
    }

    private void open(long block, byte[] sealed, int from, byte[] plain, int to) throws IOException {
        if (damaged) {
            throw damage("a block of it does not open");
        }
        Cipher cipher = cipher();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, sealed, from, NONCE));
            cipher.updateAAD(number(block));
            cipher.doFinal(sealed, from + NONCE, BLOCK + TAG, plain, to);
        } catch (GeneralSecurityException e) {
            noteDamage();
            throw damage("block " + block + " of it does not open");
        } finally {
            ciphers.add(cipher);
        }
    }

    /// H2 writes into a file that it has just opened. Whoever opened it after that would take it for one that a crash left, and go
    /// back to an earlier state without a word.
    private synchronized void noteDamage() throws IOException {
        if (whole && !damaged) {
            damaged = true;
            if (dirty) {
                writeHead(DAMAGED);
            }
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        beginToWrite();
        int count = from.remaining();
        long first = position / BLOCK;
        int before = (int) (position - first * BLOCK);
        int blocks = (before + count + BLOCK - 1) / BLOCK;
        byte[] plain = new byte[blocks * BLOCK];
        if (before > 0 || count % BLOCK != 0) {
            // H2 writes whole blocks; whoever does not gets what stands around it kept.
            var around = ByteBuffer.wrap(plain);
            while (around.hasRemaining() && read(around, first * BLOCK + around.position()) > 0) {
                // Until it is full or the file ends.
            }
        }
        from.get(plain, before, count);
        byte[] sealed = new byte[blocks * SEALED_BLOCK];
        for (int i = 0; i < blocks; i++) {
            seal(first + i, plain, i * BLOCK, sealed, i * SEALED_BLOCK);
        }
        writeFully(base, HEAD + first * SEALED_BLOCK, ByteBuffer.wrap(sealed));
        synchronized (this) {
            length = Math.max(length, (first + blocks) * BLOCK);
        }
        return count;
    }

    private void seal(long block, byte[] plain, int from, byte[] sealed, int to) {
        Cipher cipher = cipher();
        try {
            System.arraycopy(nonce(), 0, sealed, to, NONCE);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, sealed, to, NONCE));
            cipher.updateAAD(number(block));
            cipher.doFinal(plain, from, BLOCK, sealed, to + NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        } finally {
            ciphers.add(cipher);
        }
    }

    /// Never the same twice under one key: a random beginning for each opening, and a count.
    private byte[] nonce() {
        byte[] nonce = nonceBegin.clone();
        var buffer = ByteBuffer.wrap(nonce);
        buffer.putLong(NONCE - Long.BYTES, buffer.getLong(NONCE - Long.BYTES) + nonces.getAndIncrement());
        return nonce;
    }

    private Cipher cipher() {
        Cipher kept = ciphers.poll();
        try {
            return kept == null ? Cipher.getInstance("AES/GCM/NoPadding") : kept;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every Java", e);
        }
    }

    private static byte[] number(long block) {
        return ByteBuffer.allocate(Long.BYTES).putLong(block).array();
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    protected void implTruncate(long newLength) throws IOException {
        if (newLength < length) {
            beginToWrite();
            long blocks = (newLength + BLOCK - 1) / BLOCK;
            base.truncate(HEAD + blocks * SEALED_BLOCK);
            synchronized (this) {
                length = blocks * BLOCK;
            }
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try {
            if (writable && dirty && !damaged) {
                base.force(true);
                writeHead(CLOSED);
            }
        } finally {
            base.close();
        }
    }

    private static IOException damage(String how) {
        return new IOException("the file is corrupt: " + how);
    }

    private static byte[] fileKey(byte[] key, byte[] head) {
        return mac(key, Arrays.copyOfRange(head, SALT_AT, SALT_AT + SALT));
    }

    /// Tells keys apart without saying anything about them.
    private static byte[] nameOf(byte[] key) {
        return Arrays.copyOf(derived(key, "name"), KEY);
    }

    private static byte[] derived(byte[] key, String purpose) {
        return mac(key, purpose.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] mac(byte[] key, byte[] content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static void readFully(FileChannel file, long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = file.read(into, at);
            if (read < 0) {
                throw new EOFException("the file is corrupt: it ends early");
            }
            at += read;
        }
    }

    private static void writeFully(FileChannel file, long position, ByteBuffer from) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += file.write(from, at);
        }
    }

    /// The file is sealed under another key.
    static final class WrongKeyException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongKeyException() {
            super("the file is sealed under another key");
        }
    }
}
