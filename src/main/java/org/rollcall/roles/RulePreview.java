package org.rollcall.roles;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.UserStatus;

/// What saving rules would do to people, worked out by the code that saves them.
///
/// @param rules          in their order
/// @param changes        who would get another role; administrators lost and won first
/// @param decides        how many people each rule would decide, by its place
/// @param others         how many would have the default role
/// @param counts         people by role, all of Rollcall's
/// @param administrators how it would stand with those who may do everything
public record RulePreview(List<RoleRule> rules, List<RoleChange> changes, List<Long> decides, long others,
        List<RoleCount> counts, Administrators administrators) {
    public RulePreview {
        rules = List.copyOf(rules);
        changes = List.copyOf(changes);
        decides = List.copyOf(decides);
        counts = List.copyOf(counts);
    }

    /// One person who would get another role.
    ///
    /// @param fromRuleId the stored rule that decided so far; null: the default did
    /// @param toPlace    the place of the rule that would decide; -1: the default would
    public record RoleChange(long userId, long fromRoleId, long toRoleId, @Nullable Long fromRuleId, int toPlace) {}

    /// People who hold a role before and after, removed people apart.
    public record RoleCount(Role role, long before, long after) {
        public boolean changes() {
            return before != after;
        }
    }

    /// @param before  enabled administrators now
    /// @param after   enabled administrators then
    /// @param lost    some names of those who would be no longer
    /// @param won     some names of those who would become one
    /// @param refusal why saving would be refused, naming who is the last one; empty if it would not
    public record Administrators(long before, long after, List<String> lost, List<String> won, String refusal) {
        public Administrators {
            lost = List.copyOf(lost);
            won = List.copyOf(won);
        }
    }

    /// A change with the name of the person.
    public record ChangedPerson(RoleChange change, String name, String username, UserStatus status) {}
}
