package org.rollcall.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.Utf8;

/// Writes a text file (UTF-8) atomically: to a temporary file first, then moved.
public final class WholeFile {
    private WholeFile() {}

    /// The content.
    @FunctionalInterface
    public interface Body {
        void write(Writer writer) throws IOException;
    }

    /// @throws RollcallException STORAGE: the disk is full, read-only or gone; an existing file is unchanged
    public static void write(Path target, Body body) {
        Path part = null;
        try {
            part = Files.createTempFile(target.toAbsolutePath().getParent(), "rollcall-", ".part");
            try (Writer writer = Utf8.writer(part)) {
                body.write(writer);
            }
            if (Files.isDirectory(target)) {
                throw new IOException(target + " is a folder");
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            part = null;
        } catch (IOException e) {
            throw refused(target, e);
        } catch (UncheckedIOException e) {
            throw refused(target, e.getCause());
        } finally {
            delete(part);
        }
    }

    private static void delete(@Nullable Path part) {
        if (part != null) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                // The export has failed already; a leftover file is harmless.
                part.toFile().deleteOnExit();
            }
        }
    }

    private static RollcallException refused(Path target, @Nullable IOException e) {
        return new RollcallException(ErrorKind.STORAGE, "file.unwritable",
                Messages.get("common.export.failed", String.valueOf(target.getFileName())),
                Messages.get("common.export.remedy"), Map.of(), e);
    }
}
