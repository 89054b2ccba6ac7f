package org.rollcall.domain;

import java.text.Bidi;
import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DisplayTextTest {
    private static final String HEBREW = "\u05d0\u05d1\u05d2";

    @Test
    void ordinaryNamesStayAsTheyAre() {
        for (String name : new String[]{ "", "boss", "Maren Holt", "Zoë Ångström", "Großmann", "佐藤 花子", HEBREW, "·—•",
                "José\u00a0María" }) {
            assertEquals(name, DisplayText.of(name));
            assertEquals(name, DisplayText.text(name));
        }
        String plain = "Maren Holt (Sales)";
        assertSame(plain, DisplayText.of(plain));
        assertEquals("", DisplayText.of(null));
    }

    @Test
    void whatDoesNotShowIsMarked() {
        assertEquals("bo␣ss", DisplayText.of("bo\u200bss"));
        assertEquals("bo␣ss", DisplayText.of("bo\u00adss"));
        assertEquals("␣gnp.exe", DisplayText.of("\u202egnp.exe"));
        assertEquals("boss␣", DisplayText.of("boss\udb40\udc61\udb40\udc64\udb40\udc6d"), "one mark for a row of tags");
        assertEquals("a␣b␣c", DisplayText.of("a\u200b\u200c\u200db\ufeffc"));
        assertEquals("boss␣", DisplayText.of("boss\ufe0f"), "a variation of nothing");
        assertEquals("␣", DisplayText.of("\u3164"), "a name of a filler");
        assertEquals("a␣[31mb", DisplayText.of("a\u001b[31mb"));
        assertEquals("bo␣s␣s", DisplayText.of("bo\u2068s\u2069s"));
    }

    @Test
    void noFormatCharacterStaysHidden() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) == Character.FORMAT).forEach(point -> {
                    String name = "bo" + Character.toString(point) + "ss";
                    assertEquals("bo␣ss", DisplayText.of(name), Integer.toHexString(point));
                    assertEquals("bo␣ss", DisplayText.text(name), Integer.toHexString(point));
                    assertEquals("bo␣ss", DisplayText.within(name), Integer.toHexString(point));
                });
    }

    @Test
    void emojiStayWhole() {
        for (String emoji : new String[]{ "👩‍💻", "👩🏽‍🚀", "❤️", "🏳️‍🌈", "1️⃣", "葛\udb40\udd00" }) {
            assertEquals(emoji, DisplayText.of(emoji));
        }
        assertEquals("👩␣", DisplayText.of("👩\u200d"), "joined with nothing");
    }

    @Test
    void blanksAroundGoAndLinesBecomeOne() {
        assertEquals("Ann Lee", DisplayText.of("\t  Ann\nLee \u00a0"));
        assertEquals("Ann\u00a0Lee", DisplayText.of("\u3000Ann\u00a0Lee"));
        assertEquals("a b", DisplayText.of("a\u2028b"));
    }

    @Test
    void halvesOfPairsAreUnreadable() {
        assertEquals("Smile \ufffd", DisplayText.of("Smile \ud83d"));
        assertEquals("\ufffdx", DisplayText.of("\ude00x"));
        assertEquals("😀", DisplayText.of("😀"));
    }

    @Test
    void whatRunsFromTheRightDoesNotMoveItsNeighbours() {
        String words = "Remove " + DisplayText.within(HEBREW) + " (2) now";
        assertEquals(words, DisplayText.text(words), "ours stays");
        assertEquals(words, DisplayText.within(words), "and is kept apart once");
        var order = new Bidi(words, Bidi.DIRECTION_LEFT_TO_RIGHT);
        int digit = words.indexOf('2');
        assertEquals(0, order.getLevelAt(digit), "the number belongs to the sentence");
        assertTrue(new Bidi("Remove " + HEBREW + " (2) now", Bidi.DIRECTION_LEFT_TO_RIGHT).getLevelAt(8 + 3) > 0,
                "which it would not by itself");
        assertEquals("Ann", DisplayText.within("Ann"), "nothing to keep apart");
        assertFalse(DisplayText.of(words).equals(words), "a value that brings its own embedding is marked");
        assertEquals("x ␣ab␣", DisplayText.text("x \u202bab\u202c\u200e"), "an embedding that hides in Latin letters");
        assertTrue(Arrays.stream(new String[]{ "\u202e" + HEBREW, HEBREW + "\u202e" }).map(DisplayText::within)
                .allMatch(each -> each.indexOf('\u202e') < 0 && each.indexOf('␣') >= 0));
    }

    @Test
    void namesAreSortedAsTheyAreShown() {
        assertEquals(SearchKeys.sort("Ann Lee"), SearchKeys.sort(" \t\u00a0Ann Lee "));
    }

    @Test
    void addressesAreNamedWithoutWhoSignsInThere() {
        assertEquals("https://h.example/x", DisplayText.withoutUser("https://ann:p@ss@h.example/x"));
        assertEquals("smtp://mail.example:25", DisplayText.withoutUser(" smtp://ann:hush@mail.example:25"));
        assertEquals("mail.example", DisplayText.withoutUser("ann:hush@mail.example"));
        assertEquals("https://h.example/a@b", DisplayText.withoutUser("https://h.example/a@b"));
        assertEquals("", DisplayText.withoutUser(""));
    }
}
