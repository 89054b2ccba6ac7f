package org.rollcall.signin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The 10,000 most common passwords, and simple variations of them: with digits and symbols around them, or repeated.
final class CommonPasswords {
    private static final String FILE = "common-passwords.txt";
    /// Shorter words are part of too many good passwords.
    private static final int SHORTEST_WORD = 4;

    private CommonPasswords() {}

    /// Loaded when the first password is chosen: signing in does not need it.
    private static final class Words {
        static final Set<String> ALL = read();

        private Words() {}
    }

    /// @param password in lower case
    static boolean isOne(String password) {
        String text = password.strip();
        if (Words.ALL.contains(text)) {
            return true;
        }
        String word = withoutDecoration(text);
        return word.length() >= SHORTEST_WORD && Words.ALL.contains(unrepeated(word))
                || Words.ALL.contains(unrepeated(text));
    }

    /// Without digits and symbols before and after.
    private static String withoutDecoration(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetter(text.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetter(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// The part whose repetition makes the whole text; the text itself if there is none.
    private static String unrepeated(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            if (text.length() % length == 0
                    && text.substring(0, length).repeat(text.length() / length).equals(text)) {
                return text.substring(0, length);
            }
        }
        return text;
    }

    private static Set<String> read() {
        try (var in = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(FILE), FILE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.isEmpty() && !line.equals("#") && !line.startsWith("# "))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
