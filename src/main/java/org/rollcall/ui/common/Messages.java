package org.rollcall.ui.common;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Bundles;
import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// The texts of the window in the language in use: one file for each feature and language ([Bundles]); keys start with the
/// feature's name. Arguments as in [java.text.MessageFormat]: `{0}`, `{0,number}`, `{0,choice,...}`; numbers get thousands
/// separators, and names are isolated from the text around them.
public final class Messages {
    /// The features with a file `org/rollcall/ui/text/FEATURE.properties`.
    public static final List<String> FEATURES = List.of("common", "shell", "wizard", "welcome", "signin", "overview",
            "importing", "users", "groups", "roles", "schedules", "activity", "authentication", "settings", "profile",
            "guide");

    private static final Bundles BUNDLES = new Bundles("/org/rollcall/ui/text/");

    private Messages() {}

    /// @throws IllegalArgumentException if there is no such key; a test checks the keys in the sources
    public static String get(String key, @Nullable Object... arguments) {
        var shown = arguments.clone();
        Arrays.setAll(shown, i -> arguments[i] instanceof String name ? DisplayText.within(name) : arguments[i]);
        return BUNDLES.get(Language.inUse(), key, shown);
    }

    /// An error and its remedy as two sentences: "The disk is full. Make room."
    public static String trouble(RollcallException trouble) {
        return get("common.failed.sentence", capital(trouble.words().shown()), capital(trouble.remedyWords().shown()));
    }

    /// As [Words#capital].
    public static String capital(String words) {
        return Words.capital(words);
    }

    /// A stored English sentence of a service, translated: a progress, a reason, the result of a guard.
    public static String recalled(String english) {
        return Words.recalled(english).shown();
    }

    /// A list of names: "Ann Lee, Bo Chan".
    public static String list(Collection<String> names) {
        return names.stream().map(DisplayText::within).collect(Collectors.joining(", "));
    }

    public static boolean has(String key) {
        return BUNDLES.has(key);
    }
}
