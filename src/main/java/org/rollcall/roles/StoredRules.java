package org.rollcall.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileNesting;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;

/// Evaluates the rules for people as they are in the directory, between imports, with the same result as a plan. Needs a few
/// queries for each rule, however many people there are.
final class StoredRules {
    private final PersonStore people;
    private final ProfileStore profiles;
    private final RuleStore rules;
    private final RoleStore roles;
    private final ProfileNesting nesting;

    StoredRules(PersonStore people, ProfileStore profiles, RuleStore rules, RoleStore roles, GroupNesting nesting) {
        this.people = people;
        this.profiles = profiles;
        this.rules = rules;
        this.roles = roles;
        this.nesting = nesting.ofProfiles();
    }

    /// Those of these groups whose members are known.
    Set<UUID> known(Profile profile, Collection<UUID> groups) {
        return nesting.known(profile, groups);
    }

    /// By person: the decision of the rules of the import that owns them. People of no import get the role User.
    Map<Long, RuleDecision> decide(Collection<Long> userIds) {
        var result = new HashMap<Long, RuleDecision>();
        var byProfile = new HashMap<Long, List<Long>>();
        people.owningProfiles(userIds)
                .forEach((user, profile) -> byProfile.computeIfAbsent(profile, id -> new ArrayList<>()).add(user));
        byProfile.forEach((profileId, users) -> {
            Profile profile = profiles.byId(profileId).orElseThrow();
            result.putAll(decide(profile, rules.ofProfile(profileId), users));
        });
        var fallback = new RuleDecision(roles.require(Role.USER).id(), RoleSource.DEFAULT, null);
        for (Long user : userIds) {
            result.putIfAbsent(user, fallback);
        }
        return result;
    }

    /// By person: the decision of these rules.
    Map<Long, RuleDecision> decide(Profile profile, List<RoleRule> inOrder, Collection<Long> userIds) {
        var result = new HashMap<Long, RuleDecision>();
        var open = new HashSet<>(userIds);
        for (RoleRule rule : inOrder) {
            if (open.isEmpty()) {
                break;
            }
            var decision = new RuleDecision(rule.roleId(), RoleSource.RULE, rule.id() == 0 ? null : rule.id());
            for (Long user : nesting.peopleIn(profile, rule.group().id(), rule.nested(), open)) {
                result.put(user, decision);
                open.remove(user);
            }
        }
        var otherwise = new RuleDecision(profile.defaultRoleId(), RoleSource.DEFAULT, null);
        open.forEach(user -> result.put(user, otherwise));
        return result;
    }
}
