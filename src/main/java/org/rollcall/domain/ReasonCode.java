package org.rollcall.domain;

/// Why a change is in the change set. Facts named in brackets go with it.
public enum ReasonCode {
    IN_SCOPE_EVERYONE("Everyone is brought in"),
    IN_SCOPE_GROUP("In a chosen group"), // path: group names from the chosen one down
    IN_SCOPE_PERSON("Chosen by name"),
    NEW_IN_ENTRA("In Entra, not here yet"),
    CHANGED_IN_ENTRA(
            "Changed in Entra"),
    ENABLED_IN_ENTRA("Enabled in Entra"),
    ENABLED_UNKNOWN("Entra does not say whether the account is enabled"),
    DISABLED_IN_ENTRA(
            "Disabled in Entra"),
    BACK_IN_SCOPE("In Entra and in scope again"),
    GONE_FROM_ENTRA(
            "No longer in Entra"),
    OUT_OF_SCOPE("No longer in scope"),
    GUEST_SKIPPED(
            "Guests are left out"),
    DISABLED_SKIPPED(
            "People disabled in Entra are left out"),
    MFA_SKIPPED(
            "People registered for MFA are left out"),
    EXCLUDED_GROUP(
            "In a group that is never brought in"), // group
    EXCLUDED_PERSON("Never brought in, by the import's settings"),
    EXCLUDED_BY_HAND(
            "Excluded from synchronization by hand"),
    LEFT_OUT("Left out of this run by hand"),
    ONLY_ID_READABLE(
            "Entra shows no more than the id"),
    USERNAME_MISSING("No value to make the user name from"), // field
    USERNAME_SHARED("Several people in Entra want this user name"), // username, others
    USERNAME_TAKEN("The user name is taken"), // username, tenant or "local account"
    RULE("A role rule decides"), // rule, ruleId, path
    DEFAULT_ROLE("No rule fits: the default role"),
    NOT_REMOVED("Out of scope, but their role is not for whoever narrowed it to take: an administrator decides"), // scope
    ANOTHER_PROFILE("Another import still brings them in"), // profile
    CHOSEN_BY_HAND("Chosen by hand in the preview"),
    TAKEN_BACK("Taken back"), // run; claim: whether the import has them in scope again, or no longer
    CHANGED_SINCE("Changed since, so left alone"), // run, what
    CANNOT_COME_BACK("Cannot be put back, so left alone"); // run, what

    private final String words;

    ReasonCode(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
