package org.rollcall.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// Encodes text for files. Names may contain unpaired surrogates, which cannot be encoded; they are written as U+FFFD, since
/// one invalid name must not prevent a file.
public final class Utf8 {
    private static final byte[] REPLACEMENT = { (byte) 0xEF, (byte) 0xBF, (byte) 0xBD };

    private Utf8() {}

    public static Writer writer(OutputStream out) {
        return new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(REPLACEMENT));
    }

    public static Writer writer(Path file, OpenOption... options) throws IOException {
        return new BufferedWriter(writer(Files.newOutputStream(file, options)));
    }
}
