package org.rollcall.runs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;

/// A run in progress: filled in step by step.
public class RunDraft {
    private Run run;

    public RunDraft(Run run) {
        this.run = run;
    }

    public Run run() {
        return run;
    }

    public long id() {
        return run.id();
    }

    public void read(boolean complete, List<StreamEvidence> evidence, long requests) {
        run = with(run.profileId(), run.kind(), run.state(), run.endedAt(), complete, evidence, run.counts(),
                run.guards(), run.admins(), requests, run.baseRevision(), run.error());
    }

    public void planned(Map<ChangeKind, Long> counts, List<Guard> guards, Run.Admins admins, long baseRevision) {
        run = with(run.profileId(), run.kind(), run.state(), run.endedAt(), run.complete(), run.evidence(), counts,
                guards, admins, run.requests(), baseRevision, run.error());
    }

    /// The preview is applied.
    public void becomesImport(String startedBy, Instant now) {
        run = new Run(run.id(), run.tenantId(), run.tenantName(), run.profileId(), run.profileName(), RunKind.IMPORT,
                run.trigger(), startedBy, run.state(), now, null, run.complete(), run.evidence(), run.counts(),
                run.guards(), run.admins(), run.requests(), run.baseRevision(), null, run.undoOf());
    }

    public void ended(RunState state, @Nullable Long profileId, Instant now, Run.@Nullable Failure error) {
        run = with(profileId, run.kind(), state, now, run.complete(), run.evidence(), run.counts(), run.guards(),
                run.admins(), run.requests(), run.baseRevision(), error);
    }

    /// Facts for its audit event: the import's name, and the number of changes of each kind.
    public Map<String, @Nullable Object> facts() {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("profile", run.profileName());
        for (ChangeKind kind : ChangeKind.values()) {
            if (run.count(kind) > 0) {
                facts.put(kind.jsonName(), run.count(kind));
            }
        }
        return facts;
    }

    private Run with(@Nullable Long profileId, RunKind kind, RunState state, @Nullable Instant endedAt,
            boolean complete, List<StreamEvidence> evidence, Map<ChangeKind, Long> counts, List<Guard> guards,
            Run.@Nullable Admins admins, long requests, @Nullable Long baseRevision, Run.@Nullable Failure error) {
        return new Run(run.id(), run.tenantId(), run.tenantName(), profileId, run.profileName(), kind, run.trigger(),
                run.startedBy(), state, run.startedAt(), endedAt, complete, evidence, counts, guards, admins, requests,
                baseRevision, error, run.undoOf());
    }
}
