package org.rollcall.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;

/// A run on its way: what becomes known of it is put in here, step by step.
final class RunDraft {
    private Run run;
    private SettledPlans.@Nullable Candidate settled;

    RunDraft(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    long id() {
        return run.id();
    }

    void read(boolean complete, List<StreamEvidence> evidence, long requests) {
        run = with(run.profileId(), run.kind(), run.state(), run.endedAt(), complete, evidence, run.counts(),
                run.guards(), run.admins(), requests, run.baseRevision(), run.error());
    }

    void planned(Map<ChangeKind, Long> counts, List<Guard> guards, Run.Admins admins, long baseRevision) {
        run = with(run.profileId(), run.kind(), run.state(), run.endedAt(), run.complete(), run.evidence(), counts,
                guards, admins, run.requests(), baseRevision, run.error());
    }

    void settles(SettledPlans.Candidate plan) {
        settled = plan;
    }

    /// The plan of this run; null: it was not made in it.
    SettledPlans.@Nullable Candidate settled() {
        return settled;
    }

    /// The preview is carried out.
    void becomesImport(String startedBy, Instant now) {
        run = new Run(run.id(), run.tenantId(), run.tenantName(), run.profileId(), run.profileName(), RunKind.IMPORT,
                run.trigger(), startedBy, run.state(), now, null, run.complete(), run.evidence(), run.counts(),
                run.guards(), run.admins(), run.requests(), run.baseRevision(), null, run.undoOf());
    }

    void ended(RunState state, @Nullable Long profileId, Instant now, Run.@Nullable Failure error) {
        run = with(profileId, run.kind(), state, now, run.complete(), run.evidence(), run.counts(), run.guards(),
                run.admins(), run.requests(), run.baseRevision(), error);
    }

    private Run with(@Nullable Long profileId, RunKind kind, RunState state, @Nullable Instant endedAt,
            boolean complete, List<StreamEvidence> evidence, Map<ChangeKind, Long> counts, List<Guard> guards,
            Run.@Nullable Admins admins, long requests, @Nullable Long baseRevision, Run.@Nullable Failure error) {
        return new Run(run.id(), run.tenantId(), run.tenantName(), profileId, run.profileName(), kind, run.trigger(),
                run.startedBy(), state, run.startedAt(), endedAt, complete, evidence, counts, guards, admins, requests,
                baseRevision, error, run.undoOf());
    }
}
