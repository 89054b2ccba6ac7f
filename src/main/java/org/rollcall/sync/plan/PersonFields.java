package org.rollcall.sync.plan;

/// Names of the values in a change of a person or group that are no attributes of Entra's.
public final class PersonFields {
    public static final String USERNAME = "username";
    public static final String STATUS = "status";
    public static final String MFA = "mfa";
    public static final String ROLE = "role";
    public static final String ROLE_SOURCE = "roleSource";
    public static final String RULE_ID = "ruleId";
    /// Place of the deciding rule in the profile's list, from 0: it is known before the rule has an id.
    public static final String RULE_POSITION = "rulePosition";

    /// The row's own id, where a change takes somebody away or puts them back as if they had never been gone.
    public static final String ID = "id";
    public static final String DISABLED_BY_HAND = "disabledByHand";
    public static final String EXCLUDED = "excluded";

    private PersonFields() {}
}
