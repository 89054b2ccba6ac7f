package org.rollcall.schedule;

import java.time.Instant;

/// When which schedule is due, kept so that a restart forgets nothing.
public interface ScheduleQueue {
    /// Plans the next run of a schedule, in place of the one planned so far. A run that is going on is not touched.
    void plan(long scheduleId, Instant at);

    /// Plans no run of this schedule any more. A run that is going on is not touched.
    void forget(long scheduleId);
}
