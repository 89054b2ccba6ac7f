package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// Which runs to list; nulls let all through. Previews that nobody applied are never listed.
///
/// @param from only those that started then or later
/// @param text occurs in the tenant's or import's name or in who started it, letter case apart, or is the run's number
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
