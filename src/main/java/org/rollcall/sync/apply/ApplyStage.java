package org.rollcall.sync.apply;

/// What happens while changes are applied, in this order; the counts are of changes made.
public enum ApplyStage {
    /// Whether the directory is as it was when the changes were planned.
    COMPARE,
    /// Whether removals and administrators stay within what was allowed.
    GUARDS,
    PEOPLE,
    /// Roles of people who were there before.
    ROLES,
    GROUPS,
    MEMBERSHIPS,
    /// The import itself, its run and its event.
    RECORD
}
