package org.rollcall.domain;

import java.util.Locale;

/// A way to sign in. BROWSER, DEVICE and PASSWORD belong to Microsoft Entra ID; AD is Active Directory over LDAP.
public enum SignInMode {
    LOCAL,
    AD,
    BROWSER,
    DEVICE,
    PASSWORD;

    /// Its name in options and JSON documents: `browser`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isEntra() {
        return this == BROWSER || this == DEVICE || this == PASSWORD;
    }
}
