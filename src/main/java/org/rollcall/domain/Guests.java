package org.rollcall.domain;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// Guests by their user type, ignoring case. Source: Graph, user resource, `userType`.
public final class Guests {
    /// The user type in lower case.
    public static final String TYPE = "guest";

    private Guests() {}

    public static boolean isGuest(@Nullable String userType) {
        return userType != null && userType.toLowerCase(Locale.ROOT).equals(TYPE);
    }

    public static boolean isGuest(Attributes<UserField> person) {
        return isGuest(person.text(UserField.USER_TYPE));
    }
}
