package org.rollcall.domain;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Words;

/// Who performs an action, and from where. Services take one as their first argument and check its permissions.
///
/// @param userId    the person's id in the directory; null for Rollcall itself (a schedule)
/// @param name      the user name, or "Schedule NAME"
/// @param origin    "window", "command line" or "service", with the machine's name
/// @param authority checks permissions at every action; for people created by `roles.Actors`
public record Actor(@Nullable Long userId, String name, String origin, Authority authority) {
    /// An actor with fixed permissions.
    public Actor(@Nullable Long userId, String name, String origin, Set<Permission> permissions) {
        this(userId, name, origin, Authority.of(permissions));
    }

    /// The present permissions.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: deactivated or removed since
    public Set<Permission> permissions() {
        return authority.permissions();
    }

    /// The permission when last read: for display, at no cost. [#require] decides.
    public boolean may(Permission permission) {
        return authority.lastKnown().contains(permission);
    }

    /// As [#may] for all of them.
    public boolean mayAll(Collection<Permission> permissions) {
        return authority.lastKnown().containsAll(permissions);
    }

    /// @throws RollcallException NOT_ALLOWED, naming the permission; NOT_SIGNED_IN: deactivated or removed since
    public void require(Permission permission) {
        if (!permissions().contains(permission)) {
            throw refused(new RollcallException(ErrorKind.NOT_ALLOWED, "permission.missing",
                    Words.of("domain.permission.missing", name,
                            Words.of("domain.permission." + permission.name())),
                    Words.of("domain.permission.missing.remedy")));
        }
    }

    /// Records a refusal; all refusals except those of [#require] are passed here before they are thrown.
    ///
    /// @return the same
    public RollcallException refused(RollcallException why) {
        authority.refused(this, why);
        return why;
    }
}
