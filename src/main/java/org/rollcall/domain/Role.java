package org.rollcall.domain;

import java.util.EnumSet;
import java.util.Set;

/// A named set of permissions.
///
/// @param id      0 before it is stored
/// @param name    unique, ignoring case
/// @param builtIn cannot be edited or deleted
/// @param version incremented by every edit
public record Role(long id, String name, String description, boolean builtIn, int version,
        Set<Permission> permissions) {
    public static final String ADMINISTRATOR = "Administrator";
    public static final String OPERATOR = "Operator";
    public static final String AUDITOR = "Auditor";
    public static final String USER = "User";

    public Role {
        permissions = permissions.isEmpty()
                ? Set.of()
                : java.util.Collections.unmodifiableSet(EnumSet.copyOf(permissions));
    }

    /// The role if nothing else decides; anybody may give it as default role.
    public boolean isUser() {
        return builtIn && name.equals(USER);
    }

    public boolean isAdministrator() {
        return builtIn && name.equals(ADMINISTRATOR);
    }
}
