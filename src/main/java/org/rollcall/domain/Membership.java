package org.rollcall.domain;

import java.util.UUID;

/// A direct membership of `member` in `group`.
public record Membership(UUID group, UUID member, MemberType type) {}
