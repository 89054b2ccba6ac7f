package org.rollcall.sample;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Who makes a Graph call, as the bearer token says.
///
/// @param appId client id of the calling application
/// @param tenantId the tenant the token was issued for
/// @param objectId the signed-in person, or the application's service principal if `appOnly`
/// @param permissions app roles (`roles`) or delegated scopes (`scp`), by name
/// @param appOnly true for a token of the application itself, without a person
public record Caller(String appId, String tenantId, @Nullable String objectId, Set<String> permissions,
        boolean appOnly) {

    /// Whether the token carries at least one of these permissions.
    public boolean hasAny(Set<String> wanted) {
        return wanted.stream().anyMatch(permissions::contains);
    }
}
