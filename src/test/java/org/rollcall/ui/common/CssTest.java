package org.rollcall.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javafx.css.CssParser;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Colours come from AtlantaFX tokens and the few aliases of the theme sheets; styles come from sheets alone.
class CssTest extends UiTest {
    private static final Path SHEETS = Path.of("src/main/resources/org/rollcall/ui/css");
    private static final Pattern STRAY = Pattern
            .compile("#[0-9a-fA-F]{3,8}\\b|\\b(?:rgba?|hsba?|hsla?|web)\\(|:\\s*(?:white|black|red|gr[ae]y|blue)\\b");
    private static final Pattern TOKEN = Pattern.compile("-(?:color|rc)-[a-z0-9-]+");

    @Test
    void noStrayColours() throws IOException {
        var stray = new ArrayList<String>();
        for (var sheet : sheets()) {
            if (!sheet.getFileName().toString().startsWith("theme-")) {
                for (var line : Files.readAllLines(sheet)) {
                    if (STRAY.matcher(line).find()) {
                        stray.add(sheet.getFileName() + ": " + line.strip());
                    }
                }
            }
        }
        assertEquals(List.of(), stray);
    }

    @Test
    void everyTokenIsOneOfAtlantaFxOrOurs() throws IOException {
        var known = new TreeSet<String>();
        for (var base : List.of("primer-light", "primer-dark")) {
            try (var in = atlantafx.base.theme.Theme.class
                    .getResourceAsStream("/atlantafx/base/theme/" + base + ".css")) {
                collect(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8), known);
            }
        }
        var light = new TreeSet<String>();
        collect(Files.readString(SHEETS.resolve("theme-light.css")), light);
        known.addAll(light);
        var unknown = new TreeSet<String>();
        for (var sheet : sheets()) {
            collect(Files.readString(sheet), unknown);
        }
        unknown.removeAll(known);
        assertEquals(List.of(), List.copyOf(unknown));
    }

    @Test
    void everySheetParses() throws IOException {
        var errors = new ArrayList<String>();
        for (var sheet : sheets()) {
            fx(() -> {
                CssParser.errorsProperty().clear();
                new CssParser().parse(sheet.toUri().toURL());
                CssParser.errorsProperty().forEach(error -> errors.add(sheet.getFileName() + ": " + error));
                return null;
            });
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void noStylesInCodeAndNoSubtleText() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src/main/java/org/rollcall/ui"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains(".setStyle(")) {
                    found.add(file.getFileName() + " calls setStyle");
                }
            }
        }
        for (var sheet : sheets()) {
            if (Files.readString(sheet).contains("-fx-text-fill: -color-fg-subtle")) {
                found.add(sheet.getFileName() + " writes text in a colour below 4.5:1");
            }
        }
        assertTrue(found.isEmpty(), found::toString);
    }

    private static void collect(String text, java.util.Set<String> tokens) {
        TOKEN.matcher(text).results().map(java.util.regex.MatchResult::group).forEach(tokens::add);
    }

    private static List<Path> sheets() throws IOException {
        try (var files = Files.list(SHEETS)) {
            return files.sorted().toList();
        }
    }
}
