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

/// Detects lost and lowered roles in a change set: the present role has a permission that the planned one lacks. Manual changes
/// do not count as losses, and neither do removals, which have their own guard.
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

    /// Starts counting in a change set.
    public Count count() {
        return new Count(this);
    }

    /// The number of losses among the changes counted so far, in the order of the change set.
    public static final class Count {
        private final RoleLosses losses;
        private @Nullable UUID returning;
        private long lost;

        private Count(RoleLosses losses) {
            this.losses = losses;
        }

        /// People who return had no access to lose; their return precedes the change of their role.
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

    /// A role that no longer exists has no permissions.
    private Set<Permission> of(@Nullable Object role) {
        return role == null ? Set.of() : permissions.getOrDefault(role.toString(), Set.of());
    }
}
