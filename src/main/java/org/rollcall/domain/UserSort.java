package org.rollcall.domain;

/// By what people are ordered; equal ones by id.
public record UserSort(By by, boolean descending) {
    public static final UserSort BY_NAME = new UserSort(By.NAME, false);

    /// The columns to order by.
    public enum By {
        NAME,
        USERNAME,
        MAIL,
        DEPARTMENT,
        ROLE,
        SOURCE,
        STATUS,
        MFA,
        TENANT,
        CHANGED
    }
}
