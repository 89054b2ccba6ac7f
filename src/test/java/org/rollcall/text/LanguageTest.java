package org.rollcall.text;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Isolated("the language is that of the process")
class LanguageTest {
    private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    private final Locale format = Locale.getDefault(Locale.Category.FORMAT);

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(Locale.Category.DISPLAY, display);
        Locale.setDefault(Locale.Category.FORMAT, format);
        Language.begin(null, Optional::empty);
    }

    @Test
    void theCallComesBeforeTheSettingAndTheSettingBeforeTheSystem() {
        Locale.setDefault(Locale.Category.DISPLAY, Locale.of("es", "MX"));
        assertEquals(Language.SPANISH, Language.inUse());
        Language.begin(null, () -> Optional.of(Language.GERMAN));
        assertEquals(Language.GERMAN, Language.inUse());
        Language.begin(Language.ENGLISH, () -> Optional.of(Language.GERMAN));
        assertEquals(Language.ENGLISH, Language.inUse());
        Language.setting(() -> Optional.of(Language.SPANISH));
        assertEquals(Language.ENGLISH, Language.inUse());
        Language.use(Language.GERMAN);
        assertEquals(Language.GERMAN, Language.inUse(), "whatever the call asked for");
        Language.use(null);
        assertEquals(Language.SPANISH, Language.inUse());
    }

    @Test
    void aSystemThatSpeaksNoneOfOursGetsEnglish() {
        for (var system : new Locale[]{ Locale.ROOT, Locale.JAPAN, Locale.of("und"), Locale.forLanguageTag("eo") }) {
            Locale.setDefault(Locale.Category.DISPLAY, system);
            assertEquals(Language.ENGLISH, Language.inUse(), system.toString());
        }
    }

    @Test
    void theSettingIsLookedUpOnceAndOnlyIfThereIsNeed() {
        var looked = new AtomicInteger();
        Language.begin(null, () -> {
            looked.incrementAndGet();
            return Optional.of(Language.GERMAN);
        });
        assertEquals(0, looked.get());
        assertEquals(Language.GERMAN, Language.inUse());
        assertEquals(Language.GERMAN, Language.inUse());
        assertEquals(1, looked.get());
    }

    @Test
    void numbersAndDatesAreWrittenAsTheLanguageHasThem() {
        var moment = LocalDateTime.of(2026, 11, 20, 14, 30, 5);
        Language.use(Language.ENGLISH);
        assertEquals("1,234,567 and -1,000 and 999",
                Formats.number(1_234_567) + " and " + Formats.number(-1_000) + " and " + Formats.number(999));
        assertEquals("20 Nov 2026, 14:30:05", Formats.exact(moment));
        Language.use(Language.GERMAN);
        assertEquals("1.234.567", Formats.number(1_234_567));
        assertEquals("20. Nov. 2026, 14:30:05", Formats.exact(moment));
        assertEquals("20. Nov., 14:30", Formats.dayAndTime(moment));
        assertEquals(moment.toLocalDate(), Formats.dateForm().parse("20. Nov. 2026", java.time.LocalDate::from));
        Language.use(Language.SPANISH);
        assertEquals("1.234.567", Formats.number(1_234_567));
        assertEquals("20 nov 2026", Formats.date(OffsetDateTime.of(moment, ZoneOffset.UTC)));
    }

    @Test
    void aRegionOfTheSystemKeepsItsOwnFormats() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.of("de", "CH"));
        Language.use(Language.GERMAN);
        assertEquals("1’234’567", Formats.number(1_234_567));
        Language.use(Language.ENGLISH);
        assertEquals("1,234,567", Formats.number(1_234_567));
    }

    @Test
    void whatALanguageLacksIsSaidInEnglish() {
        var bundles = new Bundles("/org/rollcall/text/test/");
        assertEquals("2,500 people’s names", bundles.get(Language.ENGLISH, "some.both", 2_500));
        assertEquals("Die Namen von 2.500 Personen", bundles.get(Language.GERMAN, "some.both", 2_500));
        assertEquals("only here", bundles.get(Language.GERMAN, "some.english"));
        assertEquals("only here", bundles.get(Language.SPANISH, "some.english"));
        assertThrows(IllegalArgumentException.class, () -> bundles.get(Language.GERMAN, "some.nothing"));
        assertThrows(IllegalArgumentException.class, () -> bundles.get(Language.GERMAN, "other.english"));
    }
}
