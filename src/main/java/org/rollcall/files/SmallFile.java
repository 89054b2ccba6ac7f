package org.rollcall.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Reads files with a password, a secret or a certificate, up to a megabyte whatever the file's size: an endless device or the
/// wrong file must not fill the memory.
public final class SmallFile {
    private static final int LARGEST = 1_000_000;

    private SmallFile() {}

    /// @param what "password", "secret": the expected content
    /// @throws RollcallException INPUT: missing, unreadable, too large
    public static byte[] bytes(Path file, Words what) {
        return bytes(file, what, LARGEST);
    }

    /// The same with a limit in bytes.
    private static byte[] bytes(Path file, Words what, int largest) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(largest + 1);
            if (bytes.length > largest) {
                throw RollcallException.input("file.too-large", Words.of("files.file.too-large", what, file),
                        Words.of("files.file.too-large.remedy"));
            }
            return unmarked(bytes);
        } catch (NoSuchFileException e) {
            throw RollcallException.input("file.missing", Words.of("files.file.missing", what, file),
                    Words.of("files.file.missing.remedy"));
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.INPUT, "file.unreadable",
                    Words.of("files.file.unreadable", what, file), Words.of("files.file.unreadable.remedy"),
                    Map.of("error", e.getClass().getSimpleName()), e);
        }
    }

    /// The same as text, UTF-8.
    ///
    /// @throws RollcallException INPUT: as [#bytes], or it is not text
    public static String text(Path file, Words what) {
        return text(file, what, LARGEST);
    }

    /// The same with a limit in bytes.
    public static String text(Path file, Words what, int largest) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file, what, largest))).toString();
        } catch (CharacterCodingException e) {
            throw RollcallException.input("file.not-text", Words.of("files.file.not-text", what, file),
                    Words.of("files.file.not-text.remedy", what));
        }
    }

    /// A path as entered.
    ///
    /// @throws RollcallException INPUT: not a valid path
    public static Path path(String name, Words what) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw RollcallException.input("file.invalid", Words.of("files.file.invalid", what, name),
                    Words.of("files.file.invalid.remedy"));
        }
    }

    /// Without a byte-order mark, and UTF-16 (which a PowerShell redirection writes) converted to UTF-8. No binary form of a
    /// certificate starts with one.
    private static byte[] unmarked(byte[] bytes) {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return Arrays.copyOfRange(bytes, 3, bytes.length);
        }
        boolean wide = bytes.length >= 2 && (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE
                || bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF);
        return wide ? new String(bytes, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8) : bytes;
    }
}
