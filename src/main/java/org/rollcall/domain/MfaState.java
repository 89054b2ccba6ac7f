package org.rollcall.domain;

/// Whether a person has registered a second factor, by Entra's registration report. UNKNOWN without a report or an entry: it is
/// never guessed.
public enum MfaState {
    REGISTERED,
    NOT_REGISTERED,
    UNKNOWN
}
