package org.rollcall.text;

import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Finds the key and arguments of an English sentence. Errors of runs, results of guards and notes of reads are stored as
/// English sentences, by earlier versions too, and are displayed in the reader's language. In English nothing is searched.
final class Recall {
    /// The bundles with such sentences; new ones are added as needed.
    private static final List<String> STORED = List.of("sync", "directory", "schedule", "domain", "roles", "connect",
            "signin", "store", "vault", "settings", "notify", "app",
            "audit");
    /// Sentences can be nested twice.
    private static final int DEEPEST = 3;

    private final Map<String, String> plain = new HashMap<>();
    private final List<Form> forms = new ArrayList<>();

    /// @param arguments the argument of each group of the pattern
    private record Form(String key, Pattern pattern, List<Integer> arguments, int letters) {}

    Recall(Bundles bundles) {
        for (String name : STORED) {
            bundles.english(name).forEach(this::add);
        }
        forms.sort(Comparator.comparingInt(Form::letters).reversed());
    }

    private void add(String key, String text) {
        if (text.indexOf('{') < 0) {
            plain.putIfAbsent(text.replace("''", "'"), key);
            return;
        }
        var pattern = new StringBuilder();
        var arguments = new ArrayList<Integer>();
        int letters = 0;
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            String words = text.substring(from, open < 0 ? text.length() : open).replace("''", "'");
            if (words.indexOf('\'') >= 0) {
                return; // Quoted braces: nothing that is stored.
            }
            letters += (int) words.chars().filter(Character::isLetter).count();
            if (!words.isEmpty()) {
                pattern.append(Pattern.quote(words));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            String argument = text.substring(open + 1, close);
            if (argument.contains("choice")) {
                return; // Its number stands elsewhere in the sentence, or nowhere.
            }
            pattern.append("(.+?)");
            arguments.add(argument.charAt(0) - '0');
            from = close + 1;
        }
        // A pattern with hardly any words of its own matches everything.
        if (letters >= 4) {
            forms.add(new Form(key, Pattern.compile(pattern.toString(), Pattern.DOTALL), arguments, letters));
        }
    }

    /// @return the sentence with its key, or unchanged if it is unknown
    Words of(String english) {
        return of(english, DEEPEST);
    }

    private Words of(String english, int deep) {
        String key = plain.get(english);
        if (key != null) {
            return Words.of(key);
        }
        if (deep > 0 && english.indexOf(' ') >= 0) {
            for (Form form : forms) {
                var match = form.pattern.matcher(english);
                if (match.matches()) {
                    var arguments = new @Nullable Object[form.arguments.stream().mapToInt(each -> each + 1).max()
                            .orElse(0)];
                    for (int i = 0; i < form.arguments.size(); i++) {
                        arguments[form.arguments.get(i)] = argument(String.valueOf(match.group(i + 1)), deep - 1);
                    }
                    return Words.of(form.key, arguments);
                }
            }
        }
        String other = turned(english);
        key = other.equals(english) ? null : plain.get(other);
        return key != null ? Words.of(key) : Words.verbatim(english);
    }

    /// Sentences begin with a capital in some places and not in others.
    private static String turned(String english) {
        if (english.isEmpty()) {
            return english;
        }
        char first = english.charAt(0);
        char other = Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
        return other + english.substring(1);
    }

    private Object argument(String text, int deep) {
        var position = new ParsePosition(0);
        Number number = NumberFormat.getIntegerInstance(Locale.ENGLISH).parse(text, position);
        if (number != null && position.getIndex() == text.length() && text.chars().noneMatch(each -> each == '.')) {
            return number;
        }
        return of(text, deep);
    }
}
