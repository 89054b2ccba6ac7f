package org.rollcall.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

/// The forms of names that searching, sorting and uniqueness go by: one spelling for what a person takes for the same.
public final class SearchKeys {
    private static final int SEARCH_LENGTH = 3000;
    private static final int SORT_LENGTH = 200;

    private SearchKeys() {}

    /// What the text searched for becomes, and each part of a search key: composed, compatibility forms folded
    /// (a full-width letter is the letter), lower case of no particular language.
    public static String fold(String text) {
        return isPlain(text)
                ? text.toLowerCase(Locale.ROOT)
                : Normalizer.normalize(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT),
                        Normalizer.Form.NFC);
    }

    /// The form under which a user name is unique: letter case ignored, nothing else.
    public static String unique(String name) {
        return name.toLowerCase(Locale.ROOT);
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

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
