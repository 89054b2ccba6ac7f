package org.rollcall.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

import org.jspecify.annotations.Nullable;

/// A repeated import. An import has at most one schedule; its configuration is the import's.
///
/// @param stateReason    why it is quarantined, why Rollcall paused it, or why it is backing off; null otherwise
/// @param failures       consecutive failed runs
/// @param nextRunAt      null while paused; the next read while quarantined
/// @param readEverything the next run is a full read
/// @param stoppedRunId   the run whose guard quarantined it
public record Schedule(long id, long profileId, String name, Timing timing, State state, @Nullable String stateReason,
        int failures, @Nullable Instant nextRunAt, @Nullable Long lastRunId, boolean readEverything,
        @Nullable Long stoppedRunId, String createdBy, Instant createdAt) {

    /// Shorter intervals would only wait for each other.
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    /// QUARANTINED continues reading and applies nothing until the stopped run is dealt with.
    public enum State {
        ACTIVE,
        PAUSED,
        QUARANTINED
    }

    /// What happens to runs that were due while no process was running: made up for once, or skipped.
    public enum Missed {
        RUN,
        SKIP
    }

    /// When it runs.
    ///
    /// @param every the interval, at least [#SHORTEST]
    /// @param at    time of day in the machine's time zone; null: any. With an interval of days it runs then; with a shorter
    ///              one the day's runs are counted from it
    public record Timing(Duration every, @Nullable LocalTime at, Missed missed) {
        public static Timing every(Duration interval) {
            return new Timing(interval, null, Missed.RUN);
        }

        public Timing withEvery(Duration interval) {
            return new Timing(interval, at, missed);
        }
    }

    public Duration every() {
        return timing.every();
    }

    /// Whether its next run is delayed because it failed.
    public boolean backsOff() {
        return state == State.ACTIVE && failures > 0;
    }
}
