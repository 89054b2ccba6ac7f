package org.rollcall.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/// A sentence as key and arguments, so that logs and documents contain it in English and a person reads it in the language in
/// use. Texts are in `org/rollcall/text/FEATURE.properties` and its translations, where FEATURE is the part of the key before
/// the first dot; arguments as in [java.text.MessageFormat], including other sentences.
public final class Words {
    /// The folder of the bundles on the class path.
    static final String FOLDER = "/org/rollcall/text/";

    private static final Bundles BUNDLES = new Bundles(FOLDER);

    private final Kind kind;
    private final String words;
    private final @Nullable Object[] arguments;

    private enum Kind {
        /// `words` is a key.
        SENTENCE,
        /// `words` is a literal text.
        VERBATIM,
        /// `words` is an English sentence.
        RECALLED,
        /// `words` separates the arguments.
        LIST,
        /// The only argument, as a sentence with capital and full stop.
        WHOLE
    }

    private Words(Kind kind, String words, @Nullable Object... arguments) {
        this.kind = kind;
        this.words = words;
        this.arguments = arguments;
    }

    /// @param key must exist, which a test checks
    public static Words of(String key, @Nullable Object... arguments) {
        return new Words(Kind.SENTENCE, key, arguments.clone());
    }

    /// A text that is not translated: user input, an answer of another system, a stored value.
    public static Words verbatim(String text) {
        return new Words(Kind.VERBATIM, text);
    }

    /// A stored English sentence, with its key again if it is one of ours.
    public static Words recalled(String english) {
        return new Words(Kind.RECALLED, english);
    }

    /// A list: "reading groups, reading people".
    public static Words list(Collection<Words> all) {
        return joined(", ", all);
    }

    /// A list with a separator that is the same in every language.
    public static Words joined(String between, Collection<Words> all) {
        return new Words(Kind.LIST, between, all.toArray());
    }

    /// With an initial capital: messages of services begin in lower case, for the command line. User names such as `maren.holt`
    /// are unchanged.
    public static String capital(String words) {
        var first = words.split(" ", 2)[0];
        if (first.isEmpty() || !first.replaceFirst("[,;:]$", "").chars().allMatch(Character::isLetter)) {
            return words;
        }
        int end = words.offsetByCodePoints(0, 1);
        return words.substring(0, end).toUpperCase(Locale.ROOT) + words.substring(end);
    }

    /// With a capital and a full stop, for use within a text: "entra cannot be reached" becomes "Entra cannot be reached."
    public Words whole() {
        return new Words(Kind.WHOLE, "", this);
    }

    /// For logs, documents and storage.
    public String english() {
        return in(Language.ENGLISH);
    }

    /// For display in the language in use.
    public String shown() {
        return in(Language.inUse());
    }

    /// In another language: for other programs and readers of mail.
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

    /// Created when the first sentence is recalled.
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
