package org.rollcall.domain;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A person as the directory has them.
///
/// @param tenant     the tenant's name here; null, as `tenantId` and `objectId`, for a local account
/// @param username   unique among people who are not REMOVED, letter case apart
/// @param excluded   left out of every import by hand
/// @param ruleId     the rule that gave the role, where `roleSource` is RULE
/// @param version    rises with every change; whoever changes a person says which version they saw
/// @param attributes as in Entra; a local account has display name and mail only
public record UserRow(long id, @Nullable Long tenantId, @Nullable String tenant, @Nullable UUID objectId,
        String username, UserStatus status, boolean disabledByHand, boolean excluded, MfaState mfa, long roleId,
        String role, RoleSource roleSource, @Nullable Long ruleId, int version, @Nullable Long firstRunId,
        @Nullable Long lastRunId, Instant changedAt, Attributes<UserField> attributes) {

    public @Nullable String displayName() {
        return attributes.text(UserField.DISPLAY_NAME);
    }

    /// The display name, or the user name of people who have none.
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

    /// Whether an attribute is to be shown: it has a value, and the value tells something. What a local account is in Entra is
    /// nothing.
    public boolean tells(UserField field) {
        boolean ofEntra = field == UserField.ACCOUNT_ENABLED || field == UserField.USER_TYPE;
        return attributes.get(field) != null && !(isLocal() && ofEntra);
    }

    public boolean isGuest() {
        return Guests.isGuest(attributes);
    }
}
