package org.rollcall.ui.activity;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.ui.common.Messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Events of signing in, in words.
class EventWordsTest {
    private static AuditEvent event(String action, @Nullable String name, Map<String, @Nullable Object> detail) {
        return new AuditEvent(1, Instant.EPOCH, "maren.holt", "window, desk-7", action, "USER", "1", name, detail,
                null, "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = { "signin", "signin.refused", "signin.locked", "signin.break-glass", "signin.test",
            "signout",
            "session.lock", "session.unlock", "auth.enable", "auth.disable", "auth.limits", "auth.break-glass",
            "password.change" })
    void whatHappensAroundSigningInHasWords(String action) {
        String words = EventWords.what(event(action, "Maren Holt", Map.of())).word();
        assertFalse(words.equals(action) || words.isBlank(), words);
    }

    @ParameterizedTest
    @ValueSource(strings = { "backup.daily", "audit.anchor", "audit.anchor.failed", "support.file", "data.backup",
            "data.restore" })
    void whatProtectsHasWords(String action) {
        String words = EventWords.what(event(action, "", Map.of())).word();
        assertFalse(words.equals(action) || words.isBlank(), words);
    }

    @ParameterizedTest
    @ValueSource(strings = { "import.undo", "import.undo.failed", "import.apply", "import.apply.failed",
            "import.discard" })
    void whatIsDoneAboutRunsHasWords(String action) {
        String words = EventWords.what(event(action, "Contoso", Map.of())).word();
        assertFalse(words.equals(action) || words.isBlank(), words);
    }

    @Test
    void aUseOfTheBreakGlassAccountNamesIt() {
        AuditEvent used = event("signin.break-glass", "maren.holt", Map.of());
        assertEquals("Break-glass account used", EventWords.what(used).word());
        assertEquals("maren.holt", EventWords.about(used));
    }

    @ParameterizedTest
    @EnumSource(SignInOutcome.class)
    void everyRefusalSaysWhy(SignInOutcome outcome) {
        if (outcome != SignInOutcome.ADMITTED) {
            String key = "activity.because." + outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            assertTrue(Messages.has(key), key);
            assertEquals(Messages.get(key),
                    EventWords.about(event("signin.refused", "Ada", Map.of("because", outcome.name()))));
        }
    }

    @ParameterizedTest
    @CsvSource({ "PASSWORD, Wrong password", "DISABLED, Account deactivated", "SOMETHING_NEW, Something new" })
    void wordsOfOtherVersionsAreUnderstood(String because, String words) {
        assertEquals(words, EventWords.about(event("signin.refused", "Ada", Map.of("because", because))));
    }

    @Test
    void everyWayHasItsOwnWords() {
        Set<String> words = new HashSet<>();
        for (SignInMode mode : SignInMode.values()) {
            words.add(EventWords.about(event("signin", "Ada", Map.of("way", mode.word()))));
        }
        assertEquals(SignInMode.values().length, words.size());
        assertTrue(words.containsAll(List.of("Local account", "Active Directory", "Entra, in the browser")),
                words.toString());
    }
}
