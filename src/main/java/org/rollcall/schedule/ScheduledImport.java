package org.rollcall.schedule;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Run;
import org.rollcall.domain.Trigger;
import org.rollcall.sync.ImportRequest;
import org.rollcall.task.JobContext;

/// Runs the import of a schedule, as a person would.
public interface ScheduledImport {
    /// Runs the stored configuration of an import. A run that failed or was stopped is returned, not thrown.
    Run run(Actor actor, String tenant, String profile, Trigger trigger, JobContext context);

    /// The same with a full read, where the implementation supports it.
    default Run runEverything(Actor actor, String tenant, String profile, Trigger trigger, JobContext context) {
        return run(actor, tenant, profile, trigger, context);
    }

    /// Reads and computes what a run would do, without applying or storing anything. Errors of the directory are thrown.
    Run look(Actor actor, String tenant, String profile, JobContext context);

    /// Runs a request.
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
