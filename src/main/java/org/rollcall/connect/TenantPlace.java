package org.rollcall.connect;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Endpoint;
import org.rollcall.text.Words;

/// The address of a tenant as entered.
///
/// @param tenant       GUID, domain, an address of one of its people, or a link that contains it
/// @param authorityUrl login URL, with CUSTOM only
/// @param graphUrl     Graph URL, with CUSTOM only
/// @param caPem        certificates trusted besides the platform's, PEM
/// @param proxyUrl     `http://[user:password@]host:port`; null: the system's
public record TenantPlace(String tenant, Cloud cloud, @Nullable String authorityUrl, @Nullable String graphUrl,
        @Nullable String caPem, @Nullable String proxyUrl) {

    /// In one of Microsoft's clouds, with the system's proxy.
    public static TenantPlace in(Cloud cloud, String tenant) {
        return new TenantPlace(tenant, cloud, null, null, null, null);
    }

    /// @throws RollcallException INPUT: invalid tenant or URLs
    public Endpoint endpoint() {
        boolean custom = cloud == Cloud.CUSTOM;
        if (custom != (authorityUrl != null && graphUrl != null)
                || !custom && (authorityUrl != null || graphUrl != null)) {
            throw RollcallException.input("tenant.cloud",
                    Words.of("connect.tenant.cloud"),
                    Words.of("connect.tenant.cloud.tenantPlace.remedy"));
        }
        return new Endpoint(TenantAddress.tenant(tenant),
                authorityUrl == null
                        ? "https://" + cloud.loginHost()
                        : TenantAddress.origin(authorityUrl, Words.of("connect.what.authority")),
                graphUrl == null
                        ? "https://" + cloud.graphHost()
                        : TenantAddress.origin(graphUrl, Words.of("connect.what.graphUrl")),
                caPem, proxyUrl);
    }

    NewTenant tenant(String name, String clientId, NewCredential credential) {
        return new NewTenant(name, tenant, clientId, credential, cloud, authorityUrl, graphUrl, caPem, proxyUrl);
    }
}
