package org.rollcall.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/// Normalized forms of names for searching, sorting and uniqueness.
public final class SearchKeys {
    /// The maximum length of a `search_key`, in characters.
    public static final int SEARCH_LENGTH = 3000;
    /// The maximum length of a `sort_key`, in characters.
    public static final int SORT_LENGTH = 200;

    private SearchKeys() {}

    /// The normalized form of a search text and of each part of a search key: composed, compatibility forms folded (a
    /// full-width letter becomes the letter), case folded independently of the language: `ß` becomes `ss`, every sigma the
    /// same. Idempotent.
    public static String fold(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        // Via upper case, which separates what lower case leaves combined. The first step is for the capital sharp s, the last
        // two for what can only then be composed.
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT);
        return lower(Normalizer.normalize(lower(upper), Normalizer.Form.NFKC));
    }

    /// Without the final form of sigma: a search may end within a word.
    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace('ς', 'σ');
    }

    /// The form under which a user name is unique: ignores case only.
    public static String unique(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The form for looking up a name that several may have (a user principal name, a mail address): ignores case only.
    public static @Nullable String lookup(@Nullable String name) {
        return name == null ? null : unique(name);
    }

    /// The `search_key` of a person: name, user name, mail and department, separated by line breaks, so that no search matches
    /// across two of them.
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

    /// The `sort_key` of a person or group: without surrounding blanks, as the name is displayed.
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

    /// The first `length` characters at most; a surrogate pair is not split.
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
