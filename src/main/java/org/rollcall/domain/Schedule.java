package org.rollcall.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

import org.jspecify.annotations.Nullable;

/// An import that repeats. One profile has at most one; what it brings in is the profile's business.
///
/// @param stateReason    why it is quarantined, why Rollcall paused it, or why it is backing off; null otherwise
/// @param failures       failed runs on end
/// @param nextRunAt      null while paused; while quarantined when it reads next
/// @param readEverything the next run reads everything again
/// @param stoppedRunId   the run that a guard stopped and that quarantined it
public record Schedule(long id, long profileId, String name, Timing timing, State state, @Nullable String stateReason,
        int failures, @Nullable Instant nextRunAt, @Nullable Long lastRunId, boolean readEverything,
        @Nullable Long stoppedRunId, String createdBy, Instant createdAt) {

    /// Shorter intervals would only wait for each other.
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    /// QUARANTINED reads on and applies nothing until somebody has looked.
    public enum State {
        ACTIVE,
        PAUSED,
        QUARANTINED
    }

    /// What becomes of runs that were due while nothing was there to run them: made good once, or left out.
    public enum Missed {
        RUN,
        SKIP
    }

    /// When it runs.
    ///
    /// @param every from one run to the next, at least [#SHORTEST]
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

    /// Whether it waits longer than its interval because it failed.
    public boolean backsOff() {
        return state == State.ACTIVE && failures > 0;
    }
}
