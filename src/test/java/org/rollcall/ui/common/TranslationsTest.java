package org.rollcall.ui.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rollcall.text.Language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every bundle in every language: the same keys in the same order, with the same arguments, and each can be formatted for
/// none, one and many.
class TranslationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/org/rollcall");
    private static final Pattern BUNDLE = Pattern.compile(".*/text/[a-zA-Z]+\\.properties");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");
    private static final List<Long> COUNTS = List.of(0L, 1L, 2L, 2_500L);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENGLISH")
    void everyBundleIsTranslated(Language language) throws IOException {
        var wrong = new ArrayList<String>();
        var bundles = bundles();
        assertTrue(bundles.size() >= Messages.FEATURES.size(), bundles.toString());
        for (var bundle : bundles) {
            String name = bundle.getFileName().toString().replace(".properties", "");
            var translated = bundle.resolveSibling(name + "_" + language.tag() + ".properties");
            if (!Files.exists(translated)) {
                wrong.add(translated + " is missing");
                continue;
            }
            var english = texts(bundle);
            var other = texts(translated);
            if (!List.copyOf(english.keySet()).equals(List.copyOf(other.keySet()))) {
                var missing = new TreeSet<>(english.keySet());
                missing.removeAll(other.keySet());
                var unknown = new TreeSet<>(other.keySet());
                unknown.removeAll(english.keySet());
                wrong.add(translated + " lacks " + missing + ", has besides " + unknown + ", or has another order");
            }
            other.forEach((key, text) -> wrong.addAll(faults(language, key, english.getOrDefault(key, ""), text)));
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static List<String> faults(Language language, String key, String english, String text) {
        var faults = new ArrayList<String>();
        if (!arguments(english).equals(arguments(text))) {
            faults.add(key + " has other arguments: " + text);
        }
        if (english.isBlank() != text.isBlank()) {
            faults.add(key + " is blank in one of them");
        }
        if (text.replace("''", "").contains("'")) {
            faults.add(key + " has a lone apostrophe; write ’");
        }
        try {
            var format = new MessageFormat(text, language.formats());
            for (var count : COUNTS) {
                var values = new Object[10];
                Arrays.fill(values, text.contains("choice") || text.contains("number") ? count : "name");
                String said = format.format(values);
                if (said.indexOf('{') >= 0 || said.indexOf('|') >= 0 || said.contains("1#")) {
                    faults.add(key + " says " + said);
                }
            }
        } catch (IllegalArgumentException e) {
            faults.add(key + ": " + e.getMessage());
        }
        return faults;
    }

    private static TreeSet<String> arguments(String text) {
        var found = new TreeSet<String>();
        ARGUMENT.matcher(text).results().map(MatchResult::group).forEach(found::add);
        return found;
    }

    private static List<Path> bundles() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            return files.filter(file -> BUNDLE.matcher(file.toString().replace('\\', '/')).matches()).sorted().toList();
        }
    }

    /// In the order of the file.
    private static Map<String, String> texts(Path file) throws IOException {
        var ordered = new LinkedHashMap<String, String>();
        var properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                assertNull(ordered.put((String) key, (String) value), () -> key + " is there twice in " + file);
                return super.put(key, value);
            }
        };
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return ordered;
    }
}
