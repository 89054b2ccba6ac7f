package org.rollcall.runs;

import java.time.Clock;
import java.util.function.LongPredicate;

import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.Database;
import org.rollcall.store.RunStore;

/// Runs that are marked as running, but whose process is gone.
final class InterruptedRuns {
    private final Database database;
    private final RunStore runs;
    private final ChangeStore changes;
    private final Clock clock;

    InterruptedRuns(Database database, Clock clock) {
        this.database = database;
        this.runs = new RunStore(database);
        this.changes = new ChangeStore(database);
        this.clock = clock;
    }

    /// Marks them as interrupted, and discards their plans.
    ///
    /// @param idle tests that no process works on a tenant
    /// @return number of interrupted runs
    int recover(LongPredicate idle) {
        if (runs.running().isEmpty()) {
            return 0;
        }
        return database.transaction(() -> {
            int recovered = 0;
            for (Long id : runs.running()) {
                Run run = runs.byId(id).orElseThrow();
                Long tenant = run.tenantId();
                if (tenant == null || idle.test(tenant)) {
                    recover(run);
                    recovered++;
                }
            }
            return recovered;
        });
    }

    private void recover(Run run) {
        if (run.kind() == RunKind.PREVIEW) {
            runs.delete(run.id());
        } else {
            changes.delete(run.id());
            var draft = new RunDraft(run);
            draft.ended(RunState.INTERRUPTED, run.profileId(), clock.instant(), null);
            runs.update(draft.run());
        }
    }
}
