package org.rollcall.domain;

import java.util.Locale;

/// The attributes of a group that are kept exactly as they are in Entra.
/// Source: Microsoft Graph v1.0, resource type `group`.
public enum GroupField implements DirectoryField {
    DISPLAY_NAME("displayName", Type.TEXT),
    DESCRIPTION("description", Type.TEXT),
    MAIL("mail",
            Type.TEXT),
    MAIL_NICKNAME("mailNickname", Type.TEXT),
    GROUP_TYPES("groupTypes",
            Type.LIST),
    SECURITY_ENABLED("securityEnabled", Type.BOOLEAN),
    MAIL_ENABLED("mailEnabled",
            Type.BOOLEAN),
    VISIBILITY("visibility", Type.TEXT),
    IS_ASSIGNABLE_TO_ROLE(
            "isAssignableToRole", Type.BOOLEAN),
    MEMBERSHIP_RULE("membershipRule",
            Type.TEXT),
    ON_PREMISES_SYNC_ENABLED("onPremisesSyncEnabled",
            Type.BOOLEAN),
    CREATED_DATE_TIME("createdDateTime", Type.INSTANT);

    private final String graphName;
    private final Type type;

    GroupField(String graphName, Type type) {
        this.graphName = graphName;
        this.type = type;
    }

    @Override
    public String graphName() {
        return graphName;
    }

    @Override
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public int longest() {
        return switch (this) {
            case DESCRIPTION -> 10_000;
            case MEMBERSHIP_RULE -> 20_000;
            default -> DirectoryField.super.longest();
        };
    }
}
