package org.rollcall.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.files.Utf8;
import org.rollcall.text.Words;

/// Where an export goes: standard output, or a file that is there in whole or not at all.
final class ExportFile {
    private ExportFile() {}

    /// Writes the export.
    interface Body {
        void write(Writer writer) throws IOException;
    }

    /// @param name null: standard output
    /// @throws RollcallException INPUT: the name cannot be one of a file; STORAGE: it cannot be written
    static void write(Terminal terminal, @Nullable String name, Body body) throws IOException {
        if (name == null) {
            // The stream stays the terminal's.
            var writer = Utf8.writer(terminal.out());
            body.write(writer);
            writer.write(System.lineSeparator());
            writer.flush();
            return;
        }
        Path target = path(name);
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(target) || !Files.isDirectory(parent)) {
            throw RollcallException.input("file.invalid", Words.of("cli.file.invalid", name),
                    Words.of("cli.file.invalid.remedy"));
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            straight(name, target, body);
            return;
        }
        Path part = null;
        try {
            part = Files.createTempFile(parent, target.getFileName().toString(), ".part");
            try (Writer writer = Utf8.writer(part)) {
                body.write(writer);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(name, e);
        } finally {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        }
    }

    /// Into a device or a pipe, which must not be replaced by a file.
    private static void straight(String name, Path target, Body body) {
        try (Writer writer = Utf8.writer(target, StandardOpenOption.WRITE)) {
            body.write(writer);
        } catch (IOException e) {
            throw unwritable(name, e);
        }
    }

    private static RollcallException unwritable(String name, IOException e) {
        return new RollcallException(ErrorKind.STORAGE, "file.unwritable", Words.of("cli.file.unwritable", name),
                Words.of("cli.file.unwritable.remedy"), Map.of(), e);
    }

    private static Path path(String name) throws NoSuchFileException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw RollcallException.input("file.invalid", Words.of("cli.file.invalid.exportFile", name),
                    Words.of("cli.file.invalid.exportFile.remedy"));
        }
    }
}
