package org.rollcall.ui.common;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Formats;

/// Formats times and durations, in the clock's zone.
public final class Moments {
    private Moments() {}

    /// "Today, 14:30", "20 Nov, 02:00", "20 Nov 2024"; empty for none.
    public static String of(@Nullable Instant moment, Clock clock) {
        if (moment == null) {
            return "";
        }
        var at = moment.atZone(clock.getZone());
        var now = clock.instant().atZone(clock.getZone());
        if (at.toLocalDate().equals(now.toLocalDate())) {
            return Messages.get("common.moment.today", Formats.time(at));
        }
        return at.getYear() == now.getYear() ? Formats.dayAndTime(at) : Formats.date(at);
    }

    /// Short, after a word: "14:30" today, "20 Nov, 02:00", "20 Nov 2024".
    public static String brief(Instant moment, Clock clock) {
        var at = moment.atZone(clock.getZone());
        return at.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), clock.getZone()))
                ? Formats.time(at)
                : of(moment, clock);
    }

    /// Within a sentence: "today at 14:30", "on 20 Nov at 02:00", "on 20 Nov 2024".
    public static String within(Instant moment, Clock clock) {
        var at = moment.atZone(clock.getZone());
        var now = clock.instant().atZone(clock.getZone());
        if (at.toLocalDate().equals(now.toLocalDate())) {
            return Messages.get("common.moment.today.at", Formats.time(at));
        }
        return at.getYear() == now.getYear()
                ? Messages.get("common.moment.on.at", Formats.day(at), Formats.time(at))
                : Messages.get("common.moment.on", Formats.date(at));
    }

    /// "21 Nov 2026, 08:30:02".
    public static String exact(Instant moment, Clock clock) {
        return Formats.exact(moment.atZone(clock.getZone()));
    }

    /// "less than a second", "6 seconds", "2 hours", "1 day 12 hours": the two largest units.
    public static String length(Duration length) {
        var words = new StringBuilder();
        int units = part(words, 0, length.toDaysPart(), "common.length.days");
        units = part(words, units, length.toHoursPart(), "common.length.hours");
        units = part(words, units, length.toMinutesPart(), "common.length.minutes");
        if (units == 0) {
            part(words, units, length.toSecondsPart(), "common.length.seconds");
        }
        return words.isEmpty() ? Messages.get("common.length.none") : words.toString();
    }

    private static int part(StringBuilder words, int units, long amount, String key) {
        if (amount == 0 || units == 2) {
            return units;
        }
        words.append(words.isEmpty() ? "" : " ").append(Messages.get(key, amount));
        return units + 1;
    }
}
