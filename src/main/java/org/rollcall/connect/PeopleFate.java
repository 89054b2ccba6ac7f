package org.rollcall.connect;

/// What happens to the people of a tenant that is removed.
public enum PeopleFate {
    /// They are deleted with their groups, roles and history, and so are the tenant's runs.
    REMOVE,
    /// They stay, deactivated.
    DEACTIVATE,
    /// They stay unchanged and are no longer synchronized.
    KEEP
}
