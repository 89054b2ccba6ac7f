package org.rollcall.domain;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// Who does something, and from where. Services take one as their first argument and check it.
///
/// @param userId    the person's id in the directory; null for Rollcall itself (a schedule)
/// @param name      the user name, or "Schedule NAME"
/// @param origin    "window", "command line" or "service", with the machine's name
/// @param authority what they may do, asked anew at every action; for people `roles.Actors` makes it
public record Actor(@Nullable Long userId, String name, String origin, Authority authority) {
    /// Somebody whose permissions are these for good.
    public Actor(@Nullable Long userId, String name, String origin, Set<Permission> permissions) {
        this(userId, name, origin, Authority.of(permissions));
    }

    /// What they may do now.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: deactivated or removed meanwhile
    public Set<Permission> permissions() {
        return authority.permissions();
    }

    /// Whether they might when that was last asked: for showing, costs nothing. What decides is [#require].
    public boolean may(Permission permission) {
        return authority.lastKnown().contains(permission);
    }

    /// As [#may] for all of them.
    public boolean mayAll(Collection<Permission> permissions) {
        return authority.lastKnown().containsAll(permissions);
    }

    /// @throws RollcallException NOT_ALLOWED, naming the permission; NOT_SIGNED_IN: deactivated or removed meanwhile
    public void require(Permission permission) {
        if (!permissions().contains(permission)) {
            throw refused(new RollcallException(ErrorKind.NOT_ALLOWED, "permission.missing",
                    Words.of("domain.permission.missing", name,
                            Words.of("domain.permission." + permission.name())),
                    Words.of("domain.permission.missing.remedy")));
        }
    }

    /// Notes a refusal; every one that is not [#require]'s passes here on its way to being thrown.
    ///
    /// @return the same
    public RollcallException refused(RollcallException why) {
        authority.refused(this, why);
        return why;
    }
}
