package org.rollcall.source;

import java.util.UUID;

import org.rollcall.domain.MemberType;

/// A member of a group by its id.
public record MemberEntry(UUID id, MemberType type) {}
