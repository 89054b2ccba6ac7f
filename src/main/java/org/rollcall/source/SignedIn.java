package org.rollcall.source;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// A signed-in person with the tokens. Kept in memory only, unless the refresh token is sealed and stored.
///
/// @param userName     user principal name; empty if the login service did not return it
/// @param tenantId     GUID of the tenant the person signed in to; null if not returned
/// @param accessToken  for Graph
/// @param refreshToken null: none was issued
/// @param scopes       delegated permissions of the token, such as `User.Read.All`
/// @param roles        template ids of the person's directory roles; empty: unknown
public record SignedIn(String userName, @Nullable String tenantId, String accessToken,
        @Nullable String refreshToken, Instant expiresAt, Set<String> scopes, Set<String> roles) {
    public SignedIn {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /// Without the tokens, since it may be logged.
    @Override
    public String toString() {
        return "signed in until " + expiresAt;
    }
}
