package org.rollcall.domain;

import java.util.UUID;

/// A direct membership.
public record Edge(long tenantId, UUID groupId, UUID memberId, MemberType memberType) {}
