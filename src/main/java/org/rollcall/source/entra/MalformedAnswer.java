package org.rollcall.source.entra;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/// Valid JSON that differs from Graph's documentation.
final class MalformedAnswer extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_VALUE = 60;
    private final @Nullable String words;

    MalformedAnswer(String what) {
        this(what, null);
    }

    private MalformedAnswer(String what, @Nullable String words) {
        super(what);
        this.words = words;
    }

    /// @param words what is wrong, as display text; never a value that may be personal data
    static MalformedAnswer naming(String words) {
        return new MalformedAnswer(words, words);
    }

    /// An invalid id.
    static MalformedAnswer id(String value) {
        return naming("an id that is not a GUID: \"" + shown(value) + "\"");
    }

    /// What is wrong, as display text; null: it cannot be described without quoting the answer.
    @Nullable
    String words() {
        return words;
    }

    static String shown(String value) {
        String plain = value.replaceAll("[^\\p{Graph} ]", "?");
        return plain.length() <= LONGEST_VALUE ? plain : plain.substring(0, LONGEST_VALUE) + "...";
    }
}
