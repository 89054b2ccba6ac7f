package org.rollcall.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [PeopleImage] in a file beside the database. It is good only for the very state of the database whose stamp it
/// bears; anything wrong with it makes it as if it were not there.
final class PeopleImageFile {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleImageFile.class);
    private static final String FORMAT = "rollcall people 2";
    private static final int BUFFER = 1 << 16;

    private PeopleImageFile() {}

    /// @param keys to seal it with, as of [SealedFile#open]; none: it is in clear, as the database is
    static void write(Path file, String stamp, PeopleImage image, List<byte[]> keys) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            var sum = new CRC32C();
            Files.deleteIfExists(part);
            OwnerOnly.createFile(part);
            try (var out = new DataOutputStream(new BufferedOutputStream(
                    new CheckedOutputStream(out(part, keys), sum), BUFFER))) {
                out.writeUTF(FORMAT);
                out.writeUTF(stamp);
                longs(out, image.ids());
                ints(out, image.byName());
                ints(out, image.kinds());
                longs(out, image.roles());
                longs(out, image.tenants());
                texts(out, image.texts());
                out.writeInt(image.newer().size());
                for (var each : image.newer().entrySet()) {
                    out.writeInt(each.getKey());
                    string(out, each.getValue());
                }
                out.flush();
                out.writeLong(sum.getValue());
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.info("People's index is not kept: {}", e.toString());
        }
    }

    private static OutputStream out(Path file, List<byte[]> keys) throws IOException {
        return keys.isEmpty()
                ? Files.newOutputStream(file)
                : Channels.newOutputStream(
                        SealedFile.open(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                                keys, true));
    }

    private static InputStream in(Path file, List<byte[]> keys) throws IOException {
        return keys.isEmpty()
                ? Files.newInputStream(file)
                : Channels.newInputStream(
                        SealedFile.open(FileChannel.open(file, StandardOpenOption.READ), keys, false));
    }

    /// @return null: there is none, or not for this stamp, or it is damaged
    static @Nullable PeopleImage read(Path file, String stamp, List<byte[]> keys) {
        var sum = new CRC32C();
        try (var in = new DataInputStream(new CheckedInputStream(
                new BufferedInputStream(in(file, keys), BUFFER), sum))) {
            if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(stamp)) {
                return null;
            }
            long[] ids = longs(in);
            int[] byName = ints(in);
            int[] kinds = ints(in);
            long[] roles = longs(in);
            long[] tenants = longs(in);
            List<SearchText> texts = texts(in);
            var newer = new HashMap<Integer, String>();
            for (int i = in.readInt(); i > 0; i--) {
                newer.put(in.readInt(), string(in));
            }
            long expected = sum.getValue();
            if (in.readLong() != expected) {
                return null;
            }
            var builder = new SearchText.Builder();
            newer.forEach(builder::add);
            return new PeopleImage(ids, byName, texts, Map.copyOf(newer), builder.build(), kinds, roles, tenants);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.info("People's index is not to be used: {}", e.toString());
            return null;
        }
    }

    private static void texts(DataOutputStream out, List<SearchText> texts) throws IOException {
        out.writeInt(texts.size());
        for (SearchText text : texts) {
            string(out, text.text());
            ints(out, text.starts());
            ints(out, text.numbers());
        }
    }

    private static List<SearchText> texts(DataInputStream in) throws IOException {
        int size = in.readInt();
        var texts = new ArrayList<SearchText>();
        for (int i = 0; i < size; i++) {
            texts.add(new SearchText(string(in), ints(in), ints(in)));
        }
        return List.copyOf(texts);
    }

    /// One byte a letter where that is enough.
    private static void string(DataOutputStream out, String text) throws IOException {
        boolean narrow = text.chars().allMatch(letter -> letter < 0x100);
        byte[] bytes = text.getBytes(narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
        out.writeBoolean(narrow);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String string(DataInputStream in) throws IOException {
        boolean narrow = in.readBoolean();
        return new String(bytes(in, in.readInt()), narrow ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16BE);
    }

    private static void longs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        out.write(bytes.array());
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        ByteBuffer.wrap(bytes(in, values.length * Long.BYTES)).asLongBuffer().get(values);
        return values;
    }

    private static void ints(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        var bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        out.write(bytes.array());
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] values = new int[in.readInt()];
        ByteBuffer.wrap(bytes(in, values.length * Integer.BYTES)).asIntBuffer().get(values);
        return values;
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the file ends early");
        }
        return bytes;
    }
}
