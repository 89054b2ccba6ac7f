package org.rollcall.files;

import java.io.IOException;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/// Writes CSV by RFC 4180: commas, CRLF, every cell in quotes. Null is an empty cell.
///
/// A cell that a spreadsheet would execute as a formula gets a leading apostrophe. Spreadsheets skip invisible characters, so
/// the first visible one decides; and where `;` or a tab separates cells (German or French settings), or quotes are ignored, a
/// formula may also start after one of those or on a new line within a cell. Source: OWASP, "CSV Injection".
public final class CsvWriter {
    /// The first characters of formulas, in all forms that spreadsheets accept.
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u2212";
    private static final String PARTS = ";\t\r\n";

    private final Appendable out;

    public CsvWriter(Appendable out) {
        this.out = out;
    }

    public void row(Collection<? extends @Nullable Object> cells) throws IOException {
        boolean first = true;
        for (Object cell : cells) {
            if (!first) {
                out.append(',');
            }
            first = false;
            if (cell != null) {
                out.append('"').append(defused(cell.toString()).replace("\"", "\"\"")).append('"');
            }
        }
        out.append("\r\n");
    }

    private static String defused(String text) {
        var result = new StringBuilder(text.length() + 1);
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            if (start && runs(text, i)) {
                result.append('\'');
            }
            char letter = text.charAt(i);
            result.append(letter);
            start = PARTS.indexOf(letter) >= 0;
        }
        return result.toString();
    }

    /// Whether the text at this place would be executed, judging by its first visible character. A leading tab or line end
    /// counts too, since some programs strip it.
    private static boolean runs(String text, int from) {
        if (from == 0 && PARTS.indexOf(text.charAt(0)) > 0) {
            return true;
        }
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (!isInvisible(point)) {
                return FORMULA.indexOf(point) >= 0;
            }
            at += Character.charCount(point);
        }
        return false;
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                true;
            // Letters without a glyph: Hangul fillers and the Braille blank.
            default -> point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800;
        };
    }
}
