package org.rollcall.sync.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Run.Admins;

/// The summary of a plan.
///
/// @param activeBefore active people of the profile before the run: the base of the removal guard
public record PlanSummary(Map<ChangeKind, Long> counts, List<Guard> guards, Admins admins, long activeBefore) {
    public PlanSummary {
        var copy = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
        guards = List.copyOf(guards);
    }

    public long count(ChangeKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    public boolean stopped() {
        return guards.stream().anyMatch(Guard::stopped);
    }
}
