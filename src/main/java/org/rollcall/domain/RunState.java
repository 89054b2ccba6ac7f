package org.rollcall.domain;

/// How a run stands. PLANNED is a preview: a change set that nobody applied.
public enum RunState {
    RUNNING,
    PLANNED,
    SUCCEEDED,
    FAILED,
    STOPPED,
    CANCELLED,
    INTERRUPTED
}
