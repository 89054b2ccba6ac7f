package org.rollcall.sync;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Run;
import org.rollcall.runs.RunDraft;

/// A run of an import in progress, with the plan that was made in it.
final class ImportRun extends RunDraft {
    private SettledPlans.@Nullable Candidate settled;

    ImportRun(Run run) {
        super(run);
    }

    void settles(SettledPlans.Candidate plan) {
        settled = plan;
    }

    /// The plan of this run; null: it was made in another one.
    SettledPlans.@Nullable Candidate settled() {
        return settled;
    }
}
