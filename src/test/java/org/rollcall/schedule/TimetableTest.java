package org.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// When schedules are due: with and without a time of day, over changes of the clock, after failures and missed runs.
class TimetableTest {
    /// Puts the clock forward on 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00.
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static Timetable table(Duration every, @Nullable String at) {
        return new Timetable(new Timing(every, at == null ? null : LocalTime.parse(at), Schedule.Missed.RUN), BERLIN);
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    private static List<String> runs(Timetable table, String from, int count) {
        var found = new ArrayList<String>();
        Instant next = table.first(berlin(from));
        for (int i = 0; i < count; i++) {
            found.add(next.atZone(BERLIN).toLocalDateTime().toString());
            next = table.after(next, next.plusSeconds(20));
        }
        return found;
    }

    @Test
    void withoutATimeOfDayEveryRunIsOneIntervalAfterTheOneBefore() {
        Timetable table = table(HOUR, null);
        Instant start = berlin("2026-03-10T10:07");
        assertEquals(start.plus(HOUR), table.first(start));
        assertEquals(start.plus(HOUR), table.after(start, start.plusSeconds(40)), "how late it began moves nothing");
        assertEquals(start.plus(Duration.ofHours(8)), table.after(start, start.plus(Duration.ofHours(7))));
    }

    @Test
    void aTimeOfDayIsTheWallClocks() {
        assertEquals(List.of("2026-03-11T02:30", "2026-03-12T02:30", "2026-03-13T02:30"),
                runs(table(DAY, "02:30"), "2026-03-10T10:07", 3));
        assertEquals(List.of("2026-03-10T22:00", "2026-03-12T22:00", "2026-03-14T22:00"),
                runs(table(Duration.ofDays(2), "22:00"), "2026-03-10T10:07", 3));
        assertEquals(List.of("2026-03-10T14:00", "2026-03-10T20:00", "2026-03-11T02:00"),
                runs(table(Duration.ofHours(6), "02:00"), "2026-03-10T10:07", 3));
    }

    @Test
    void aTimeThatTheClockLeavesOutIsMadeUpForAndOneThatItShowsTwiceCountsOnce() {
        assertEquals(List.of("2026-03-28T02:30", "2026-03-29T03:30", "2026-03-30T02:30"),
                runs(table(DAY, "02:30"), "2026-03-27T10:00", 3));
        assertEquals(List.of("2026-10-24T02:30", "2026-10-25T02:30", "2026-10-26T02:30"),
                runs(table(DAY, "02:30"), "2026-10-23T10:00", 3));
        Timetable table = table(DAY, "02:30");
        Instant twice = berlin("2026-10-25T02:30");
        assertEquals(berlin("2026-10-26T02:30"), table.after(twice, twice.plus(HOUR)), "not again an hour later");
    }

    @Test
    void shorterIntervalsPassInElapsedTimeOverChangesOfTheClock() {
        for (String day : List.of("2026-03-28T12:00", "2026-10-24T12:00")) {
            Timetable table = table(HOUR, "00:00");
            Instant next = table.first(berlin(day));
            for (int i = 0; i < 40; i++) {
                Instant after = table.after(next, next.plusSeconds(5));
                assertEquals(HOUR, Duration.between(next, after));
                next = after;
            }
        }
    }

    @Test
    void afterFailuresItWaitsTwiceAsLongEachTimeAndADayAtMost() {
        Timetable table = table(HOUR, null);
        Instant now = berlin("2026-05-05T12:00");
        long[] hours = { 2, 4, 8, 16, 24, 24 };
        for (int failures = 1; failures <= hours.length; failures++) {
            assertEquals(now.plus(Duration.ofHours(hours[failures - 1])), table.afterFailure(now, now, failures));
        }
        assertEquals(now.plus(DAY), table.afterFailure(now, now, 1_000_000));
        assertEquals(now.plus(Duration.ofDays(7)), table(Duration.ofDays(7), null).afterFailure(now, now, 3),
                "what is longer than a day stays");
        Instant night = berlin("2026-03-28T02:30");
        assertEquals(berlin("2026-03-29T03:30"), table(DAY, "02:30").afterFailure(night, night.plusSeconds(9), 4));
        assertEquals(berlin("2026-03-30T02:30"), table(DAY, "02:30").afterFailure(berlin("2026-03-29T03:30"),
                berlin("2026-03-29T03:31"), 4));
        assertEquals(berlin("2026-05-05T14:00"), table(HOUR, "00:00").afterFailure(now, now.plusSeconds(9), 1));
    }

    @Test
    void whatWasMissedAndLeftOutGoesOnAtItsUsualTimes() {
        Instant planned = berlin("2026-05-05T12:00");
        Timetable hourly = table(HOUR, null);
        assertEquals(berlin("2026-05-07T10:00"), hourly.afterMissed(planned, berlin("2026-05-07T09:20")));
        assertTrue(hourly.wasMissed(planned, planned.plus(Duration.ofMinutes(15))));
        assertFalse(hourly.wasMissed(planned, planned.plus(Duration.ofMinutes(14))));
        assertEquals(berlin("2026-05-08T12:00"), table(DAY, "12:00").afterMissed(planned, berlin("2026-05-07T18:00")));
    }

    @Test
    void seesWhatIsPlannedTooFarAway() {
        Instant now = berlin("2026-05-05T12:00");
        assertFalse(table(HOUR, null).isTooFar(now.plus(HOUR), now, 0));
        assertTrue(table(HOUR, null).isTooFar(now.plus(Duration.ofDays(365)), now, 0));
        assertFalse(table(HOUR, null).isTooFar(now.plus(DAY), now, 9), "it backs off");
        assertFalse(table(HOUR, "02:00").isTooFar(table(HOUR, "02:00").first(now), now, 0));
    }

    @Test
    void refusesATimeOfDayThatTheIntervalDoesNotComeRoundTo() {
        for (Duration odd : List.of(Duration.ofHours(7), Duration.ofHours(36), Duration.ofMinutes(25))) {
            assertThrows(RollcallException.class,
                    () -> Timetable.check(new Timing(odd, LocalTime.NOON, Schedule.Missed.RUN)));
            Timetable.check(new Timing(odd, null, Schedule.Missed.RUN));
        }
    }

    /// Whatever the interval, the zone and the moment: later than both, not later than one interval (and a day, where there
    /// is a time of day), and the same time of day each day.
    @Test
    void theNextRunIsAlwaysLaterAndNeverTooLate() {
        var random = new Random(20261130);
        List<Duration> intervals = List.of(Duration.ofMinutes(5), Duration.ofMinutes(30), HOUR, Duration.ofHours(6),
                Duration.ofHours(12), DAY, Duration.ofDays(2), Duration.ofDays(30), Duration.ofDays(365));
        List<String> zones = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
                "Pacific/Apia", "UTC");
        for (int i = 0; i < 20_000; i++) {
            Duration every = intervals.get(random.nextInt(intervals.size()));
            LocalTime at = random.nextInt(3) == 0 ? null : LocalTime.of(random.nextInt(24), random.nextInt(60));
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            var table = new Timetable(new Timing(every, at, Schedule.Missed.RUN), zone);
            Instant planned = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
            Instant now = planned
                    .plusSeconds(random.nextInt(3) == 0 ? random.nextInt(40 * 86_400) : random.nextInt(60));
            int failures = 1 + random.nextInt(20);
            String story = every + " at " + at + " in " + zone + ", planned " + planned + ", now " + now;
            for (Instant next : List.of(table.first(now), table.after(planned, now), table.afterMissed(planned, now),
                    table.afterFailure(planned, now, failures))) {
                assertTrue(next.isAfter(now), story);
                assertTrue(next.isBefore(now.plus(every).plus(DAY.multipliedBy(2)).plus(HOUR)), story);
            }
            assertFalse(table.isTooFar(table.first(now), now, 0), story);
            assertFalse(table.isTooFar(table.afterFailure(now, now, failures), now, failures), story);
        }
    }
}
