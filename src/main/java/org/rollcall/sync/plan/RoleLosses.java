package org.rollcall.sync.plan;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserStatus;

/// Decides whom a change set takes their role from, or gives a lower one: people who could do something before that the role
/// they get does not permit. What somebody chose by hand is no loss; nor is it one to be removed, which counts as that.
///
/// @param permissions of every role, by its name
public record RoleLosses(Map<String, Set<Permission>> permissions) {
    public static final RoleLosses NONE = new RoleLosses(Map.of());

    public RoleLosses {
        permissions = Map.copyOf(permissions);
    }

    public static RoleLosses among(Collection<Role> roles) {
        return new RoleLosses(roles.stream().collect(Collectors.toMap(Role::name, Role::permissions)));
    }

    /// Begins to count in a change set.
    public Count count() {
        return new Count(this);
    }

    /// How many lose something, of the changes that were seen in the order of the change set.
    public static final class Count {
        private final RoleLosses losses;
        private @Nullable UUID returning;
        private long lost;

        private Count(RoleLosses losses) {
            this.losses = losses;
        }

        /// Whoever returns had no access to lose; that they do is told right before their role.
        public void see(Change change) {
            if (!(change instanceof Change.PersonChange person)) {
                return;
            }
            if (person.kind() == ChangeKind.REACTIVATE
                    && UserStatus.REMOVED.name().equals(person.before().get(PersonFields.STATUS))) {
                returning = person.objectId();
            } else if (!person.objectId().equals(returning) && losses.isLoss(person)) {
                lost++;
            }
        }

        public long lost() {
            return lost;
        }
    }

    private boolean isLoss(Change.PersonChange person) {
        return person.kind() == ChangeKind.ROLE_CHANGE
                && !RoleSource.MANUAL.name().equals(person.after().get(PersonFields.ROLE_SOURCE))
                && !of(person.after().get(PersonFields.ROLE)).containsAll(of(person.before().get(PersonFields.ROLE)));
    }

    /// What nobody knows any more permits nothing.
    private Set<Permission> of(@Nullable Object role) {
        return role == null ? Set.of() : permissions.getOrDefault(role.toString(), Set.of());
    }
}
