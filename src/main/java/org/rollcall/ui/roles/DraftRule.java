package org.rollcall.ui.roles;

import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;

/// A rule as it stands in the list, saved or not.
///
/// @param groupPresent false: the group is no longer in Entra or in scope
/// @param storedPlace  its place among the saved rules, from 0; -1: new
/// @param moved        somebody has moved it since
record DraftRule(RoleRule rule, boolean groupPresent, int storedPlace, boolean moved) {
    DraftRule move() {
        return new DraftRule(rule, groupPresent, storedPlace, true);
    }

    DraftRule withRole(long roleId) {
        return with(new RoleRule(rule.id(), rule.profileId(), rule.position(), rule.group(), rule.nested(), roleId));
    }

    DraftRule withNested(boolean nested) {
        return with(new RoleRule(rule.id(), rule.profileId(), rule.position(), rule.group(), nested, rule.roleId()));
    }

    DraftRule withGroup(Ref group) {
        return new DraftRule(new RoleRule(rule.id(), rule.profileId(), rule.position(), group, rule.nested(),
                rule.roleId()), true, storedPlace, moved);
    }

    private DraftRule with(RoleRule changed) {
        return new DraftRule(changed, groupPresent, storedPlace, moved);
    }
}
