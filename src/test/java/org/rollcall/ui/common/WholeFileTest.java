package org.rollcall.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WholeFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void writesTextAndReplacesWhatWasThere() throws IOException {
        Path target = folder.resolve("a.json");
        WholeFile.write(target, writer -> writer.write("one"));
        WholeFile.write(target, writer -> writer.write("zwei – 佐藤"));
        assertEquals("zwei – 佐藤", Files.readString(target));
        assertEquals(List.of("a.json"), names());
    }

    @Test
    void aDiskThatFillsUpLeavesWhatWasThere() throws IOException {
        Path target = folder.resolve("a.csv");
        Files.writeString(target, "before");
        var full = assertThrows(RollcallException.class, () -> WholeFile.write(target, writer -> {
            writer.write("x".repeat(100_000));
            throw new IOException("No space left on device");
        }));
        assertEquals(ErrorKind.STORAGE, full.kind());
        assertTrue(full.message().contains("a.csv"), full.message());
        var within = assertThrows(RollcallException.class, () -> CsvFile.write(target, List.of("head"), sink -> {
            sink.accept(List.of("row"));
            throw new UncheckedIOException(new IOException("No space left on device"));
        }));
        assertEquals(ErrorKind.STORAGE, within.kind());
        assertEquals("before", Files.readString(target));
        assertEquals(List.of("a.csv"), names());
    }

    @Test
    void aPlaceThatIsGoneIsSaid() throws IOException {
        var gone = assertThrows(RollcallException.class,
                () -> WholeFile.write(folder.resolve("nowhere/a.csv"), writer -> writer.write("x")));
        assertEquals(ErrorKind.STORAGE, gone.kind());
        assertEquals(List.of(), names());
    }

    @Test
    void whatIsCancelledLeavesNothing() throws IOException {
        assertThrows(CancellationException.class, () -> WholeFile.write(folder.resolve("a.csv"), writer -> {
            writer.write("half");
            throw new CancellationException();
        }));
        assertEquals(List.of(), names());
    }

    @Test
    void cellsThatWouldRunAreDefused() throws IOException {
        Path target = folder.resolve("a.csv");
        CsvFile.write(target, List.of("name"), sink -> List.of("=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "plain",
                "a,b", "say \"hi\"", "").forEach(cell -> sink.accept(List.of(cell))));
        assertEquals("\"name\"\r\n\"'=1+1\"\r\n\"'+1\"\r\n\"'-1\"\r\n\"'@SUM(1)\"\r\n\"'\tx\"\r\n\"'\rx\"\r\n"
                + "\"plain\"\r\n\"a,b\"\r\n\"say \"\"hi\"\"\"\r\n\"\"\r\n", Files.readString(target));
    }

    @Test
    void halfACharacterDoesNotKeepEverybodyElseOut() throws IOException {
        Path target = folder.resolve("a.csv");
        CsvFile.write(target, List.of("name"), sink -> sink.accept(List.of("\uD83D half", "whole")));
        assertEquals("\"name\"\r\n\"\uFFFD half\",\"whole\"\r\n", Files.readString(target));
    }
}
