package org.rollcall.sync.read;

/// Names of the streams that a read consists of, as evidence shows them.
final class Streams {
    static final String USERS = "USERS";
    static final String GROUPS = "GROUPS";
    static final String MEMBERS = "MEMBERS";
    static final String USERS_DELTA = "USERS_DELTA";
    static final String GROUPS_DELTA = "GROUPS_DELTA";
    static final String MFA = "MFA";
    /// What was asked a second time, since the first answer was in doubt.
    static final String ASKED_AGAIN = "ASKED_AGAIN";

    private Streams() {}
}
