package org.rollcall.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Writes a table into a CSV file (RFC 4180, UTF-8) that is there in whole or not at all.
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe in front. Source: OWASP, "CSV Injection".
public final class CsvFile {
    private CsvFile() {}

    /// @param rows hands over the rows, one by one
    /// @throws RollcallException STORAGE: the disk is full, read-only or gone
    public static void write(Path target, List<String> header, Consumer<Consumer<List<String>>> rows) {
        Path part = null;
        try {
            var folder = target.toAbsolutePath().getParent();
            part = Files.createTempFile(folder, "rollcall-", ".part");
            try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                row(writer, header);
                rows.accept(cells -> row(writer, cells));
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
                // The export has failed already; what is left behind does no harm.
                part.toFile().deleteOnExit();
            }
        }
    }

    private static RollcallException refused(Path target, @Nullable IOException e) {
        return new RollcallException(ErrorKind.STORAGE, "file.unwritable",
                Messages.get("common.export.failed", String.valueOf(target.getFileName())),
                Messages.get("common.export.remedy"), Map.of(), e);
    }

    private static void row(Writer out, Collection<String> cells) {
        try {
            boolean first = true;
            for (var cell : cells) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                out.append(quoted(defused(cell)));
            }
            out.append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String defused(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(each -> ",\"\n\r".indexOf(each) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
