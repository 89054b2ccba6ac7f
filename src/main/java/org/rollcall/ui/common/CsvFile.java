package org.rollcall.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import org.rollcall.domain.RollcallException;
import org.rollcall.files.CsvWriter;

/// Writes a table atomically into a CSV file (UTF-8, see [CsvWriter]).
public final class CsvFile {
    private CsvFile() {}

    /// @param rows supplies the rows one by one
    /// @throws RollcallException STORAGE: the disk is full, read-only or gone
    public static void write(Path target, List<String> header, Consumer<Consumer<List<String>>> rows) {
        WholeFile.write(target, writer -> {
            var csv = new CsvWriter(writer);
            csv.row(header);
            rows.accept(cells -> {
                try {
                    csv.row(cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        });
    }
}
