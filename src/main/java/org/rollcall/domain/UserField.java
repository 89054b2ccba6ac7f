package org.rollcall.domain;

import java.util.Locale;

/// The attributes of a person that are kept exactly as they are in Entra.
/// Source: Microsoft Graph v1.0, resource type `user`.
public enum UserField implements DirectoryField {
    USER_PRINCIPAL_NAME("userPrincipalName", Type.TEXT),
    DISPLAY_NAME("displayName", Type.TEXT),
    GIVEN_NAME("givenName",
            Type.TEXT),
    SURNAME("surname", Type.TEXT),
    MAIL("mail", Type.TEXT),
    MAIL_NICKNAME("mailNickname",
            Type.TEXT),
    JOB_TITLE("jobTitle", Type.TEXT),
    DEPARTMENT("department", Type.TEXT),
    COMPANY_NAME(
            "companyName",
            Type.TEXT),
    EMPLOYEE_ID("employeeId", Type.TEXT),
    OFFICE_LOCATION("officeLocation",
            Type.TEXT),
    MOBILE_PHONE("mobilePhone", Type.TEXT),
    BUSINESS_PHONES(
            "businessPhones",
            Type.LIST),
    USAGE_LOCATION("usageLocation", Type.TEXT),
    PREFERRED_LANGUAGE(
            "preferredLanguage",
            Type.TEXT),
    USER_TYPE("userType", Type.TEXT),
    EXTERNAL_USER_STATE(
            "externalUserState",
            Type.TEXT),
    ACCOUNT_ENABLED("accountEnabled",
            Type.BOOLEAN),
    CREATED_DATE_TIME("createdDateTime",
            Type.INSTANT),
    ON_PREMISES_SYNC_ENABLED(
            "onPremisesSyncEnabled",
            Type.BOOLEAN),
    ON_PREMISES_SAM_ACCOUNT_NAME(
            "onPremisesSamAccountName",
            Type.TEXT);

    private final String graphName;
    private final Type type;

    UserField(String graphName, Type type) {
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

    /// Attributes that may become user names, and the department, have shorter limits, since they are indexed, and PostgreSQL
    /// accepts at most 2,704 bytes in an index. Source: PostgreSQL, "B-Tree Indexes".
    @Override
    public int longest() {
        return switch (this) {
            case USER_PRINCIPAL_NAME, MAIL, MAIL_NICKNAME, ON_PREMISES_SAM_ACCOUNT_NAME, DEPARTMENT -> 800;
            default -> DirectoryField.super.longest();
        };
    }
}
