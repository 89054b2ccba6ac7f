package org.rollcall.sample;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `$search` as directory objects support it: `"property:text"` clauses joined by `AND` or `OR`. Each word of the text
/// must begin a word of the property.
final class ODataSearch {
    private static final Pattern CLAUSE = Pattern
            .compile("\\s*(AND|OR)?\\s*\"([A-Za-z]+):((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

    private ODataSearch() {}

    /// @throws GraphFault 400 if the quotes are missing or the property is none
    static Predicate<SampleObject> compile(SampleSchema schema, String text) {
        Matcher matcher = CLAUSE.matcher(text);
        Predicate<SampleObject> result = null;
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            String property = schema.canonical(matcher.group(2));
            if (property == null) {
                throw invalid(text);
            }
            Predicate<SampleObject> clause = words(property, matcher.group(3).replace("\\", ""));
            result = result == null ? clause : "OR".equals(matcher.group(1)) ? result.or(clause) : result.and(clause);
            end = matcher.end();
        }
        if (result == null || !text.substring(end).isBlank()) {
            throw invalid(text);
        }
        return result;
    }

    private static Predicate<SampleObject> words(String property, String text) {
        String[] wanted = split(text);
        return o -> {
            String value = o.text(property);
            if (value == null) {
                return false;
            }
            String[] words = split(value);
            for (String want : wanted) {
                boolean found = false;
                for (String word : words) {
                    found |= word.startsWith(want);
                }
                if (!found) {
                    return false;
                }
            }
            return true;
        };
    }

    private static String[] split(String text) {
        return NO_WORD.split(text.strip().toLowerCase(Locale.ROOT), -1);
    }

    private static GraphFault invalid(String text) {
        return new GraphFault(400, "BadRequest", "Syntax error in $search: '" + text
                + "'. The search clause must be enclosed in double quotes, as \"property:value\".");
    }
}
