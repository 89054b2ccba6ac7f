package org.rollcall.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.text.Formats;
import org.rollcall.text.Words;

/// Words and figures as people read them.
final class Text {
    private Text() {}

    /// As it may be drawn: names come from elsewhere and must neither steer a terminal nor look like others.
    static String clean(@Nullable Object value) {
        return value == null ? "" : DisplayText.of(value.toString());
    }

    /// What a service said in English, or the database kept: a progress, a reason, what a guard found.
    static String recalled(String english) {
        return Words.recalled(english).shown();
    }

    /// A line with names in it, kept where it begins.
    static String line(String words) {
        return DisplayText.line(words);
    }

    /// "2,500"
    static String number(long value) {
        return Formats.number(value);
    }

    /// "1 event", "2,500 events"
    ///
    /// @param what one of the keys `cli.count.WHAT`
    static String count(long value, String what) {
        return Words.of("cli.count." + what, value).shown();
    }

    static String people(long value) {
        return count(value, "person");
    }

    /// Whole seconds, UTC: "2026-11-24 09:30:00Z".
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    }
}
