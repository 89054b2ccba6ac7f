package org.rollcall.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuditStore;
import org.rollcall.store.OwnerOnly;
import org.rollcall.text.Words;

/// A file to which the end of the audit chain is appended now and then: number, hash and time, a line each. It lies outside of the
/// data folder, at best where who can write the folder cannot: then a chain that was computed anew does not agree with it,
/// whatever keys were used. The only anchor that can be read back.
final class FileAnchor implements AuditAnchor {
    private static final String FIRST = "# Ends of an audit chain of Rollcall: number, hash, time.";
    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,17}) ([0-9a-f]{64}) (\\S{1,40})");
    private static final int LONGEST_LINE = 200;
    private static final int MOST_LINES = 2_000_000;

    private final Path file;

    private FileAnchor(Path file) {
        this.file = file;
    }

    /// @throws RollcallException INPUT: it is no path of a file
    static FileAnchor at(String file) {
        try {
            return new FileAnchor(Path.of(file).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw RollcallException.input("audit.anchor-path", Words.of("audit.anchor-path"),
                    Words.of("audit.anchor-path.remedy"));
        }
    }

    @Override
    public String place() {
        return file.toString();
    }

    /// It is not there yet, or one of these files, and outside of the data folder.
    @Override
    public void requireUsable(Path dataFolder) {
        if (file.startsWith(dataFolder.toAbsolutePath().normalize())) {
            throw RollcallException.input("audit.anchor-inside", Words.of("audit.anchor-inside"),
                    Words.of("audit.anchor-inside.remedy"));
        }
        if (Files.exists(file) && !(Files.isRegularFile(file) && begins())) {
            throw RollcallException.input("audit.anchor-foreign", Words.of("audit.anchor-foreign", file),
                    Words.of("audit.anchor-foreign.remedy"));
        }
    }

    private boolean begins() {
        try (var in = Files.newInputStream(file)) {
            byte[] first = FIRST.getBytes(StandardCharsets.US_ASCII);
            byte[] begin = in.readNBytes(first.length);
            return begin.length == 0 || java.util.Arrays.equals(begin, first);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void write(AuditStore.Head end, Instant at) {
        try {
            OwnerOnly.createFile(file);
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                String line = (channel.size() == 0 ? FIRST + "\n" : "") + end.seq() + " " + end.hash() + " " + at
                        + "\n";
                var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "audit.anchor-unwritable",
                    Words.of("audit.anchor-unwritable", file),
                    Words.of("audit.anchor-unwritable.remedy"), Map.of(), e);
        }
    }

    /// Every hash that is noted, by the number of its event; of two for one event the first counts, which was noted earlier.
    ///
    /// @throws RollcallException INPUT: it is not there, cannot be read, or something in it is no such line
    TreeMap<Long, String> read() {
        var all = new TreeMap<Long, String>();
        try (var in = Files.newInputStream(file);
                var reader = new BufferedReader(
                        new java.io.InputStreamReader(in, StandardCharsets.ISO_8859_1), 8 * LONGEST_LINE)) {
            for (int number = 1; number <= MOST_LINES; number++) {
                String line = line(reader);
                if (line == null) {
                    return all;
                }
                Matcher form = LINE.matcher(line);
                if (form.matches()) {
                    all.putIfAbsent(Long.valueOf(form.group(1)), form.group(2));
                } else if (number > 1 || !line.equals(FIRST)) {
                    throw RollcallException.input("audit.anchor-damaged",
                            Words.of("audit.anchor-damaged", number, file),
                            Words.of("audit.anchor-damaged.remedy"));
                }
            }
            throw RollcallException.input("audit.anchor-damaged", Words.of("audit.anchor-damaged.auditAnchor", file),
                    Words.of("audit.anchor-damaged.auditAnchor.remedy"));
        } catch (IOException e) {
            throw RollcallException.input("audit.anchor-unreadable", Words.of("audit.anchor-unreadable", file),
                    Words.of("audit.anchor-unreadable.remedy"));
        }
    }

    /// A line of any length would take memory of any size.
    private static @org.jspecify.annotations.Nullable String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        int each = reader.read();
        if (each < 0) {
            return null;
        }
        while (each >= 0 && each != '\n' && line.length() <= LONGEST_LINE) {
            line.append((char) each);
            each = reader.read();
        }
        return line.toString();
    }
}
