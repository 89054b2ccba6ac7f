package org.rollcall.ui.groups;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Profile;
import org.rollcall.roles.RuleService.RuleUse;

/// What the screen tells about one group.
///
/// @param rules    that use it, a group in it, or a group above it with nested ones
/// @param profiles the imports of its tenant
/// @param below    the group and all groups in it
record GroupDetail(GroupRow group, List<Parent> parents, List<RuleUse> rules, List<Profile> profiles, Set<UUID> below,
        long everyone, long direct, long groups) {
    /// @param cycle the two contain each other
    record Parent(GroupRow group, boolean cycle) {}
}
