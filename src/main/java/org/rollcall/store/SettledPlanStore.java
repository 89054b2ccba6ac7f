package org.rollcall.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;

import static org.rollcall.store.gen.Tables.SETTLED_PLAN;

/// For each import what its last plan came to, if that was nothing to change, and what it was made from.
public final class SettledPlanStore {
    private final Database database;

    public SettledPlanStore(Database database) {
        this.database = database;
    }

    /// What a plan came to; what it skipped and why stands with its run, see [ChangeStore].
    public record Outcome(Map<ChangeKind, Long> counts, List<Guard> guards, Run.Admins admins) {
        public Outcome {
            counts = Map.copyOf(counts);
            guards = List.copyOf(guards);
        }

        /// How many changes the plan consists of.
        public long size() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// @param runId       whose changes are the plan's
    /// @param fingerprint of everything that it was made from
    public record SettledPlan(long runId, String fingerprint, Outcome outcome) {}

    public Optional<SettledPlan> of(long profileId) {
        return database.dsl().selectFrom(SETTLED_PLAN).where(SETTLED_PLAN.PROFILE_ID.eq(profileId))
                .fetchOptional(row -> new SettledPlan(row.getRunId(), row.getFingerprint(),
                        Json.read(row.getOutcome(), Outcome.class)));
    }

    /// In place of the one before.
    public void put(long profileId, SettledPlan plan) {
        database.transaction(() -> {
            database.dsl().deleteFrom(SETTLED_PLAN).where(SETTLED_PLAN.PROFILE_ID.eq(profileId)).execute();
            database.dsl().insertInto(SETTLED_PLAN)
                    .set(SETTLED_PLAN.PROFILE_ID, profileId)
                    .set(SETTLED_PLAN.RUN_ID, plan.runId())
                    .set(SETTLED_PLAN.FINGERPRINT, plan.fingerprint())
                    .set(SETTLED_PLAN.OUTCOME, Json.write(plan.outcome())).execute();
        });
    }

    /// The run's changes are no longer what was planned.
    public void forget(long runId) {
        database.dsl().deleteFrom(SETTLED_PLAN).where(SETTLED_PLAN.RUN_ID.eq(runId)).execute();
    }
}
