package org.rollcall.domain;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// An imported person in the directory as input of a plan.
///
/// @param inProfile      in the scope of the planned import
/// @param otherProfile   smallest id of another import with them in scope, null: none
/// @param otherProfileName its name
/// @param role           name of their role, null: none yet
/// @param ruleId         the rule that gave it
public record StoredPerson(UUID id, String username, UserStatus status, boolean disabledByHand, boolean excluded,
        MfaState mfa, Attributes<UserField> attributes, boolean inProfile, @Nullable Long otherProfile,
        @Nullable String otherProfileName, @Nullable String role, @Nullable RoleSource roleSource,
        @Nullable Long ruleId) {}
