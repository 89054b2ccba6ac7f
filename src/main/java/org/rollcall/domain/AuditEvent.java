package org.rollcall.domain;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// An audited action: who, what, to what, when, from where. Chained: the hash covers the event and the previous hash.
///
/// @param seq        from 1, without gaps
/// @param action     dotted: `role.set`, `user.deactivate`, `signin`
/// @param objectType USER, GROUP, ROLE, RULE, TENANT, PROFILE, RUN, SCHEDULE
/// @param objectId   for a person the id in Rollcall
/// @param detail     more facts by name, including old and new values; never a secret
public record AuditEvent(long seq, Instant at, String actor, String origin, String action, @Nullable String objectType,
        @Nullable String objectId, @Nullable String objectName, Map<String, @Nullable Object> detail,
        @Nullable Long runId, String previousHash, String hash) {}
