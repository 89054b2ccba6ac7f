package org.rollcall.source.entra;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/// JSON, but not what Graph documents.
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

    /// @param words what is wrong, to be shown to a person; never a value that may be personal data
    static MalformedAnswer naming(String words) {
        return new MalformedAnswer(words, words);
    }

    /// An id that is none.
    static MalformedAnswer id(String value) {
        return naming("an id that is not a GUID: \"" + shown(value) + "\"");
    }

    /// What is wrong, for a person; null: it cannot be said without quoting the answer.
    @Nullable
    String words() {
        return words;
    }

    static String shown(String value) {
        String plain = value.replaceAll("[^\\p{Graph} ]", "?");
        return plain.length() <= LONGEST_VALUE ? plain : plain.substring(0, LONGEST_VALUE) + "...";
    }
}
