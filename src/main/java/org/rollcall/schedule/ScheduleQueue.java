package org.rollcall.schedule;

import java.time.Instant;

/// The persistent queue of due schedules.
public interface ScheduleQueue {
    /// Plans the next run of a schedule, replacing the one planned. A run in progress is not affected.
    void plan(long scheduleId, Instant at);

    /// Cancels the planned run of this schedule. A run in progress is not affected.
    void forget(long scheduleId);
}
