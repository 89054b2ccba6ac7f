package org.rollcall.sync;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Trigger;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;

/// A request to run an import.
///
/// @param tenant      its name in Rollcall
/// @param profile     its name; it need not exist if there is a draft
/// @param draft       replaces the configuration of the import; null: the stored one is used
/// @param maxRemovals for this run only; null: the limit of the import
/// @param everything  a full read, however much is known; false: changes only
/// @param maxAdministrators how many people this run may make Administrator; null: the default limit
/// @param names       of the draft that are to be resolved again after the read; null: none
/// @param maxLostRoles for this run only; null: the limit of the import
public record ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
        Trigger trigger, boolean everything, @Nullable Integer maxAdministrators, @Nullable DraftNames names,
        @Nullable PeopleLimit maxLostRoles) {
    /// With the default limit of lost roles.
    public ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
            Trigger trigger, boolean everything, @Nullable Integer maxAdministrators, @Nullable DraftNames names) {
        this(tenant, profile, draft, maxRemovals, trigger, everything, maxAdministrators, names, null);
    }

    /// Reads changes only.
    public ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
            Trigger trigger) {
        this(tenant, profile, draft, maxRemovals, trigger, false, null, null);
    }

    /// The same with a full read.
    public ImportRequest readingEverything() {
        return new ImportRequest(tenant, profile, draft, maxRemovals, trigger, true, maxAdministrators, names,
                maxLostRoles);
    }

    /// The same with another draft, all names of which are resolved.
    ImportRequest with(Draft other) {
        return new ImportRequest(tenant, profile, other, maxRemovals, trigger, everything, maxAdministrators, null,
                maxLostRoles);
    }

    RunLimits limits() {
        return new RunLimits(maxRemovals, maxAdministrators, maxLostRoles);
    }

    /// Runs an import as it is stored.
    public static ImportRequest repeat(String tenant, String profile, Trigger trigger) {
        return new ImportRequest(tenant, profile, null, null, trigger);
    }
}
