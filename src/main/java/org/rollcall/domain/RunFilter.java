package org.rollcall.domain;

import org.jspecify.annotations.Nullable;

/// Which runs to list. Previews that nobody applied are never listed.
public record RunFilter(@Nullable Long tenantId, @Nullable Long profileId, @Nullable RunState state) {
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
