package org.rollcall.domain;

/// Where a person's role comes from. MANUAL outlives every synchronization.
public enum RoleSource {
    MANUAL,
    RULE,
    DEFAULT
}
