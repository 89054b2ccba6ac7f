package org.rollcall.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.rollcall.domain.RollcallException;

/// Writes a table into a CSV file (RFC 4180, UTF-8) that is there in whole or not at all.
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe in front. Source: OWASP, "CSV Injection".
public final class CsvFile {
    private CsvFile() {}

    /// @param rows hands over the rows, one by one
    /// @throws RollcallException STORAGE: the disk is full, read-only or gone
    public static void write(Path target, List<String> header, Consumer<Consumer<List<String>>> rows) {
        WholeFile.write(target, writer -> {
            row(writer, header);
            rows.accept(cells -> row(writer, cells));
        });
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
