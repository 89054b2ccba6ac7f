package org.rollcall.schedule;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Run;
import org.rollcall.domain.Trigger;
import org.rollcall.sync.ImportRequest;
import org.rollcall.task.JobContext;

/// What a schedule sets going: the same import that a person starts by hand.
public interface ScheduledImport {
    /// Runs the stored configuration of a profile. A run that failed or was stopped is returned, not thrown.
    Run run(Actor actor, String tenant, String profile, Trigger trigger, JobContext context);

    /// The same, reading everything again where whoever runs it can tell the difference.
    default Run runEverything(Actor actor, String tenant, String profile, Trigger trigger, JobContext context) {
        return run(actor, tenant, profile, trigger, context);
    }

    /// Reads and says what a run would do; nothing is applied and nothing is kept of it. Whatever the directory says is
    /// thrown.
    Run look(Actor actor, String tenant, String profile, JobContext context);

    /// Runs whatever it is asked for.
    @FunctionalInterface
    interface Imports {
        Run run(Actor actor, ImportRequest request, JobContext context);
    }

    static ScheduledImport by(Imports imports, Imports looks) {
        return new ScheduledImport() {
            @Override
            public Run run(Actor actor, String tenant, String profile, Trigger trigger, JobContext context) {
                return imports.run(actor, ImportRequest.repeat(tenant, profile, trigger), context);
            }

            @Override
            public Run runEverything(Actor actor, String tenant, String profile, Trigger trigger,
                    JobContext context) {
                return imports.run(actor, ImportRequest.repeat(tenant, profile, trigger).readingEverything(), context);
            }

            @Override
            public Run look(Actor actor, String tenant, String profile, JobContext context) {
                return looks.run(actor, ImportRequest.repeat(tenant, profile, Trigger.SCHEDULE), context);
            }
        };
    }
}
