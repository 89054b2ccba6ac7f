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

/// Intervals as people write and read them: `30m`, `6h`, `2d`, and combinations such as `1d12h`.
public final class Intervals {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,4})d)?\\s*(?:(\\d{1,5})h)?\\s*(?:(\\d{1,6})m)?");
    private static final Duration LONGEST = Duration.ofDays(365);

    private Intervals() {}

    /// @throws RollcallException INPUT: not an interval, shorter than five minutes or longer than a year
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.isBlank() || !matcher.matches()) {
            throw RollcallException.input("schedule.interval", "\"" + text + "\" is not an interval",
                    "write it as minutes, hours or days: 30m, 6h, 2d");
        }
        return check(Duration.ofDays(number(matcher.group(1))).plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3))));
    }

    /// @throws RollcallException INPUT: shorter than five minutes or longer than a year
    public static Duration check(Duration every) {
        if (every.compareTo(Schedule.SHORTEST) < 0) {
            throw RollcallException.input("schedule.interval", "an interval is at least 5 minutes",
                    "choose 5 minutes or more");
        }
        if (every.compareTo(LONGEST) > 0) {
            throw RollcallException.input("schedule.interval", "an interval is at most a year",
                    "choose 365 days or less");
        }
        return every;
    }

    /// @throws RollcallException INPUT: too short or too long, or it does not come round to its time of day
    public static Schedule.Timing check(Schedule.Timing timing) {
        return Timetable.check(timing);
    }

    /// A time of day such as `02:30`.
    ///
    /// @throws RollcallException INPUT: there is no such time
    public static LocalTime parseTime(String text) {
        if (!text.strip().matches("([01]?[0-9]|2[0-3]):[0-5][0-9]")) {
            throw RollcallException.input("schedule.time", "\"" + text + "\" is not a time of day",
                    "write it as hours and minutes from 00:00 to 23:59");
        }
        String[] parts = text.strip().split(":", -1);
        return LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /// When a schedule would run first that is made or changed now.
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
