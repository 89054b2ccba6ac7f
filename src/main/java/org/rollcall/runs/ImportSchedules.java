package org.rollcall.runs;

import org.rollcall.domain.Actor;

/// What schedules have to hear of what is done to the runs of their imports. Called within the transaction that does it; an
/// import without a schedule is passed over.
public interface ImportSchedules {
    /// A run was undone: the next one would do the same again, so none is run until somebody resumes the schedule.
    void undone(Actor actor, long profileId, String reason);

    /// A change set that a guard had stopped was applied or dropped: a schedule that is quarantined for it goes on.
    void release(Actor actor, long profileId);
}
