package org.rollcall.files;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CsvWriterTest {
    private static String row(@Nullable Object... cells) throws IOException {
        var out = new StringBuilder();
        new CsvWriter(out).row(Arrays.asList(cells));
        return out.toString();
    }

    @Test
    void everyCellIsQuotedAndNullIsEmpty() throws IOException {
        assertEquals("\"a\",,\"\",\"1\",\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n",
                row("a", null, "", 1, "x,y", "say \"hi\"", "two\nlines"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00A0=1", "\u200B=1",
            "\uFEFF=1", "\u2060 \u200D=1", "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF20SUM(1)", "\u3000\uFF1D1",
            "\u202E=1",
            "\uD83D=1", "\uFE66=1", "\u3164=1", "\tx", "\rx", "\nx" })
    void whatASpreadsheetWouldRunIsDefused(String cell) throws IOException {
        assertTrue(row(cell).startsWith("\"'"), row(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = { "plain", "a=b", "x - y", "ada@contoso.example", "(=1)", "\u00C4rzte + Pflege", "1-2",
            "a;b", " x",
            "\"=1\"", "O'Brien", "\uD83C\uDF3B" })
    void ordinaryTextStaysAsItIs(String cell) throws IOException {
        assertEquals('"' + cell.replace("\"", "\"\"") + "\"\r\n", row(cell));
    }

    /// Read as a spreadsheet with German or French settings reads it: parted at `;`, quotes only where a cell begins.
    @Test
    void noSecondCellBeginsWithAFormula() throws IOException {
        for (String cell : List.of("x;=1+1", "x; =1+1", "x;\u200B+1", "x\n=1", "x\r\n@SUM(1)", "x\t-1", "x\";=1", ";=1",
                "a;b;=1")) {
            String line = row("first", cell, "last");
            for (String part : line.split("[;\t\r\n]", -1)) {
                String seen = part.replaceAll("[\\s\u200B]", "");
                assertFalse(seen.startsWith("=") || seen.startsWith("+") || seen.startsWith("-")
                        || seen.startsWith("@"), line);
            }
        }
    }
}
