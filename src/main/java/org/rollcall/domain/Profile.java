package org.rollcall.domain;

import java.time.Instant;

/// One import: a tenant's name for it, what it brings in and how. Its role rules are [RoleRule]s.
///
/// @param name unique within the tenant, letter case apart
public record Profile(long id, long tenantId, String name, ProfileConfig config, long defaultRoleId, Instant createdAt,
        Instant updatedAt) {

    /// The profile's name where none is given.
    public static final String DEFAULT_NAME = "default";
}
