package org.rollcall.domain;

/// The result of a sign-in attempt. The names are part of the command line's contract (`auth test --json`).
public enum SignInOutcome {
    ADMITTED,
    MODE_OFF,
    NOT_IMPORTED,
    DEACTIVATED,
    REMOVED,
    OTHER_PERSON,
    WRONG_PASSWORD,
    UNKNOWN_USER,
    LOCKED,
    DISABLED_IN_DIRECTORY,
    PASSWORD_EXPIRED,
    MFA_REQUIRED,
    CONSENT_REQUIRED,
    CONDITIONAL_ACCESS,
    PUBLIC_CLIENT_OFF,
    CODE_BLOCKED,
    CODE_EXPIRED,
    CANCELLED,
    INVALID_TOKEN,
    UNREACHABLE,
    REFUSED
}
