package org.rollcall.sync.plan;

import org.jspecify.annotations.Nullable;

/// How much one run may do before a guard stops it, in place of what its import says; what is null stays as the import has
/// it.
///
/// @param administrators how many people it may make Administrator
public record RunLimits(@Nullable PeopleLimit removals, @Nullable Integer administrators,
        @Nullable PeopleLimit lostRoles) {
    public static final RunLimits NONE = new RunLimits(null, null, null);

    /// These, and where nothing is said here, what the others say.
    public RunLimits or(RunLimits others) {
        return new RunLimits(removals == null ? others.removals : removals,
                administrators == null ? others.administrators : administrators,
                lostRoles == null ? others.lostRoles : lostRoles);
    }
}
