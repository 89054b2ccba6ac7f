package org.rollcall.roles;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.UserStatus;

/// The effect of saving rules, computed by the code that saves them.
///
/// @param rules          in their order
/// @param changes        people whose role would change; administrators lost and gained first
/// @param decides        number of people each rule would match, by its position
/// @param others         number of people with the default role
/// @param counts         people by role in the whole directory
/// @param administrators the effect on administrators
public record RulePreview(List<RoleRule> rules, List<RoleChange> changes, List<Long> decides, long others,
        List<RoleCount> counts, Administrators administrators) {
    public RulePreview {
        rules = List.copyOf(rules);
        changes = List.copyOf(changes);
        decides = List.copyOf(decides);
        counts = List.copyOf(counts);
    }

    /// One person whose role would change.
    ///
    /// @param fromRuleId the stored rule that matches now; null: the default
    /// @param toPlace    the position of the rule that would match; -1: the default
    public record RoleChange(long userId, long fromRoleId, long toRoleId, @Nullable Long fromRuleId, int toPlace) {}

    /// Number of people with a role before and after, without removed people.
    public record RoleCount(Role role, long before, long after) {
        public boolean changes() {
            return before != after;
        }
    }

    /// @param before  enabled administrators now
    /// @param after   enabled administrators afterwards
    /// @param lost    some names of those who would no longer be
    /// @param won     some names of those who would become one
    /// @param refusal why saving would be refused, naming the last administrator; empty if it would not
    public record Administrators(long before, long after, List<String> lost, List<String> won, String refusal) {
        public Administrators {
            lost = List.copyOf(lost);
            won = List.copyOf(won);
        }
    }

    /// A change with the name of the person.
    public record ChangedPerson(RoleChange change, String name, String username, UserStatus status) {}
}
