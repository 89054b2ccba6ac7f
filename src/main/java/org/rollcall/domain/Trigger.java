package org.rollcall.domain;

/// What set a run going. CATCH_UP makes good a scheduled run that was missed.
public enum Trigger {
    MANUAL,
    SCHEDULE,
    CATCH_UP
}
