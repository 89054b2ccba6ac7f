package org.rollcall.source;

import org.jspecify.annotations.Nullable;

/// The addresses of a tenant, without a credential.
///
/// @param tenant       GUID or verified domain, as the token endpoint takes it
/// @param authorityUrl login origin, `https://host[:port]`
/// @param graphUrl     Graph origin, `https://host[:port]`, without version
/// @param caPem        certificates trusted besides the platform's, PEM; null: none
/// @param proxyUrl     `http://[user:password@]host:port`; null: the system's
public record Endpoint(String tenant, String authorityUrl, String graphUrl, @Nullable String caPem,
        @Nullable String proxyUrl) {}
