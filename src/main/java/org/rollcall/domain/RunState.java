package org.rollcall.domain;

/// The state of a run. PLANNED is a preview: a change set that was not applied.
public enum RunState {
    RUNNING,
    PLANNED,
    SUCCEEDED,
    FAILED,
    STOPPED,
    CANCELLED,
    INTERRUPTED
}
