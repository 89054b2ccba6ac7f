package org.rollcall.sync.read;

/// Names of the streams of a read in the evidence.
final class Streams {
    static final String USERS = "USERS";
    static final String GROUPS = "GROUPS";
    static final String MEMBERS = "MEMBERS";
    static final String USERS_DELTA = "USERS_DELTA";
    static final String GROUPS_DELTA = "GROUPS_DELTA";
    static final String MFA = "MFA";
    /// Repeated questions, whose first answer was doubtful.
    static final String ASKED_AGAIN = "ASKED_AGAIN";

    private Streams() {}
}
