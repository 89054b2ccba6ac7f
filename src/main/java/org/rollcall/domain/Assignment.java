package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// Which role a person holds, and why.
///
/// @param ruleId the rule that gave it, where `source` is RULE; it may be gone by now
/// @param runId  the run that gave it; null: a person did
public record Assignment(long userId, long roleId, RoleSource source, @Nullable Long ruleId, @Nullable Long runId,
        String assignedBy, Instant assignedAt) {}
