package org.rollcall.domain;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A group in the directory.
///
/// @param tenant the tenant's name in Rollcall
public record GroupRow(long id, long tenantId, String tenant, UUID objectId, GroupStatus status,
        @Nullable Long firstRunId, @Nullable Long lastRunId, Instant changedAt, Attributes<GroupField> attributes) {

    public @Nullable String displayName() {
        return attributes.text(GroupField.DISPLAY_NAME);
    }

    /// The display name, or the object id of groups that have none.
    public String shownName() {
        String name = displayName();
        return name == null || name.isBlank() ? objectId.toString() : name;
    }

    public GroupKind kind() {
        return GroupKind.of(attributes);
    }

    public boolean isDynamic() {
        return GroupKind.isDynamic(attributes);
    }

    public boolean isRoleAssignable() {
        return attributes.isTrue(GroupField.IS_ASSIGNABLE_TO_ROLE);
    }

    /// Reading its members needs an additional permission in Entra.
    public boolean hasHiddenMembers() {
        return "HiddenMembership".equals(attributes.text(GroupField.VISIBILITY));
    }
}
