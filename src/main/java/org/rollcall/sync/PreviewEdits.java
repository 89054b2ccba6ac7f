package org.rollcall.sync;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;

/// Edits of a preview before it is applied.
///
/// @param leftOut     people, by object id, whose changes are left out this time
/// @param roles       roles set by hand, by object id of the person; people who are left out get none
/// @param maxRemovals replaces the limit of the preview; null: unchanged
/// @param maxAdministrators as `maxRemovals`
/// @param maxLostRoles as `maxRemovals`
public record PreviewEdits(Set<UUID> leftOut, Map<UUID, String> roles, @Nullable PeopleLimit maxRemovals,
        @Nullable Integer maxAdministrators, @Nullable PeopleLimit maxLostRoles) {
    public PreviewEdits(Set<UUID> leftOut, Map<UUID, String> roles, @Nullable PeopleLimit maxRemovals) {
        this(leftOut, roles, maxRemovals, null, null);
    }

    public PreviewEdits {
        leftOut = Set.copyOf(leftOut);
        roles = Map.copyOf(roles);
    }

    RunLimits limits() {
        return new RunLimits(maxRemovals, maxAdministrators, maxLostRoles);
    }

    /// The preview without edits.
    public static PreviewEdits none() {
        return without(Set.of());
    }

    public static PreviewEdits without(Set<UUID> leftOut) {
        return new PreviewEdits(leftOut, Map.of(), null);
    }
}
