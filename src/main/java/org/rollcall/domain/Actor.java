package org.rollcall.domain;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/// Who does something, and from where. Services take one as their first argument and check it.
///
/// @param userId the person's id in the directory; null for Rollcall itself (a schedule)
/// @param name   the user name, or "Schedule NAME"
/// @param origin "window", "command line" or "service", with the machine's name
public record Actor(@Nullable Long userId, String name, String origin, Set<Permission> permissions) {
    public Actor {
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /// @throws RollcallException NOT_ALLOWED, naming the permission
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new RollcallException(ErrorKind.NOT_ALLOWED, "permission.missing",
                    name + " may not do this: it needs the permission " + permission.words(),
                    "ask an administrator for a role with that permission");
        }
    }
}
