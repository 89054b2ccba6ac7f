package org.rollcall.cli;

import java.io.IOException;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/// Writes CSV by RFC 4180: commas, CRLF, quotes where they are needed. Null is an empty cell.
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe in front. Source: OWASP, "CSV Injection".
final class CsvOut {
    private final Appendable out;

    CsvOut(Appendable out) {
        this.out = out;
    }

    void row(Collection<? extends @Nullable Object> cells) throws IOException {
        boolean first = true;
        for (Object cell : cells) {
            if (!first) {
                out.append(',');
            }
            first = false;
            if (cell != null) {
                out.append(quoted(defused(cell.toString())));
            }
        }
        out.append("\r\n");
    }

    private static String defused(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (",\"\n\r".indexOf(text.charAt(i)) >= 0) {
                return '"' + text.replace("\"", "\"\"") + '"';
            }
        }
        return text;
    }
}
