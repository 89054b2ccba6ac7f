package org.rollcall.domain;

import java.util.Set;

/// What somebody may do, and what is noted when they are refused. Asked at every action, so that rights do not outlast
/// the role that gave them.
public interface Authority {
    /// What is permitted now.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: the person was deactivated or removed since they signed in
    Set<Permission> permissions();

    /// What was permitted when it was last asked: costs nothing, and is good enough to gray out what would be refused.
    Set<Permission> lastKnown();

    /// Notes that something was refused.
    void refused(Actor actor, RollcallException why);

    /// Permissions that never change and refusals that nobody notes: for Rollcall itself, and for tests.
    static Authority of(Set<Permission> permissions) {
        return new Fixed(permissions);
    }

    /// Always the same.
    record Fixed(Set<Permission> permissions) implements Authority {
        public Fixed {
            permissions = Set.copyOf(permissions);
        }

        @Override
        public Set<Permission> lastKnown() {
            return permissions;
        }

        @Override
        public void refused(Actor actor, RollcallException why) {
            // Nobody is there to be told about.
        }
    }
}
