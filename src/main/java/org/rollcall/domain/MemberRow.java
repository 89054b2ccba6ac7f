package org.rollcall.domain;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A direct member of a group.
///
/// @param id          of the person or group in Rollcall; null for members that are not stored (devices and such)
/// @param displayName null: none, or unknown
/// @param removed     the person or group is no longer in Entra or in scope
public record MemberRow(@Nullable Long id, UUID objectId, MemberType type, @Nullable String displayName,
        boolean removed) {}
