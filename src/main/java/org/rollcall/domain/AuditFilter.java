package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// A filter of audit events; nulls match all.
///
/// @param action a whole action, or its first part: `role` matches `role.set`
/// @param text   occurs in actor, action, object name or details, ignoring case
public record AuditFilter(@Nullable Instant from, @Nullable Instant until, @Nullable String actor,
        @Nullable String action, @Nullable String objectType, @Nullable String objectId, @Nullable Long runId,
        @Nullable String text) {

    /// An actor that matches all schedules.
    public static final String SCHEDULES = "Schedule";

    public static AuditFilter everything() {
        return new AuditFilter(null, null, null, null, null, null, null, null);
    }

    public static AuditFilter ofObject(String type, String id) {
        return new AuditFilter(null, null, null, null, type, id, null, null);
    }
}
