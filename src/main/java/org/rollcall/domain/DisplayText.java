package org.rollcall.domain;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/// Makes external names and values safe for display: nothing in them hides, reverses or shifts surrounding text. The data
/// itself is unchanged; applies to the window and the terminal.
public final class DisplayText {
    /// Replaces invisible characters. An open box is read as a blank, differs from the middle dots and dashes of real names,
    /// and is in the window's two fonts and in those of terminals, which lack a white rectangle or a dotted circle.
    public static final char MARK = '\u2423';

    private static final char UNREADABLE = '\ufffd';
    private static final int JOINER = 0x200d;
    private static final int KEYCAP = 0x20e3;

    /// Blank or without a glyph, though not of the type Cf: grapheme joiners, Hangul fillers, Khmer and Mongolian signs, the
    /// empty Braille pattern. Source: Unicode, DerivedCoreProperties, `Default_Ignorable_Code_Point`.
    private static final String UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

    /// JavaFX 26 draws FSI and PDI as boxes if the font lacks them, as ours do, but hides the older embeddings. An embedding
    /// followed by a left-to-right mark isolates a name in the same way, since the window's own text is left to right. Source:
    /// Unicode Standard Annex 9, 2.2 and 2.6.
    private static final char FROM_RIGHT = '\u202b';
    private static final char FROM_LEFT = '\u202a';
    private static final String APART_ENDS = "\u202c\u200e";
    private static final Pattern APART = Pattern.compile("[\u202a\u202b]([^\u202a-\u202e\u2066-\u2069]*)\u202c\u200e");

    private DisplayText() {}

    /// A single value: on one line, without surrounding blanks, invisible characters shown as [#MARK] (once for a sequence),
    /// unpaired surrogates as U+FFFD. Joiners of emoji stay.
    public static String of(@Nullable String value) {
        if (value == null) {
            return "";
        }
        return isPlain(value) ? value : strip(line(value));
    }

    /// Our own text that may contain values isolated by [#within]; otherwise as [#of].
    public static String text(@Nullable String words) {
        if (words == null || isPlain(words)) {
            return words == null ? "" : words;
        }
        var shown = new StringBuilder(words.length());
        var apart = APART.matcher(words);
        int from = 0;
        while (apart.find()) {
            String inside = String.valueOf(apart.group(1));
            if (runsFromRight(inside)) {
                shown.append(line(words.substring(from, apart.start())));
                shown.append(words.charAt(apart.start())).append(of(inside)).append(APART_ENDS);
                from = apart.end();
            }
        }
        return strip(shown.append(line(words.substring(from))).toString());
    }

    /// An address without the user name and password that it may contain, so that an error can name it.
    public static String withoutUser(String address) {
        return address.strip().replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)?[^/]*@", "$1");
    }

    /// A value within other text: as [#text], and isolated if it runs from right to left.
    public static String within(String value) {
        String shown = text(value);
        if (isPlain(shown) || !runsFromRight(shown) || APART.matcher(shown).find()) {
            return shown;
        }
        return (startsFromRight(shown) ? FROM_RIGHT : FROM_LEFT) + shown + APART_ENDS;
    }

    /// As [#of], with surrounding blanks: lines of a terminal may be indented.
    public static String line(String value) {
        var shown = new StringBuilder(value.length());
        int before = 0;
        for (int at = 0; at < value.length();) {
            int point = value.codePointAt(at);
            int next = at + Character.charCount(point);
            int after = next < value.length() ? value.codePointAt(next) : 0;
            if (Character.isWhitespace(point)) {
                shown.append(' ');
            } else if (Character.getType(point) == Character.SURROGATE) {
                shown.append(UNREADABLE);
            } else if (!isUnseen(point) || belongs(point, before, after)) {
                shown.appendCodePoint(point);
            } else if (shown.isEmpty() || shown.charAt(shown.length() - 1) != MARK) {
                shown.append(MARK);
            }
            before = point;
            at = next;
        }
        return shown.toString();
    }

    private static boolean isUnseen(int point) {
        int type = Character.getType(point);
        return type == Character.FORMAT || type == Character.CONTROL || isVariation(point)
                || UNSEEN.indexOf(point) >= 0;
    }

    private static boolean isVariation(int point) {
        return point >= 0xfe00 && point <= 0xfe0f || point >= 0xe0100 && point <= 0xe01ef;
    }

    /// Whether an invisible character changes the appearance of its neighbors.
    private static boolean belongs(int point, int before, int after) {
        if (point == JOINER) {
            return (isPicture(before) || isVariation(before) || Character.isEmojiModifier(before)) && isPicture(after);
        }
        return isVariation(point)
                && (isPicture(before) || Character.isIdeographic(before)
                        || Character.isEmoji(before) && after == KEYCAP);
    }

    private static boolean isPicture(int point) {
        return Character.isExtendedPictographic(point);
    }

    private static boolean runsFromRight(String text) {
        return text.codePoints().anyMatch(DisplayText::isFromRight);
    }

    private static boolean startsFromRight(String text) {
        return text.codePoints().filter(point -> isFromRight(point)
                || Character.getDirectionality(point) == Character.DIRECTIONALITY_LEFT_TO_RIGHT)
                .mapToObj(DisplayText::isFromRight).findFirst().orElse(false);
    }

    private static boolean isFromRight(int point) {
        byte direction = Character.getDirectionality(point);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter < ' ' || letter > '~') {
                return false;
            }
        }
        return value.isEmpty() || value.charAt(0) != ' ' && value.charAt(value.length() - 1) != ' ';
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isSpaceChar(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isSpaceChar(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
