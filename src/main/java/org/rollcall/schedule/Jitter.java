package org.rollcall.schedule;

import java.time.Duration;
import java.time.Instant;

/// Random but stable delay of due runs, so that schedules with the same times do not all start at once, on one machine or on many
/// machines that read the same tenant.
@FunctionalInterface
public interface Jitter {
    Jitter NONE = (_, _) -> Duration.ZERO;
    /// Half a minute at most.
    int MOST_SECONDS = 30;

    Duration of(long scheduleId, Instant due);

    /// The same for the same schedule and time, so that planning it again does not move it.
    ///
    /// @param seed differs from one data folder to another
    static Jitter seeded(long seed) {
        return (id, due) -> {
            long mixed = (seed ^ id * 0x9E3779B97F4A7C15L ^ due.getEpochSecond()) * 0xD1342543DE82EF95L;
            return Duration.ofSeconds(Math.floorMod(mixed >>> 32, MOST_SECONDS + 1));
        };
    }
}
