package org.rollcall.domain;

import org.jspecify.annotations.Nullable;

/// ACTIVE may sign in; DISABLED is disabled in Entra or by hand; REMOVED is no longer in Entra or in scope, but the row,
/// its id and its role stay.
public enum UserStatus {
    ACTIVE,
    DISABLED,
    REMOVED;

    /// Whether somebody is enabled in Entra. Who is not said to be is not: an account that may be blocked there must not
    /// get in here.
    ///
    /// @param accountEnabled as Entra has it; null: it did not say
    public static boolean isEnabled(@Nullable Boolean accountEnabled) {
        return Boolean.TRUE.equals(accountEnabled);
    }
}
