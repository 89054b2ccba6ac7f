package org.rollcall.sync.plan;

/// Names of the values in a change of a person or group that are not attributes of Entra.
public final class PersonFields {
    public static final String USERNAME = "username";
    public static final String STATUS = "status";
    public static final String MFA = "mfa";
    public static final String ROLE = "role";
    public static final String ROLE_SOURCE = "roleSource";
    public static final String RULE_ID = "ruleId";
    /// Position of the matching rule in the import's list, from 0: known before the rule has an id.
    public static final String RULE_POSITION = "rulePosition";

    /// The row's own id, in changes that delete or restore a row.
    public static final String ID = "id";
    public static final String DISABLED_BY_HAND = "disabledByHand";
    public static final String EXCLUDED = "excluded";

    private PersonFields() {}
}
