package org.rollcall.domain;

import org.jspecify.annotations.Nullable;

/// ACTIVE may sign in; DISABLED is disabled in Entra or manually; REMOVED is no longer in Entra or in scope, but the row, its
/// id and its role stay.
public enum UserStatus {
    ACTIVE,
    DISABLED,
    REMOVED;

    /// Whether somebody is enabled in Entra. Unknown counts as disabled: an account that may be blocked there must not be
    /// admitted here.
    ///
    /// @param accountEnabled as in Entra; null: unknown
    public static boolean isEnabled(@Nullable Boolean accountEnabled) {
        return Boolean.TRUE.equals(accountEnabled);
    }
}
