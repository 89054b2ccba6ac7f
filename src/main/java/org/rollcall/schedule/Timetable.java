package org.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Timing;
import org.rollcall.text.Words;

/// When a schedule is due: a pure function of its timing, a moment and a time zone.
///
/// A time of day is the wall clock's. Where the clock is put forward over it, the run is due as much later as the clock was
/// put forward; where the clock shows it twice, at the first of them. Intervals shorter than a day pass in elapsed time from
/// the day's first run, so that no hour without or with a change of the clock has two runs or none.
final class Timetable {
    private static final Duration DAY = Duration.ofDays(1);
    /// A run that starts later than this was missed, regardless of its interval.
    private static final Duration LATE = Duration.ofMinutes(15);
    /// Twelve doublings of the shortest interval exceed a day.
    private static final int MOST_DOUBLED = 12;

    private final Timing timing;
    private final ZoneId zone;

    Timetable(Timing timing, ZoneId zone) {
        this.timing = timing;
        this.zone = zone;
    }

    /// @throws RollcallException INPUT: interval too short or too long, or one that does not fit its time of day
    static Timing check(Timing timing) {
        Duration every = Intervals.check(timing.every());
        if (!comesRound(timing)) {
            throw RollcallException.input("schedule.at", Words.of("schedule.at", Intervals.format(every)),
                    Words.of("schedule.at.remedy"))
                    .onCommandLine(Words.of("schedule.at.remedy.cli"));
        }
        return timing;
    }

    /// Whether the interval fits the time of day; any interval fits if there is none.
    static boolean comesRound(Timing timing) {
        long every = Math.max(1, timing.every().toSeconds());
        long day = DAY.toSeconds();
        return timing.at() == null || (every >= day ? every % day == 0 : day % every == 0);
    }

    /// When a schedule that is created, changed or resumed now is due first.
    Instant first(Instant now) {
        LocalTime at = timing.at();
        return at == null ? now.plus(timing.every()) : onTheDial(at, now, now);
    }

    /// When a schedule is due after a run.
    ///
    /// @param planned when that run was due
    /// @param now     after `planned` or, if the clock was put back, before it
    Instant after(Instant planned, Instant now) {
        LocalTime at = timing.at();
        if (at != null) {
            return onTheDial(at, later(planned, now), planned);
        }
        Instant next = planned.plus(timing.every());
        boolean behind = wasMissed(planned, now) || planned.isAfter(now);
        return behind || !next.isAfter(now) ? now.plus(timing.every()) : next;
    }

    /// When a schedule is due after a missed run that was skipped: at the next of its regular times.
    Instant afterMissed(Instant planned, Instant now) {
        if (timing.at() != null || planned.isAfter(now)) {
            return after(planned, now);
        }
        long passed = Duration.between(planned, now).dividedBy(timing.every()) + 1;
        return planned.plus(timing.every().multipliedBy(passed));
    }

    /// When a schedule is due after a failure: the interval doubles with each failure, up to a day; longer intervals stay.
    ///
    /// @param failures consecutive failures, at least 1
    Instant afterFailure(Instant planned, Instant now, int failures) {
        LocalTime at = timing.at();
        Duration wait = backOff(failures);
        // A daylight saving change of an hour must not skip a day.
        return at == null
                ? now.plus(wait)
                : onTheDial(at, later(later(planned, now), planned.plus(wait).minus(wait.dividedBy(8))), planned);
    }

    /// The backoff after this many consecutive failures.
    Duration backOff(int failures) {
        Duration every = timing.every();
        if (every.compareTo(DAY) >= 0) {
            return every;
        }
        Duration doubled = every.multipliedBy(1L << Math.min(failures, MOST_DOUBLED));
        return doubled.compareTo(DAY) > 0 ? DAY : doubled;
    }

    /// Whether a run that was due at one time and starts at another was missed, because no process ran schedules.
    boolean wasMissed(Instant planned, Instant now) {
        Duration grace = timing.every().compareTo(LATE) < 0 ? timing.every() : LATE;
        return Duration.between(planned, now).compareTo(grace) >= 0;
    }

    /// Whether a due time is too far in the future, so that the clock must have been set back since it was planned.
    boolean isTooFar(Instant planned, Instant now, int failures) {
        Duration longest = failures > 0 ? backOff(failures) : timing.every();
        if (timing.at() != null) {
            Duration dial = timing.every().compareTo(DAY) < 0 ? DAY : timing.every();
            longest = longest.plus(dial).plus(Duration.ofHours(3));
        }
        return planned.isAfter(now.plus(longest).plus(Duration.ofMinutes(10)));
    }

    /// @param after   the run is later than this
    /// @param planned the run before; several days are counted from its date
    private Instant onTheDial(LocalTime at, Instant after, Instant planned) {
        if (timing.every().compareTo(DAY) < 0) {
            return withinTheDay(at, after);
        }
        long days = timing.every().toDays();
        boolean first = planned.equals(after);
        LocalDate date = planned.atZone(zone).toLocalDate();
        if (!first) {
            date = date.plusDays(days);
        }
        Instant next = moment(date, at);
        while (!next.isAfter(after)) {
            date = date.plusDays(first ? 1 : days);
            next = moment(date, at);
        }
        return next;
    }

    private Instant withinTheDay(LocalTime at, Instant after) {
        LocalDate date = after.atZone(zone).toLocalDate().minusDays(1);
        while (true) {
            Instant start = moment(date, at);
            Instant end = moment(date.plusDays(1), at);
            // On a day of 25 hours the last run keeps away from the next day's first.
            Instant last = end.minus(timing.every().dividedBy(2));
            long passed = after.isBefore(start) ? 0 : Duration.between(start, after).dividedBy(timing.every()) + 1;
            Instant next = start.plus(timing.every().multipliedBy(passed));
            if (next.isBefore(last) && next.isAfter(after)) {
                return next;
            }
            date = date.plusDays(1);
        }
    }

    private Instant moment(LocalDate date, LocalTime at) {
        return ZonedDateTime.of(date, at, zone).toInstant();
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /// The same for a schedule.
    static Timetable of(Schedule schedule, ZoneId zone) {
        return new Timetable(schedule.timing(), zone);
    }
}
