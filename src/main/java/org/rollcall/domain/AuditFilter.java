package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// Which audit events; nulls let all through.
///
/// @param action a whole action, or its first part: `role` finds `role.set`
/// @param text   occurs in actor, action, object name or details, letter case apart
public record AuditFilter(@Nullable Instant from, @Nullable Instant until, @Nullable String actor,
        @Nullable String action, @Nullable String objectType, @Nullable String objectId, @Nullable Long runId,
        @Nullable String text) {

    /// As an actor: whatever schedules did.
    public static final String SCHEDULES = "Schedule";

    public static AuditFilter everything() {
        return new AuditFilter(null, null, null, null, null, null, null, null);
    }

    public static AuditFilter ofObject(String type, String id) {
        return new AuditFilter(null, null, null, null, type, id, null, null);
    }
}
