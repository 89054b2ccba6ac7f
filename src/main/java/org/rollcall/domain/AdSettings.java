package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// The configuration of Active Directory, without the password of the search account.
///
/// @param servers   `ldaps://host[:port]`, or `ldap://host[:port]` with `startTls`; tried in order
/// @param baseDn    below which people are searched
/// @param domain    NetBIOS name of the domain, for `DOMAIN
/// ame`; null: not set
/// @param upnSuffix appended to short names that are bound as `name@suffix`; null: not set
/// @param caPem     certificates trusted besides the platform's, PEM; null: none
/// @param bindUser  account that searches; null: people are bound by the name they entered
public record AdSettings(List<String> servers, boolean startTls, String baseDn, @Nullable String domain,
        @Nullable String upnSuffix, @Nullable String caPem, @Nullable String bindUser) {
    public AdSettings {
        servers = List.copyOf(servers);
    }
}
