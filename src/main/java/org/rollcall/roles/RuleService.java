package org.rollcall.roles;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.text.Words;

/// Role rules of imports: their order, whom each decides, and the effect of changes. Saved rules apply at once to everybody
/// without a manual role.
public final class RuleService {
    private final RuleStore rules;
    private final RoleStore roles;
    private final ProfileStore profiles;
    private final PersonStore people;
    private final AssignmentStore assignments;
    private final SettingStore settings;
    private final StoredRules stored;
    private final RoleAssignmentService roleAssignments;
    private final AdministratorGuard guard;
    private final AuditService audit;

    RuleService(RuleStore rules, RoleStore roles, ProfileStore profiles, PersonStore people,
            AssignmentStore assignments, SettingStore settings, StoredRules stored,
            RoleAssignmentService roleAssignments, AdministratorGuard guard, AuditService audit) {
        this.rules = rules;
        this.roles = roles;
        this.profiles = profiles;
        this.people = people;
        this.assignments = assignments;
        this.settings = settings;
        this.stored = stored;
        this.roleAssignments = roleAssignments;
        this.guard = guard;
        this.audit = audit;
    }

    /// @param role         the role's name
    /// @param groupPresent false: the group no longer exists in Entra, or was not read, so the rule matches nobody
    /// @param decides      people who have their role by this rule
    public record RuleUse(RoleRule rule, String role, boolean groupPresent, long decides) {}

    public List<RuleUse> list(Actor actor, long profileId) {
        actor.require(Permission.VIEW_DIRECTORY);
        Profile profile = profile(profileId);
        Map<Long, Long> decided = assignments.decidedByRule();
        Map<Long, String> names = roles.list().stream().collect(Collectors.toMap(Role::id, Role::name));
        List<RoleRule> all = rules.ofProfile(profileId);
        Set<UUID> present = stored.known(profile, all.stream().map(rule -> rule.group().id()).toList());
        return all.stream().map(rule -> {
            boolean there = present.contains(rule.group().id());
            return new RuleUse(rule, Objects.requireNonNull(names.get(rule.roleId())), there,
                    decided.getOrDefault(rule.id(), 0L));
        }).toList();
    }

    /// The number of people with the default role of the import, since no rule matches.
    public long byDefault(Actor actor, long profileId) {
        actor.require(Permission.VIEW_DIRECTORY);
        return people.countByDefault(profileId);
    }

    /// Replaces the rules of the import, and gives people the resulting roles.
    ///
    /// @param seen the rules as the actor saw them; null: no check
    /// @throws RollcallException CONFLICT: somebody else changed them meanwhile; GUARD: the last administrator
    public RoleEdit save(Actor actor, long profileId, @Nullable List<RoleRule> seen, List<RoleRule> inOrder) {
        actor.require(Permission.MANAGE_ROLES);
        Map<Long, Role> byId = roles.list().stream().collect(Collectors.toMap(Role::id, role -> role));
        for (RoleRule rule : inOrder) {
            if (!byId.containsKey(rule.roleId())) {
                throw RollcallException.input("role.unknown", Words.of("roles.role.unknown"),
                        Words.of("roles.role.unknown.remedy"));
            }
        }
        return guard.requireOneAfter(() -> {
            Profile profile = profile(profileId);
            List<RoleRule> before = rules.ofProfile(profileId);
            if (seen != null && !seen.equals(before)) {
                throw new RollcallException(ErrorKind.CONFLICT, "rules.changed",
                        Words.of("roles.rules.changed"),
                        Words.of("roles.rules.changed.remedy"));
            }
            requireWithin(actor, profile, before, inOrder, byId);
            List<RoleRule> after = rules.replace(profileId, inOrder);
            settings.raiseDirectoryRevision();
            Map<Long, String> names = byId.values().stream().collect(Collectors.toMap(Role::id, Role::name));
            var detail = new LinkedHashMap<String, @Nullable Object>();
            detail.put("before", words(before, names));
            detail.put("after", words(after, names));
            audit.record(actor, "rules.save", "PROFILE", Long.toString(profileId), profile.name(), detail, null);
            List<Long> ids = people.followingRules(profileId);
            return roleAssignments.apply(actor, stored.decide(profile, after, ids), Map.of(), "role.by-rule");
        });
    }

    /// If a rule is removed the next one decides, and finally the default role: whoever changes rules gives and takes all of
    /// these.
    private static void requireWithin(Actor actor, Profile profile, List<RoleRule> before, List<RoleRule> after,
            Map<Long, Role> byId) {
        for (RoleRule rule : after) {
            Powers.requireGive(actor, Objects.requireNonNull(byId.get(rule.roleId())));
        }
        for (RoleRule rule : before) {
            Powers.requireTake(actor, Objects.requireNonNull(byId.get(rule.roleId())));
        }
        Role otherwise = Objects.requireNonNull(byId.get(profile.defaultRoleId()));
        if (!otherwise.isUser()) {
            Powers.requireGive(actor, otherwise);
        }
    }

    /// @param position from 0; null: after all others
    public RoleEdit add(Actor actor, long profileId, Ref group, boolean nested, String roleName,
            @Nullable Integer position) {
        actor.require(Permission.MANAGE_ROLES);
        var rule = new RoleRule(0, profileId, 0, group, nested, roles.require(roleName).id());
        return change(actor, profileId, list -> {
            int at = position == null ? list.size() : Math.clamp(position, 0, list.size());
            list.add(at, rule);
            return list;
        });
    }

    /// @param position from 0
    public RoleEdit move(Actor actor, long ruleId, int position) {
        actor.require(Permission.MANAGE_ROLES);
        RoleRule rule = rule(ruleId);
        return change(actor, rule.profileId(), list -> {
            list.removeIf(each -> each.id() == ruleId);
            list.add(Math.clamp(position, 0, list.size()), rule);
            return list;
        });
    }

    public RoleEdit remove(Actor actor, long ruleId) {
        actor.require(Permission.MANAGE_ROLES);
        return change(actor, rule(ruleId).profileId(), list -> {
            list.removeIf(each -> each.id() == ruleId);
            return list;
        });
    }

    private RoleEdit change(Actor actor, long profileId, UnaryOperator<List<RoleRule>> change) {
        List<RoleRule> before = rules.ofProfile(profileId);
        return save(actor, profileId, before, change.apply(new ArrayList<>(before)));
    }

    private RoleRule rule(long ruleId) {
        return rules.byId(ruleId).orElseThrow(() -> RollcallException.input("rule.unknown",
                Words.of("roles.rule.unknown", ruleId), Words.of("roles.rule.unknown.remedy"))
                .onCommandLine(Words.of("roles.rule.unknown.remedy.cli")));
    }

    private Profile profile(long profileId) {
        return profiles.byId(profileId).orElseThrow(() -> RollcallException.input("profile.unknown",
                Words.of("roles.profile.unknown"), Words.of("roles.profile.unknown.remedy")));
    }

    /// Rules as display text, for audit events: "Sales (with nested groups) = Operator".
    ///
    /// @param names of roles, by id
    public static List<String> words(List<RoleRule> list, Map<Long, String> names) {
        return list.stream().map(rule -> rule.group().name() + (rule.nested() ? " (with nested groups)" : "") + " = "
                + names.getOrDefault(rule.roleId(), Long.toString(rule.roleId()))).toList();
    }
}
