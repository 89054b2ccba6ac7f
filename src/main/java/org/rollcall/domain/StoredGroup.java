package org.rollcall.domain;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A group in the directory as input of a plan; parameters as for [StoredPerson].
public record StoredGroup(UUID id, GroupStatus status, Attributes<GroupField> attributes, boolean inProfile,
        @Nullable Long otherProfile, @Nullable String otherProfileName) {}
