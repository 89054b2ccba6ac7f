package org.rollcall.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// Words and figures as people read them.
final class Text {
    private Text() {}

    /// On one line and without control characters: names come from elsewhere and must not steer a terminal.
    static String clean(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        var result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean steers = type == Character.CONTROL || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
            result.appendCodePoint(steers ? ' ' : point);
        });
        return result.toString();
    }

    /// "2,500"
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// "1 person", "2,500 people"
    static String count(long value, String one, String many) {
        return number(value) + " " + (value == 1 ? one : many);
    }

    static String people(long value) {
        return count(value, "person", "people");
    }

    /// Whole seconds, UTC: "2026-11-24 09:30:00Z".
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }
}
