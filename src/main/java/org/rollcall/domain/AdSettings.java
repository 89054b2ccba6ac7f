package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// How Active Directory is reached, without the password of the account that searches.
///
/// @param servers   `ldaps://host[:port]`, or `ldap://host[:port]` with `startTls`; tried in order
/// @param baseDn    where people are searched
/// @param domain    NetBIOS name of the domain, for `DOMAIN\name`; null: not said
/// @param upnSuffix appended to short names that are bound as `name@suffix`; null: not said
/// @param caPem     certificates trusted besides the platform's, PEM; null: none
/// @param bindUser  account that searches; null: people are bound by the name they typed
public record AdSettings(List<String> servers, boolean startTls, String baseDn, @Nullable String domain,
        @Nullable String upnSuffix, @Nullable String caPem, @Nullable String bindUser) {
    public AdSettings {
        servers = List.copyOf(servers);
    }
}
