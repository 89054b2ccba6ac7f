package org.rollcall.text;

import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What is stored in English is read in the language in use.
@Isolated("the language is that of the process")
class RecallTest {
    @BeforeEach
    void speakGerman() {
        Language.use(Language.GERMAN);
    }

    @AfterEach
    void speakAsBefore() {
        Language.begin(null, Optional::empty);
    }

    @Test
    void sentencesAreFoundWithTheirArguments() {
        assertEquals("Alles im Umfang wurde gelesen", shown("Everything in scope was read"));
        assertEquals("das Zertifikat von login.example stammt von einer unbekannten Zertifizierungsstelle",
                shown("the certificate of login.example comes from an unknown authority"));
        assertEquals("es gibt keinen Lauf 1234", shown("there is no run 1234"), "ids are not grouped");
        assertEquals("Eine Rollenregel entscheidet", shown("A role rule decides"));
    }

    @Test
    void sentencesWithinSentencesAreFoundToo() {
        assertEquals("das Clientgeheimnis ist abgelaufen (AADSTS7000222)",
                shown("the client secret has expired (AADSTS7000222)"));
        assertEquals("Entfernungen: 12 von 40 Personen; die Grenze dieses Laufs ist 25%",
                shown("Removals: 12 of 40 people; the limit of this run is 25%"));
        assertEquals("Entfernungen: 12 von 40 Personen; 10% (mindestens 10) stoppen den Lauf",
                shown("Removals: 12 of 40 people; 10% (at least 10) stop the run"));
        assertEquals("Verlorene Rollen: 0 von 40 Personen; 10% (mindestens 10) würden den Lauf stoppen",
                shown("Lost roles: 0 of 40 people; 10% (at least 10) would stop the run"));
    }

    @Test
    void theFirstLetterMayBeACapitalOrNot() {
        assertEquals("Alles im Umfang wurde gelesen", shown("everything in scope was read"));
    }

    @Test
    void whatIsNoSentenceOfOursStaysAsItCame() {
        assertEquals("HTTP 418 from a tea pot", shown("HTTP 418 from a tea pot"));
        assertEquals("", shown(""));
        assertEquals("Ann Lee", shown("Ann Lee"));
    }

    @Test
    void inEnglishNothingIsLookedFor() {
        var words = Words.recalled("Everything in scope was read");
        assertEquals("Everything in scope was read", words.english());
        Language.use(Language.ENGLISH);
        assertEquals("Everything in scope was read", words.shown());
    }

    private static String shown(String english) {
        return Words.recalled(english).shown();
    }
}
