package org.rollcall.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// A sentence that has not been said yet: its key and what is filled in, so that logs and documents have it in English and a
/// person in the language in use. The sentences stand in `org/rollcall/text/FEATURE.properties` and its translations, where
/// FEATURE is what stands before the first dot of the key; arguments as in [java.text.MessageFormat], other words among them.
public final class Words {
    /// Where the sentences stand on the class path.
    static final String FOLDER = "/org/rollcall/text/";

    private static final Bundles BUNDLES = new Bundles(FOLDER);

    private final Kind kind;
    private final String words;
    private final @Nullable Object[] arguments;

    private enum Kind {
        /// `words` is a key.
        SENTENCE,
        /// `words` is what is said.
        VERBATIM,
        /// `words` is what was said in English.
        RECALLED,
        /// `words` stands between the arguments.
        LIST,
        /// The only argument, as a sentence of a text.
        WHOLE
    }

    private Words(Kind kind, String words, @Nullable Object... arguments) {
        this.kind = kind;
        this.words = words;
        this.arguments = arguments;
    }

    /// @param key must exist, which a test finds out
    public static Words of(String key, @Nullable Object... arguments) {
        return new Words(Kind.SENTENCE, key, arguments.clone());
    }

    /// What is no sentence of ours or was said long ago: what a person typed, another machine answered, or the database kept.
    public static Words verbatim(String text) {
        return new Words(Kind.VERBATIM, text);
    }

    /// What was said in English some time ago and kept so: with its key again, if it is a sentence of ours.
    public static Words recalled(String english) {
        return new Words(Kind.RECALLED, english);
    }

    /// One after the other: "reading groups, reading people".
    public static Words list(Collection<Words> all) {
        return joined(", ", all);
    }

    /// One after the other, with something between them that is the same in every language.
    public static Words joined(String between, Collection<Words> all) {
        return new Words(Kind.LIST, between, all.toArray());
    }

    /// The first letter as a capital: messages of services begin small, for the command line. User names such as
    /// `maren.holt` stay as they are.
    public static String capital(String words) {
        var first = words.split(" ", 2)[0];
        if (first.isEmpty() || !first.replaceFirst("[,;:]$", "").chars().allMatch(Character::isLetter)) {
            return words;
        }
        int end = words.offsetByCodePoints(0, 1);
        return words.substring(0, end).toUpperCase(Locale.ROOT) + words.substring(end);
    }

    /// With a capital and a full stop, to stand among others in a text: "entra cannot be reached" becomes
    /// "Entra cannot be reached."
    public Words whole() {
        return new Words(Kind.WHOLE, "", this);
    }

    /// For logs, documents and what is stored.
    public String english() {
        return in(Language.ENGLISH);
    }

    /// For a person.
    public String shown() {
        return in(Language.inUse());
    }

    /// As somebody says it who may not have the language in use: another program, a mail's reader.
    public String in(Language language) {
        return switch (kind) {
            case VERBATIM -> words;
            case RECALLED -> language == Language.ENGLISH ? words : Stored.RECALL.of(words).in(language);
            case SENTENCE -> BUNDLES.get(language, words, said(language, arguments));
            case LIST -> Arrays.stream(said(language, arguments)).map(String::valueOf)
                    .collect(Collectors.joining(words));
            case WHOLE -> whole(String.valueOf(said(language, arguments)[0]));
        };
    }

    private static String whole(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end) + (text.endsWith(".") ? "" : ".");
    }

    private static @Nullable Object[] said(Language language, @Nullable Object[] given) {
        return Arrays.stream(given).map(each -> each instanceof Words one ? one.in(language) : each).toArray();
    }

    /// Made when the first sentence is recalled.
    private static final class Stored {
        private static final Recall RECALL = new Recall(BUNDLES);
    }

    /// The same sentence with the same arguments.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Words that && kind == that.kind && words.equals(that.words)
                && Arrays.equals(arguments, that.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * words.hashCode() + Arrays.hashCode(arguments);
    }

    /// As [#english()].
    @Override
    public String toString() {
        return english();
    }
}
