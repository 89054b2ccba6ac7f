package org.rollcall.domain;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A person in the directory.
///
/// @param tenant     the tenant's name in Rollcall; null, as `tenantId` and `objectId`, for a local account
/// @param username   unique among people who are not REMOVED, ignoring case
/// @param excluded   manually excluded from all imports
/// @param ruleId     the rule that gave the role, where `roleSource` is RULE
/// @param version    incremented by every change, for optimistic locking
/// @param attributes as in Entra; a local account has display name and mail only
public record UserRow(long id, @Nullable Long tenantId, @Nullable String tenant, @Nullable UUID objectId,
        String username, UserStatus status, boolean disabledByHand, boolean excluded, MfaState mfa, long roleId,
        String role, RoleSource roleSource, @Nullable Long ruleId, int version, @Nullable Long firstRunId,
        @Nullable Long lastRunId, Instant changedAt, Attributes<UserField> attributes) {

    public @Nullable String displayName() {
        return attributes.text(UserField.DISPLAY_NAME);
    }

    /// The display name, or the user name if there is none.
    public String shownName() {
        String name = displayName();
        return name == null || name.isBlank() ? username : name;
    }

    public @Nullable String upn() {
        return attributes.text(UserField.USER_PRINCIPAL_NAME);
    }

    public @Nullable String mail() {
        return attributes.text(UserField.MAIL);
    }

    public @Nullable String department() {
        return attributes.text(UserField.DEPARTMENT);
    }

    public boolean isLocal() {
        return tenantId == null;
    }

    /// Whether an attribute should be displayed: it has a value that is meaningful. A local account has no state in Entra.
    public boolean tells(UserField field) {
        boolean ofEntra = field == UserField.ACCOUNT_ENABLED || field == UserField.USER_TYPE;
        return attributes.get(field) != null && !(isLocal() && ofEntra);
    }

    public boolean isGuest() {
        return Guests.isGuest(attributes);
    }
}
