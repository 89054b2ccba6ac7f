package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The local copy of one tenant's directory within one read scope.
///
/// @param scopeKey   identifies the read scope within a tenant
/// @param generation of the newest full read; objects of an older one are gone once a read is complete
/// @param complete   every stream was read to its end and its delta link is stored
/// @param linksAt    the directory's clock when it issued the delta links
/// @param mfaReadAt  the last request of the MFA registration report
/// @param mfaState   `AVAILABLE`, or why there is no MFA state, as display text; null: not requested yet
/// @param mfaKnownAt the last usable report, which the known states come from. Null: never
/// @param fullReadAt the last completed full read; null: never
public record Mirror(long id, long tenantId, String scopeKey, int generation, boolean complete,
        @Nullable Instant completedAt, @Nullable Instant linksAt, @Nullable Instant mfaReadAt,
        @Nullable String mfaState, @Nullable Instant mfaKnownAt, @Nullable Instant fullReadAt) {
    public static final String MFA_AVAILABLE = "AVAILABLE";
}
