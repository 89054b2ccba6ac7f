package org.rollcall.runs;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;

/// The result of a preview or a run. A run that failed, was stopped or cancelled is reported like any other.
public record RunReport(Run run) {
    public String profile() {
        return run.profileName();
    }

    public RunState state() {
        return run.state();
    }

    public boolean succeeded() {
        return run.state() == RunState.SUCCEEDED;
    }

    /// Changes by kind; every kind is there.
    public Map<ChangeKind, Long> counts() {
        return run.counts();
    }

    public long count(ChangeKind kind) {
        return run.count(kind);
    }

    public List<Guard> guards() {
        return run.guards();
    }

    public List<StreamEvidence> evidence() {
        return run.evidence();
    }

    public boolean complete() {
        return run.complete();
    }

    /// Enabled administrators, local ones included.
    public int adminsBefore() {
        return run.admins() == null ? 0 : run.admins().before();
    }

    public int adminsAfter() {
        return run.admins() == null ? 0 : run.admins().after();
    }

    public long requests() {
        return run.requests();
    }

    public Run.@Nullable Failure error() {
        return run.error();
    }
}
