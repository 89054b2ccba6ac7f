package org.rollcall.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ChoiceFormat;
import java.text.DecimalFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// Every sentence is there in every language, takes the same arguments everywhere, and is said by somebody.
class BundlesTest {
    private static final Path SOURCES = Path.of("src/main/java/org/rollcall");
    /// The sentences of services and of the command line, and those of the window.
    private static final List<Path> FOLDERS = List.of(Path.of("src/main/resources/org/rollcall/text"),
            Path.of("src/main/resources/org/rollcall/ui/text"));
    private static final Pattern KEY = Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z0-9-]+)+\\.?)\"");
    private static final Pattern ASKED = Pattern.compile("Words\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");

    @Test
    void everyLanguageSaysWhatEnglishSays() throws IOException {
        var wrong = new ArrayList<String>();
        for (Path folder : FOLDERS) {
            for (Path english : files(folder)) {
                var texts = read(english);
                for (var language : List.of(Language.GERMAN, Language.SPANISH)) {
                    Path other = folder.resolve(name(english) + "_" + language.tag() + ".properties");
                    if (!Files.exists(other)) {
                        wrong.add(other + " is missing");
                        continue;
                    }
                    var translated = read(other);
                    missing(other, texts.keySet(), translated.keySet(), "lacks").forEach(wrong::add);
                    missing(other, translated.keySet(), texts.keySet(), "has besides").forEach(wrong::add);
                    translated.forEach((key, text) -> {
                        var pattern = texts.get(key);
                        if (pattern != null && !shape(pattern).equals(shape(text))) {
                            wrong.add(other + ": " + key + " takes " + shape(text) + " where English takes "
                                    + shape(pattern));
                        }
                        if (text.isBlank() != (pattern == null || pattern.isBlank())) {
                            wrong.add(other + ": " + key + " is empty");
                        }
                    });
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyTextCanBeFormattedAndBelongsToItsFile() throws IOException {
        var wrong = new ArrayList<String>();
        for (Path folder : FOLDERS) {
            for (Path file : all(folder)) {
                read(file).forEach((key, text) -> {
                    if (!key.startsWith(name(file).replaceFirst("_(de|es)$", "") + ".")) {
                        wrong.add(key + " stands in " + file.getFileName());
                    }
                    if (text.replace("''", "").replaceAll("'[{}]+'", "").contains("'")) {
                        wrong.add(key + " in " + file.getFileName()
                                + " has a lone apostrophe, which swallows what follows it");
                    }
                    try {
                        shape(text);
                    } catch (IllegalArgumentException e) {
                        wrong.add(key + " in " + file.getFileName() + ": " + e.getMessage());
                    }
                });
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void noKeyIsThereTwice() throws IOException {
        var twice = new ArrayList<String>();
        for (Path folder : FOLDERS) {
            for (Path file : all(folder)) {
                var seen = new TreeSet<String>();
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf(" = ");
                    if (equals > 0 && !line.startsWith("#") && !line.startsWith(" ")
                            && !seen.add(line.substring(0, equals))) {
                        twice.add(file.getFileName() + ": " + line);
                    }
                }
            }
        }
        assertEquals(List.of(), twice);
    }

    @Test
    void everySentenceOfTheServicesIsThereAndSaidBySomebody() throws IOException {
        var asked = new TreeSet<String>();
        var strings = new TreeSet<String>();
        for (Path source : sources()) {
            var text = Files.readString(source);
            ASKED.matcher(text).results().map(hit -> hit.group(1)).filter(key -> !key.endsWith("."))
                    .forEach(asked::add);
            KEY.matcher(text).results().map(hit -> hit.group(1)).forEach(strings::add);
        }
        var known = new TreeSet<String>();
        for (Path english : files(FOLDERS.getFirst())) {
            known.addAll(read(english).keySet());
        }
        var missing = new TreeSet<>(asked);
        missing.removeAll(known);
        assertEquals(Set.of(), missing, "said, but in no bundle");
        var beginnings = strings.stream().filter(string -> string.endsWith(".")).toList();
        known.removeIf(key -> strings.contains(key) || beginnings.stream().anyMatch(key::startsWith));
        assertEquals(Set.of(), known, "said by nobody");
    }

    private static List<String> missing(Path file, Set<String> wanted, Set<String> there, String verb) {
        return wanted.stream().filter(key -> !there.contains(key))
                .map(key -> file + " " + verb + " " + key)
                .toList();
    }

    /// Which arguments a text takes, and as what: numbers in words may be counted in any way.
    private static Map<Integer, String> shape(String pattern) {
        var taken = new TreeMap<Integer, String>();
        var format = new MessageFormat(pattern, java.util.Locale.ENGLISH);
        // A choice may have arguments of its own.
        var hit = Pattern.compile("\\{(\\d)").matcher(pattern);
        while (hit.find()) {
            taken.merge(Integer.parseInt(hit.group(1)), "", (one, _) -> one);
        }
        Format[] formats = format.getFormatsByArgumentIndex();
        for (int i = 0; i < formats.length; i++) {
            if (formats[i] instanceof DecimalFormat number && !(number.toPattern().contains(","))) {
                taken.put(i, "plain number");
            }
            if (formats[i] instanceof ChoiceFormat choice) {
                assertFalse(choice.getFormats().length == 0, pattern);
            }
        }
        return taken;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".properties", "");
    }

    private static List<Path> all(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".properties")).sorted().toList();
        }
    }

    /// The English ones.
    private static List<Path> files(Path folder) throws IOException {
        return all(folder).stream().filter(file -> !name(file).contains("_")).toList();
    }

    private static List<Path> sources() throws IOException {
        try (var found = Files.walk(SOURCES)) {
            return found.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        var texts = new TreeMap<String, String>();
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }
}
