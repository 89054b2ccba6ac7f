package org.rollcall.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/// The forms of names that searching, sorting and uniqueness go by: one spelling for what a person takes for the same.
public final class SearchKeys {
    /// Of a `search_key`, in characters.
    public static final int SEARCH_LENGTH = 3000;
    /// Of a `sort_key`, in characters.
    public static final int SORT_LENGTH = 200;

    private SearchKeys() {}

    /// What the text searched for becomes, and each part of a search key: composed, compatibility forms folded
    /// (a full-width letter is the letter), letter case folded whatever the language: `ß` is `ss`, every sigma is one.
    /// Folding what is folded changes nothing.
    public static String fold(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // By way of upper case, which takes apart what lower case leaves together. The first step is for the capital sharp
        // s, the last two for what only then can be composed.
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT);
        return lower(Normalizer.normalize(lower(upper), Normalizer.Form.NFKC));
    }

    /// Without the form that sigma has at the end of a word: a search may stop in its middle.
    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace('ς', 'σ');
    }

    /// The form under which a user name is unique: letter case ignored, nothing else.
    public static String unique(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The form under which a name that several may have (a user principal name, a mail address) is looked for: letter
    /// case ignored, nothing else.
    public static @Nullable String lookup(@Nullable String name) {
        return name == null ? null : unique(name);
    }

    /// The `search_key` of a person: name, user name, mail and department, each on a line of its own, so that no search
    /// finds something that reaches from one into the other.
    public static String search(@Nullable String displayName, @Nullable String username, @Nullable String mail,
            @Nullable String department) {
        var key = new StringJoiner("\n");
        for (String part : new @Nullable String[]{ displayName, username, mail, department }) {
            if (part != null && !part.isEmpty()) {
                key.add(fold(part));
            }
        }
        return cut(key.toString(), SEARCH_LENGTH);
    }

    /// The `sort_key` of a person or group: without the blanks around, as the name is shown.
    public static String sort(@Nullable String displayName) {
        return displayName == null ? "" : cut(fold(displayName).strip(), SORT_LENGTH);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /// The text's beginning, at most `length` characters; a pair of surrogates stays whole.
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
