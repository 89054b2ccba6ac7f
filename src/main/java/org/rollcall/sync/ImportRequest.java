package org.rollcall.sync;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Trigger;
import org.rollcall.sync.plan.MaxRemovals;

/// What to bring in.
///
/// @param tenant      its name here
/// @param profile     its name; it need not be there if there is a draft
/// @param draft       replaces the profile's configuration; null repeats the profile as it is
/// @param maxRemovals for this run only; null: what the profile says
/// @param maxAdministrators how many people this run may make Administrator; null: the usual few
public record ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable MaxRemovals maxRemovals,
        Trigger trigger, @Nullable Integer maxAdministrators) {
    public ImportRequest(String tenant, String profile, @Nullable Draft draft, @Nullable MaxRemovals maxRemovals,
            Trigger trigger) {
        this(tenant, profile, draft, maxRemovals, trigger, null);
    }

    /// Repeats a profile as it is.
    public static ImportRequest repeat(String tenant, String profile, Trigger trigger) {
        return new ImportRequest(tenant, profile, null, null, trigger);
    }
}
