package org.rollcall.roles;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RoleSource;

/// The role that the rules give somebody: by the first matching rule, or the default.
///
/// @param ruleId null for the default, and for a rule that is not stored yet
public record RuleDecision(long roleId, RoleSource source, @Nullable Long ruleId) {}
