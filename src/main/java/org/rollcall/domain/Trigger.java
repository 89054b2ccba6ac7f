package org.rollcall.domain;

/// What started a run. CATCH_UP makes up for a missed scheduled run.
public enum Trigger {
    MANUAL,
    SCHEDULE,
    CATCH_UP
}
