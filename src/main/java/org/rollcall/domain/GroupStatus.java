package org.rollcall.domain;

/// REMOVED: no longer in Entra or in scope.
public enum GroupStatus {
    ACTIVE,
    REMOVED
}
