package org.rollcall.domain;

/// The order of people; ties are ordered by id.
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
