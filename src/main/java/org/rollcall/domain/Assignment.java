package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The role of a person and its source.
///
/// @param ruleId the rule that gave it, if `source` is RULE; it may no longer exist
/// @param runId  the run that gave it; null: set manually
public record Assignment(long userId, long roleId, RoleSource source, @Nullable Long ruleId, @Nullable Long runId,
        String assignedBy, Instant assignedAt) {}
