package org.rollcall.domain;

/// Whether Entra's registration report has a second factor for a person. UNKNOWN where there is no report or no entry:
/// it is never guessed.
public enum MfaState {
    REGISTERED,
    NOT_REGISTERED,
    UNKNOWN
}
