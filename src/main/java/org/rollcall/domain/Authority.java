package org.rollcall.domain;

import java.util.Set;

/// Provides the permissions of an actor, and records refusals. Queried at every action, so that permissions do not outlast the
/// role.
public interface Authority {
    /// The present permissions.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: the person was deactivated or removed since they signed in
    Set<Permission> permissions();

    /// The permissions when last read: at no cost, and sufficient to disable controls.
    Set<Permission> lastKnown();

    /// Records a refusal.
    void refused(Actor actor, RollcallException why);

    /// Fixed permissions without recording refusals: for Rollcall itself, and for tests.
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
            // There is nobody to record.
        }
    }
}
