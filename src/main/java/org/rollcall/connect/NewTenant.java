package org.rollcall.connect;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;

/// The input for connecting a tenant.
///
/// @param tenant       GUID, domain, an address of one of its people, or a link that contains it
/// @param authorityUrl login URL, with CUSTOM only
/// @param graphUrl     Graph URL, with CUSTOM only
/// @param caPem        certificates trusted besides the platform's, PEM
/// @param proxyUrl     `http://[user:password@]host:port`; null: the system's
public record NewTenant(String name, String tenant, String clientId, NewCredential credential, Cloud cloud,
        @Nullable String authorityUrl, @Nullable String graphUrl, @Nullable String caPem, @Nullable String proxyUrl) {}
