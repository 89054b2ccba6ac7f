package org.rollcall.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/// Texts by key, in files that are loaded on demand. The part of a key before the first dot is the name of its file:
/// `users.title` is in `users.properties` (English, UTF-8), `users_de.properties`, `users_es.properties`. A text that is
/// missing in a language is shown in English.
public final class Bundles {
    private final String folder;
    private final Map<String, Map<String, String>> files = new ConcurrentHashMap<>();

    /// @param folder on the class path, with a slash at both ends
    public Bundles(String folder) {
        this.folder = folder;
    }

    /// @throws IllegalArgumentException if there is no such key; a test checks the keys in the sources
    public String get(Language language, String key, @Nullable Object... arguments) {
        var pattern = find(language, key);
        if (pattern == null) {
            throw new IllegalArgumentException("No text for " + key);
        }
        // Most texts have no arguments.
        if (pattern.indexOf('{') < 0 && pattern.indexOf('\'') < 0) {
            return pattern;
        }
        return new MessageFormat(pattern, language.formats()).format(arguments);
    }

    public boolean has(String key) {
        return find(Language.ENGLISH, key) != null;
    }

    /// The texts of one file.
    Map<String, String> english(String name) {
        return file(name);
    }

    private @Nullable String find(Language language, String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            return null;
        }
        String name = key.substring(0, dot);
        var words = language == Language.ENGLISH ? null : file(name + "_" + language.tag()).get(key);
        return words != null ? words : file(name).get(key);
    }

    private Map<String, String> file(String name) {
        return files.computeIfAbsent(name, this::read);
    }

    private Map<String, String> read(String name) {
        try (var in = Bundles.class.getResourceAsStream(folder + name + ".properties")) {
            if (in == null) {
                return Map.of();
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var texts = HashMap.<String, String>newHashMap(properties.size());
            properties.forEach((key, text) -> texts.put((String) key, (String) text));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
