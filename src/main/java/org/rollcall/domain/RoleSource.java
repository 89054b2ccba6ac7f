package org.rollcall.domain;

/// The source of a person's role. MANUAL outlives every synchronization.
public enum RoleSource {
    MANUAL,
    RULE,
    DEFAULT
}
