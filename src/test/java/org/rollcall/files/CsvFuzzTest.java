package org.rollcall.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rollcall.Mutations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// What is written as CSV is read by RFC 4180 as the same cells, apart from apostrophes before what would be run.
/// `-Drollcall.fuzz=100000` writes more.
class CsvFuzzTest {
    private static final List<String> CELLS = List.of("Ada Lovelace", "=1+1", "@SUM(A1)", "a;=b", "\t-2", "\"quoted\"",
            "a,b\r\nc",
            "\u202e=x", "", "'", "+49 30", "\u3164=1");

    /// As RFC 4180 says: cells in quotes, quotes within doubled, CRLF after each row.
    private static List<List<String>> read(String csv) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        int at = 0;
        while (at < csv.length()) {
            assertEquals('"', csv.charAt(at));
            var cell = new StringBuilder();
            at++;
            while (csv.charAt(at) != '"' || csv.startsWith("\"\"", at)) {
                cell.append(csv.charAt(at));
                at += csv.charAt(at) == '"' ? 2 : 1;
            }
            at++;
            row.add(cell.toString());
            if (csv.startsWith("\r\n", at)) {
                rows.add(List.copyOf(row));
                row.clear();
                at += 2;
            } else {
                assertEquals(',', csv.charAt(at));
                at++;
            }
        }
        assertEquals(List.of(), row);
        return rows;
    }

    @Test
    void cellsComeBackAndNoneIsRun() throws IOException {
        var mutations = new Mutations(1);
        for (int i = 0; i < Mutations.inputs(1_500); i++) {
            var cells = List.of(mutations.text(CELLS), mutations.text(CELLS), mutations.text(CELLS));
            var out = new StringBuilder();
            new CsvWriter(out).row(cells);
            List<List<String>> found = read(out.toString());
            assertEquals(1, found.size());
            for (int c = 0; c < cells.size(); c++) {
                String back = found.getFirst().get(c);
                assertEquals(cells.get(c).replace("'", ""), back.replace("'", ""), "input " + i);
                assertFalse(back.matches("(?s)[=+@-].*"), back);
            }
        }
    }
}
