package org.rollcall.domain;

/// What a role may allow. Checked in the services, so that window and command line obey alike.
public enum Permission {
    VIEW_OWN_PROFILE("See one's own profile"),
    VIEW_DIRECTORY("See people and groups"),
    EXPORT("Export"),
    VIEW_ACTIVITY(
            "See activity"),
    IMPORT("Import"),
    MANAGE_SCHEDULES("Manage schedules"),
    MANAGE_TENANTS(
            "Manage tenants"),
    MANAGE_USERS("Manage people"),
    CHANGE_ROLES("Change roles"),
    MANAGE_ROLES(
            "Manage roles and rules"),
    MANAGE_AUTHENTICATION(
            "Manage authentication"),
    MANAGE_SETTINGS("Manage settings"),
    BACKUP("Back up and restore");

    private final String words;

    Permission(String words) {
        this.words = words;
    }

    /// The permission in words: "Needs the permission Change roles".
    public String words() {
        return words;
    }
}
