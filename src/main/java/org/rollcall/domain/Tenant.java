package org.rollcall.domain;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// A connected Entra tenant. Its credential is stored separately, sealed.
///
/// @param id           0 before it is stored
/// @param name         in Rollcall; unique, ignoring case
/// @param directoryId  the tenant's GUID, for the token endpoint
/// @param organization the display name in Entra, as last seen
/// @param authorityUrl login origin `https://host[:port]`, CUSTOM only
/// @param graphUrl     Graph origin `https://host[:port]`, CUSTOM only
/// @param caPem        certificates trusted besides the platform's, PEM
/// @param verifiedAt   the last successful online check
public record Tenant(long id, String name, String directoryId, @Nullable String organization, String clientId,
        Cloud cloud, @Nullable String authorityUrl, @Nullable String graphUrl, @Nullable String caPem,
        @Nullable String proxyUrl, Instant createdAt, @Nullable Instant verifiedAt) {

    /// The login origin, whatever the cloud.
    public String loginOrigin() {
        return Objects.requireNonNullElse(authorityUrl, "https://" + cloud.loginHost());
    }

    /// The Graph origin, without version, whatever the cloud.
    public String graphOrigin() {
        return Objects.requireNonNullElse(graphUrl, "https://" + cloud.graphHost());
    }

    public Tenant withName(String newName) {
        return new Tenant(id, newName, directoryId, organization, clientId, cloud, authorityUrl, graphUrl, caPem,
                proxyUrl, createdAt, verifiedAt);
    }

    public Tenant withVerified(@Nullable String organizationName, Instant at) {
        return new Tenant(id, name, directoryId, organizationName, clientId, cloud, authorityUrl, graphUrl, caPem,
                proxyUrl, createdAt, at);
    }
}
