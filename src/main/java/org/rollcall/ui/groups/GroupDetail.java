package org.rollcall.ui.groups;

import java.util.List;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Profile;
import org.rollcall.roles.RuleService.RuleUse;

/// What the screen tells about one group.
///
/// @param rules    that use it or a group above it with nested ones
/// @param profiles the imports of its tenant
record GroupDetail(GroupRow group, List<Parent> parents, List<RuleUse> rules, List<Profile> profiles, long everyone,
        long direct, long groups) {
    /// @param cycle the two contain each other
    record Parent(GroupRow group, boolean cycle) {}
}
