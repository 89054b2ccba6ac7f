package org.rollcall.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Reads the sources: every key that code asks for exists, every key is asked for, every text can be formatted.
class MessagesTest {
    private static final List<Path> SOURCES = List.of(Path.of("src/main/java/org/rollcall/ui"),
            Path.of("src/main/java/org/rollcall/app"));
    private static final Path TEXTS = Path.of("src/main/resources/org/rollcall/ui/text");
    private static final Pattern STRING = Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z0-9]+)+\\.?)\"");
    private static final Pattern ASKED = Pattern.compile("Messages\\.get\\(\\s*\"([^\"]+)\"\\s*[,)]");

    @Test
    void everyKeyAskedForHasAText() throws IOException {
        var missing = new TreeSet<String>();
        for (var source : sources()) {
            ASKED.matcher(source).results().map(hit -> hit.group(1)).filter(key -> !Messages.has(key))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyTextIsAskedFor() throws IOException {
        var strings = new TreeSet<String>();
        for (var source : sources()) {
            STRING.matcher(source).results().map(hit -> hit.group(1)).forEach(strings::add);
        }
        // A string that ends in a dot is the beginning of keys put together in code.
        var beginnings = strings.stream().filter(string -> string.endsWith(".")).toList();
        var unused = new TreeSet<>(texts().keySet());
        unused.removeIf(key -> strings.contains(key) || beginnings.stream().anyMatch(key::startsWith));
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyTextCanBeFormattedAndBelongsToItsFeature() throws IOException {
        var wrong = new ArrayList<String>();
        texts().forEach((key, text) -> {
            if (!key.startsWith(text.feature + ".")) {
                wrong.add(key + " stands in " + text.feature + ".properties");
            }
            // A lone apostrophe would swallow what follows it; typographic ones are safe.
            if (text.words.replace("''", "").contains("'")) {
                wrong.add(key + " has a lone apostrophe; write ’");
            }
            try {
                var unused = new MessageFormat(text.words);
                assertTrue(unused.getFormats().length < 10);
            } catch (IllegalArgumentException e) {
                wrong.add(key + ": " + e.getMessage());
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void noKeyIsThereTwice() throws IOException {
        var twice = new ArrayList<String>();
        var seen = new TreeSet<String>();
        for (var feature : Messages.FEATURES) {
            for (var line : Files.readAllLines(TEXTS.resolve(feature + ".properties"))) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#") && !line.startsWith(" ")
                        && !seen.add(line.substring(0, equals).strip())) {
                    twice.add(line);
                }
            }
        }
        assertEquals(List.of(), twice);
    }

    @Test
    void numbersAndChoicesReadWell() {
        assertEquals("Reading, 1,234 of 2,490", Messages.get("common.job.count", "Reading", 1234, 2490));
        assertEquals("Schedules, 3 items need attention", Messages.get("shell.nav.matters", "Schedules", 3));
    }

    private record Words(String feature, String words) {}

    private static java.util.Map<String, Words> texts() throws IOException {
        var all = new TreeMap<String, Words>();
        for (var feature : Messages.FEATURES) {
            var properties = new java.util.Properties();
            try (var in = Files.newBufferedReader(TEXTS.resolve(feature + ".properties"))) {
                properties.load(in);
            }
            properties.forEach((key, text) -> all.put((String) key, new Words(feature, (String) text)));
        }
        return all;
    }

    private static List<String> sources() throws IOException {
        var all = new ArrayList<String>();
        for (Path folder : SOURCES) {
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    all.add(Files.readString(file));
                }
            }
        }
        return all;
    }
}
