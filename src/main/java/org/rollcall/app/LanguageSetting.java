package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Language;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.settings.SettingsServices;

/// The language that is set in Settings, which the command line follows too. It is remembered with what else the window looks
/// like.
final class LanguageSetting implements SettingsServices.LanguageChoice {
    private static final String NAME = "language";
    /// Read by itself: the command line has no need of the rest, nor of what reads it.
    private static final Pattern IN_FILE = Pattern.compile("\"" + NAME + "\"\\s*:\\s*\"([a-z]{2})\"");

    private final WindowPreferences preferences;
    private final Runnable changed;

    /// @param changed makes anew what has words
    LanguageSetting(WindowPreferences preferences, Runnable changed) {
        this.preferences = preferences;
        this.changed = changed;
    }

    /// What is set in that data folder; empty: the system's, or there is no such folder.
    static Optional<Language> in(Path home) {
        try {
            var file = home.resolve(WindowPreferences.FILE);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            var found = IN_FILE.matcher(Files.readString(file));
            return found.find() ? Language.of(String.valueOf(found.group(1))) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // Whatever is wrong with the folder is told by what opens it.
        }
    }

    @Override
    public Optional<Language> chosen() {
        return Language.of(preferences.choice(NAME, ""));
    }

    @Override
    public void choose(@Nullable Language language) {
        preferences.choose(NAME, language == null ? "" : language.tag());
        Language.use(language);
        changed.run();
    }
}
