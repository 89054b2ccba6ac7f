package org.rollcall.connect;

/// What becomes of the people of a tenant that is removed.
public enum PeopleFate {
    /// They go with it: with their groups, roles and history, and with its runs.
    REMOVE,
    /// They stay, deactivated by hand.
    DEACTIVATE,
    /// They stay as they are, and are synchronized no more.
    KEEP
}
