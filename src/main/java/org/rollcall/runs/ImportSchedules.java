package org.rollcall.runs;

import org.rollcall.domain.Actor;

/// Notifies schedules of changes to the runs of their imports. Called within the transaction of the change; an import without a
/// schedule is ignored.
public interface ImportSchedules {
    /// A run was undone: the next one would redo it, so the schedule is paused until somebody resumes it.
    void undone(Actor actor, long profileId, String reason);

    /// A stopped change set was applied or discarded: a quarantined schedule continues.
    void release(Actor actor, long profileId);
}
