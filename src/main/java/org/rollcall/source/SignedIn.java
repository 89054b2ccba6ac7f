package org.rollcall.source;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// A person who signed in, with what that gave. Kept in memory only, unless somebody seals the refresh token.
///
/// @param userName     user principal name; empty if the login service did not say
/// @param tenantId     GUID of the tenant the person signed in to; null if it was not said
/// @param accessToken  for Graph
/// @param refreshToken null: none came
/// @param scopes       delegated permissions of the token, such as `User.Read.All`
/// @param roles        template ids of the person's directory roles; empty: not known
public record SignedIn(String userName, @Nullable String tenantId, String accessToken,
        @Nullable String refreshToken, Instant expiresAt, Set<String> scopes, Set<String> roles) {
    public SignedIn {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /// Without the tokens: it may end up in a log.
    @Override
    public String toString() {
        return "signed in until " + expiresAt;
    }
}
