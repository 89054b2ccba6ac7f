package org.rollcall.app;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;

/// Takes the names of a directory out of a text: of people word by word, of everything else as a whole. Only words that stand in the
/// text are kept while the directory is walked along, however large it is.
final class KnownNames {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.'’-]*");
    private static final int SHORTEST = 2;

    private final String text;
    private final Set<String> words = new HashSet<>();
    private final Set<String> found = new HashSet<>();
    private final TreeSet<String> whole = new TreeSet<>((a, b) -> a.length() == b.length()
            ? a.compareTo(b)
            : Integer.compare(b.length(), a.length()));

    private KnownNames(String text) {
        this.text = text;
        Matcher each = WORD.matcher(text);
        while (each.find()) {
            words.add(each.group());
            words.addAll(parts(each.group()));
        }
    }

    /// @param places names of tenants, imports, groups, roles, machines
    static String without(String text, AppContext context, Collection<String> places) {
        var names = new KnownNames(text);
        context.userQueries().forEach(UserFilter.everyone(), names::person);
        context.groupQueries().forEach(true, group -> {
            names.place(group.displayName());
            names.place(group.attributes().text(GroupField.MAIL));
        });
        context.groupQueries().forEach(false, group -> {
            names.place(group.displayName());
            names.place(group.attributes().text(GroupField.MAIL));
        });
        places.forEach(names::place);
        return names.replaced();
    }

    private void person(UserRow person) {
        for (String each : new String[]{ person.displayName(), person.attributes().text(UserField.GIVEN_NAME),
                person.attributes().text(UserField.SURNAME) }) {
            Matcher word = WORD.matcher(each == null ? "" : each);
            while (word.find()) {
                part(word.group());
                parts(word.group()).forEach(this::part);
            }
        }
        for (String each : List.of(person.username(), person.upn() == null ? "" : person.upn())) {
            place(each);
            int at = each.indexOf('@');
            place(at > 0 ? each.substring(0, at) : "");
        }
    }

    private void part(String word) {
        // "will" is a word of ours, "Will" may be somebody.
        if (word.length() >= SHORTEST && !word.equals(word.toLowerCase(Locale.ROOT)) && words.contains(word)) {
            found.add(word);
        }
    }

    /// Of words that are put together: "Ada-Maria", "O'Hara", "ada.lovelace".
    private static List<String> parts(String word) {
        return List.of(word.split("[_.'’-]"));
    }

    private void place(@Nullable String name) {
        if (name != null && name.strip().length() > SHORTEST && text.contains(name.strip())) {
            whole.add(name.strip());
        }
    }

    private String replaced() {
        String left = text;
        for (String each : whole) {
            left = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(each) + "(?![\\p{L}\\p{N}])").matcher(left)
                    .replaceAll("<name>");
        }
        if (found.isEmpty()) {
            return left;
        }
        return WORD.matcher(left).replaceAll(word -> {
            boolean named = found.contains(word.group())
                    || parts(word.group()).stream().anyMatch(found::contains);
            return named ? "<name>" : Matcher.quoteReplacement(word.group());
        });
    }
}
