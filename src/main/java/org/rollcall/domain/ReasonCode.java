package org.rollcall.domain;

import org.rollcall.text.Words;

/// The reason of a change. The facts in brackets are stored with it.
public enum ReasonCode {
    IN_SCOPE_EVERYONE,
    IN_SCOPE_GROUP, // path: group names from the chosen one down
    IN_SCOPE_PERSON,
    NEW_IN_ENTRA,
    CHANGED_IN_ENTRA,
    ENABLED_IN_ENTRA,
    ENABLED_UNKNOWN,
    DISABLED_IN_ENTRA,
    BACK_IN_SCOPE,
    GONE_FROM_ENTRA,
    OUT_OF_SCOPE,
    GUEST_SKIPPED,
    DISABLED_SKIPPED,
    MFA_SKIPPED,
    EXCLUDED_GROUP, // group
    EXCLUDED_PERSON,
    EXCLUDED_BY_HAND,
    LEFT_OUT,
    ONLY_ID_READABLE,
    USERNAME_MISSING, // field
    USERNAME_SHARED, // username, others
    USERNAME_TAKEN, // username, tenant or "local account"
    RULE, // rule, ruleId, path
    DEFAULT_ROLE,
    NOT_REMOVED, // scope
    ANOTHER_PROFILE, // profile
    CHOSEN_BY_HAND,
    TAKEN_BACK, // run; claim: whether the import has them in scope again, or no longer
    CHANGED_SINCE, // run, what
    CANNOT_COME_BACK; // run, what

    public String words() {
        return Words.of("domain.reason." + name()).english();
    }
}
