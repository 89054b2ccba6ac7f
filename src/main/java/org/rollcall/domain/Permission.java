package org.rollcall.domain;

import org.rollcall.text.Words;

/// A permission of a role. Checked in the services, so that window and command line behave alike.
public enum Permission {
    VIEW_OWN_PROFILE,
    VIEW_DIRECTORY,
    EXPORT,
    VIEW_ACTIVITY,
    IMPORT,
    MANAGE_SCHEDULES,
    MANAGE_TENANTS,
    MANAGE_USERS,
    CHANGE_ROLES,
    MANAGE_ROLES,
    MANAGE_AUTHENTICATION,
    MANAGE_SETTINGS,
    BACKUP;

    /// The permission as display text: "Needs the permission Change roles".
    public String words() {
        return Words.of("domain.permission." + name()).english();
    }
}
