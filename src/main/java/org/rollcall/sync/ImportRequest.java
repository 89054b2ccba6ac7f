package org.rollcall.sync;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Trigger;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.RunLimits;

/// What to bring in.
///
/// @param tenant      its name here
/// @param profile     its name; it need not be there if there is a draft
/// @param draft       replaces the profile's configuration; null repeats the profile as it is
/// @param maxRemovals for this run only; null: what the profile says
/// @param everything  reads everything again, however much is known; false: what has changed
/// @param maxAdministrators how many people this run may make Administrator; null: the usual few
/// @param names       of the draft that are to be looked at again after reading; null: none
/// @param maxLostRoles for this run only; null: what the profile says
public record ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
        Trigger trigger, boolean everything, @Nullable Integer maxAdministrators, @Nullable DraftNames names,
        @Nullable PeopleLimit maxLostRoles) {
    /// With the usual limit of lost roles.
    public ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
            Trigger trigger, boolean everything, @Nullable Integer maxAdministrators, @Nullable DraftNames names) {
        this(tenant, profile, draft, maxRemovals, trigger, everything, maxAdministrators, names, null);
    }

    /// Reads what has changed.
    public ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable PeopleLimit maxRemovals,
            Trigger trigger) {
        this(tenant, profile, draft, maxRemovals, trigger, false, null, null);
    }

    /// The same, reading everything again.
    public ImportRequest readingEverything() {
        return new ImportRequest(tenant, profile, draft, maxRemovals, trigger, true, maxAdministrators, names,
                maxLostRoles);
    }

    /// The same with another draft, of which no name is in doubt.
    ImportRequest with(Draft other) {
        return new ImportRequest(tenant, profile, other, maxRemovals, trigger, everything, maxAdministrators, null,
                maxLostRoles);
    }

    RunLimits limits() {
        return new RunLimits(maxRemovals, maxAdministrators, maxLostRoles);
    }

    /// Repeats a profile as it is.
    public static ImportRequest repeat(String tenant, String profile, Trigger trigger) {
        return new ImportRequest(tenant, profile, null, null, trigger);
    }
}
