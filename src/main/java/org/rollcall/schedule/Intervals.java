package org.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.text.Words;

/// Parses and formats intervals: `30m`, `6h`, `2d`, and combinations such as `1d12h`.
public final class Intervals {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,4})d)?\\s*(?:(\\d{1,5})h)?\\s*(?:(\\d{1,6})m)?");
    private static final Duration LONGEST = Duration.ofDays(365);

    private Intervals() {}

    /// @throws RollcallException INPUT: not an interval, shorter than five minutes or longer than a year
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.isBlank() || !matcher.matches()) {
            throw RollcallException.input("schedule.interval", Words.of("schedule.interval", text),
                    Words.of("schedule.interval.remedy"));
        }
        return check(Duration.ofDays(number(matcher.group(1))).plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3))));
    }

    /// @throws RollcallException INPUT: shorter than five minutes or longer than a year
    public static Duration check(Duration every) {
        if (every.compareTo(Schedule.SHORTEST) < 0) {
            throw RollcallException.input("schedule.interval", Words.of("schedule.interval.intervals"),
                    Words.of("schedule.interval.intervals.remedy"));
        }
        if (every.compareTo(LONGEST) > 0) {
            throw RollcallException.input("schedule.interval", Words.of("schedule.interval.intervals2"),
                    Words.of("schedule.interval.intervals2.remedy"));
        }
        return every;
    }

    /// @throws RollcallException INPUT: too short or too long, or it does not fit its time of day
    public static Schedule.Timing check(Schedule.Timing timing) {
        return Timetable.check(timing);
    }

    /// A time of day such as `02:30`.
    ///
    /// @throws RollcallException INPUT: invalid
    public static LocalTime parseTime(String text) {
        if (!text.strip().matches("([01]?[0-9]|2[0-3]):[0-5][0-9]")) {
            throw RollcallException.input("schedule.time", Words.of("schedule.time", text),
                    Words.of("schedule.time.remedy"));
        }
        String[] parts = text.strip().split(":", -1);
        return LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /// The first due time of a schedule that is created or changed now.
    public static Instant next(Schedule.Timing timing, Instant now, ZoneId zone) {
        return new Timetable(timing, zone).first(now);
    }

    /// The form that [#parse] reads, in the largest units that fit.
    public static String format(Duration every) {
        var text = new StringBuilder();
        if (every.toDaysPart() > 0) {
            text.append(every.toDaysPart()).append('d');
        }
        if (every.toHoursPart() > 0) {
            text.append(every.toHoursPart()).append('h');
        }
        if (every.toMinutesPart() > 0 || text.isEmpty()) {
            text.append(every.toMinutesPart()).append('m');
        }
        return text.toString();
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
