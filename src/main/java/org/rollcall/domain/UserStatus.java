package org.rollcall.domain;

/// ACTIVE may sign in; DISABLED is disabled in Entra or by hand; REMOVED is no longer in Entra or in scope, but the row,
/// its id and its role stay.
public enum UserStatus {
    ACTIVE,
    DISABLED,
    REMOVED
}
