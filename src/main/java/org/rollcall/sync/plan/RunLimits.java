package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

/// The limits of one run at which a guard stops it; null: the import's limit.
///
/// @param administrators how many people it may make Administrator
public record RunLimits(@Nullable PeopleLimit removals, @Nullable Integer administrators,
        @Nullable PeopleLimit lostRoles) {
    public static final RunLimits NONE = new RunLimits(null, null, null);

    /// These limits, completed by others where null.
    public RunLimits or(RunLimits others) {
        return new RunLimits(removals == null ? others.removals : removals,
                administrators == null ? others.administrators : administrators,
                lostRoles == null ? others.lostRoles : lostRoles);
    }
}
