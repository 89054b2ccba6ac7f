package org.rollcall.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Run;
import org.rollcall.domain.Schedule;

/// What became of a schedule's turn.
///
/// @param run     null: none was begun
/// @param message in words, for people
/// @param failuresBefore failures on end before it
public record ScheduleEvent(Instant at, Kind kind, Schedule schedule, @Nullable Run run, String message,
        int failuresBefore) {
    /// CANCELLED: the program ends, and it is due again with the next one. READ: a quarantined schedule has read. SKIPPED: it
    /// was missed and is left out.
    public enum Kind {
        RUN,
        FAILED,
        QUARANTINED,
        CANCELLED,
        READ,
        SKIPPED
    }
}
