package org.rollcall.ui.activity;

import org.rollcall.ui.common.Messages;

/// A category of events, by the first part of their action.
enum EventKind {
    SIGN_IN("signin", "activity.kind.signIn"),
    ROLES("role", "activity.kind.roles"),
    RULES("rules", "activity.kind.rules"),
    PEOPLE("user", "activity.kind.people"),
    PASSWORDS("password", "activity.kind.passwords"),
    IMPORTS("import", "activity.kind.imports"),
    SCHEDULES("schedule", "activity.kind.schedules"),
    TENANTS("tenant", "activity.kind.tenants"),
    REFUSED("refused", "activity.kind.refused"),
    EXPORT("export", "activity.kind.export"),
    DATA("data", "activity.kind.data"),
    CHAIN("audit", "activity.kind.chain");

    private final String action;
    private final String key;

    EventKind(String action, String key) {
        this.action = action;
        this.key = key;
    }

    String action() {
        return action;
    }

    String words() {
        return Messages.get(key);
    }
}
