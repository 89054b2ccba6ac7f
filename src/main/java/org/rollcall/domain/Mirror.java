package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The copy of one tenant's directory within one read scope.
///
/// @param scopeKey   tells the read scopes of a tenant apart
/// @param generation of the newest full read; objects of an older one are gone once a read is complete
/// @param complete   every stream was read to its end and what the next read starts from is in hand
/// @param linksAt    the directory's clock when it gave what the next read starts from
/// @param mfaReadAt  when the MFA registration report was asked for last
/// @param mfaState   `AVAILABLE`, or in words why there is no MFA state; null: not asked yet
/// @param mfaKnownAt when the report was usable last; the known states are of that time. Null: never
/// @param fullReadAt when everything was read last, as opposed to changes; null: never to the end
public record Mirror(long id, long tenantId, String scopeKey, int generation, boolean complete,
        @Nullable Instant completedAt, @Nullable Instant linksAt, @Nullable Instant mfaReadAt,
        @Nullable String mfaState, @Nullable Instant mfaKnownAt, @Nullable Instant fullReadAt) {
    public static final String MFA_AVAILABLE = "AVAILABLE";
}
