package org.rollcall.domain;

/// The kinds of group that Entra distinguishes by `groupTypes`, `securityEnabled` and `mailEnabled`. Source: Microsoft Graph
/// v1.0, resource type `group`.
public enum GroupKind {
    SECURITY,
    MICROSOFT365,
    DISTRIBUTION,
    MAIL_SECURITY;

    public static GroupKind of(Attributes<GroupField> group) {
        if (group.list(GroupField.GROUP_TYPES).contains("Unified")) {
            return MICROSOFT365;
        }
        boolean mail = group.isTrue(GroupField.MAIL_ENABLED);
        boolean security = group.isTrue(GroupField.SECURITY_ENABLED);
        return mail ? (security ? MAIL_SECURITY : DISTRIBUTION) : SECURITY;
    }

    public static boolean isDynamic(Attributes<GroupField> group) {
        return group.list(GroupField.GROUP_TYPES).contains("DynamicMembership");
    }
}
