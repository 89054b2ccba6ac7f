package org.rollcall.domain;

import java.time.Instant;

/// An import: its name, scope and configuration. Its role rules are [RoleRule]s.
///
/// @param name unique within the tenant, ignoring case
public record Profile(long id, long tenantId, String name, ProfileConfig config, long defaultRoleId, Instant createdAt,
        Instant updatedAt) {

    /// The default name of an import.
    public static final String DEFAULT_NAME = "default";
}
