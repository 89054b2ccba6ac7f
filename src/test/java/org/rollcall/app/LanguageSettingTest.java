package org.rollcall.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.text.Language;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.WindowPreferences;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LanguageSettingTest extends UiTest {
    @TempDir
    Path home;

    @AfterEach
    void speakAsBefore() {
        Language.begin(null, Optional::empty);
    }

    @Test
    void whatTheWindowRemembersTheCommandLineFinds() {
        for (var chosen : Language.values()) {
            fx(() -> {
                var preferences = new WindowPreferences(home.resolve(WindowPreferences.FILE), Runnable::run);
                new LanguageSetting(preferences, () -> {}).choose(chosen);
                preferences.flush();
            });
            assertEquals(Optional.of(chosen), LanguageSetting.in(home));
        }
        fx(() -> {
            var preferences = new WindowPreferences(home.resolve(WindowPreferences.FILE), Runnable::run);
            var setting = new LanguageSetting(preferences, () -> {});
            assertEquals(Optional.of(Language.SPANISH), setting.chosen());
            setting.choose(null);
            preferences.flush();
        });
        assertEquals(Optional.empty(), LanguageSetting.in(home));
    }

    @Test
    void aFileThatSaysNothingOfUseIsNone() throws IOException {
        assertEquals(Optional.empty(), LanguageSetting.in(home.resolve("nowhere")));
        for (var content : new String[]{ "", "{", "{\"choices\":{\"language\":\"fr\"}}", "\uFFFF" }) {
            Files.writeString(home.resolve(WindowPreferences.FILE), content);
            assertEquals(Optional.empty(), LanguageSetting.in(home), content);
        }
    }
}
