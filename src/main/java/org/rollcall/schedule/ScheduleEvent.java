package org.rollcall.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;

/// The result of a schedule's turn.
///
/// @param run     null: none was started
/// @param message display text
/// @param failuresBefore consecutive failures before it
public record ScheduleEvent(Instant at, Kind kind, Schedule schedule, @Nullable Run run, String message,
        int failuresBefore) {
    /// CANCELLED: the program is exiting, and the run is due again at the next start. READ: a quarantined schedule has read.
    /// SKIPPED: it was missed and is not made up for.
    public enum Kind {
        RUN,
        FAILED,
        QUARANTINED,
        CANCELLED,
        READ,
        SKIPPED
    }
}
