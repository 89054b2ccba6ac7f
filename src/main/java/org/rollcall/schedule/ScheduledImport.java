package org.rollcall.schedule;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Run;
import org.rollcall.domain.Trigger;
import org.rollcall.task.JobContext;

/// What a schedule sets going: the same import that a person starts by hand.
@FunctionalInterface
public interface ScheduledImport {
    /// Runs the stored configuration of a profile. A run that failed or was stopped is returned, not thrown.
    Run run(Actor actor, String tenant, String profile, Trigger trigger, JobContext context);
}
