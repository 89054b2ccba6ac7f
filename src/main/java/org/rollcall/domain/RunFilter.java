package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A filter of runs; nulls match all. Previews that were not applied are never listed.
///
/// @param from started at or after this time
/// @param text occurs in the tenant's or import's name or in who started it, ignoring case, or is the run's number
public record RunFilter(@Nullable Long tenantId, @Nullable Long profileId, @Nullable RunState state,
        @Nullable Trigger trigger, @Nullable Instant from, @Nullable String text) {
    public RunFilter(@Nullable Long tenantId, @Nullable Long profileId, @Nullable RunState state) {
        this(tenantId, profileId, state, null, null, null);
    }

    public static RunFilter everything() {
        return new RunFilter(null, null, null);
    }

    public static RunFilter ofTenant(long tenantId) {
        return new RunFilter(tenantId, null, null);
    }

    public static RunFilter ofProfile(long profileId) {
        return new RunFilter(null, profileId, null);
    }
}
