package org.rollcall.sync;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.Powers;
import org.rollcall.store.Stores;
import org.rollcall.sync.plan.Kept;

/// Decides who may run an import with a given configuration. Running a stored import unchanged needs only *Import*. Changing
/// its default role, its rules or its limit of administrators needs *Manage roles and rules*, and no role before or after the
/// change may include a permission that the actor lacks: if a rule is removed, the next one decides. Changing the scope gives
/// the people in it its roles, so these must not exceed the actor's permissions either. Anybody may give the default role User.
final class ImportPowers {
    private final Stores stores;

    ImportPowers(Stores stores) {
        this.stores = stores;
    }

    /// @return the target, with the people whom a run must not remove
    /// @throws RollcallException NOT_ALLOWED
    ImportTarget checked(Actor actor, ImportTarget target) {
        Draft draft = target.draft();
        boolean otherPeople = draft != null
                && target.profile().filter(each -> !samePeople(each.config(), draft.config())).isPresent();
        if (draft != null) {
            require(actor, target.profile(), draft.config(), given(draft), draft.defaultRole(), otherPeople);
        }
        @Nullable
        Set<Permission> power = power(actor, target, otherPeople);
        return target.with(power, power == null ? Kept.NOBODY : kept(power));
    }

    /// Checks what roles alone decide, before names of groups are looked up in the directory.
    ///
    /// @param ruleRoles names of the roles that the rules give, in order
    void requireRoles(Actor actor, Tenant tenant, String profileName, List<String> ruleRoles, String defaultRole) {
        Optional<Profile> profile = stores.profiles().byName(tenant.id(), profileName);
        List<Long> stored = profile.map(each -> stores.rules().ofProfile(each.id())).orElse(List.of()).stream()
                .map(RoleRule::roleId).toList();
        List<Role> given = ruleRoles.stream().map(stores.roles()::require).toList();
        Role otherwise = stores.roles().require(defaultRole);
        boolean changed = !given.stream().map(Role::id).toList().equals(stored)
                || !profile.map(each -> each.defaultRoleId() == otherwise.id()).orElse(otherwise.isUser());
        if (changed) {
            actor.require(Permission.MANAGE_ROLES);
            requireAll(actor, profile, given, otherwise);
        }
    }

    private void require(Actor actor, Optional<Profile> profile, ProfileConfig config, List<RoleRule> given,
            String defaultRole, boolean otherPeople) {
        Role otherwise = stores.roles().require(defaultRole);
        List<RoleRule> stored = profile.map(each -> stores.rules().ofProfile(each.id())).orElse(List.of());
        boolean otherRoles = !sameRules(stored, given)
                || !profile.map(each -> each.defaultRoleId() == otherwise.id()).orElse(otherwise.isUser())
                || !Objects.equals(maxAdministrators(profile.map(Profile::config)),
                        maxAdministrators(Optional.of(config)));
        if (otherRoles) {
            actor.require(Permission.MANAGE_ROLES);
        }
        if (otherRoles || otherPeople) {
            Map<Long, Role> byId = byId();
            requireAll(actor, profile, given.stream().map(rule -> byId.get(rule.roleId())).toList(), otherwise);
        }
    }

    private static @Nullable Integer maxAdministrators(Optional<ProfileConfig> config) {
        return config.map(each -> each.policies().maxAdministrators()).orElse(null);
    }

    private void requireAll(Actor actor, Optional<Profile> profile, List<Role> given, Role otherwise) {
        Map<Long, Role> byId = byId();
        for (Role role : given) {
            Powers.requireGive(actor, role);
        }
        var defaults = new ArrayList<>(List.of(otherwise));
        profile.ifPresent(each -> {
            stores.rules().ofProfile(each.id()).forEach(rule -> Optional.ofNullable(byId.get(rule.roleId()))
                    .ifPresent(role -> Powers.requireTake(actor, role)));
            Optional.ofNullable(byId.get(each.defaultRoleId())).ifPresent(defaults::add);
        });
        defaults.stream().filter(role -> !role.isUser()).forEach(role -> Powers.requireGive(actor, role));
    }

    private List<RoleRule> given(Draft draft) {
        var rules = new ArrayList<RoleRule>();
        for (Draft.RuleDraft rule : draft.rules()) {
            rules.add(new RoleRule(0, 0, rules.size(), rule.group(), rule.nested(),
                    stores.roles().require(rule.role()).id()));
        }
        return rules;
    }

    /// Whether two lists of rules decide the same, regardless of the present names of their groups.
    static boolean sameRules(List<RoleRule> one, List<RoleRule> other) {
        return facts(one).equals(facts(other));
    }

    private static List<List<Object>> facts(List<RoleRule> rules) {
        return rules.stream().map(rule -> List.<Object>of(rule.group().id(), rule.nested(), rule.roleId())).toList();
    }

    private static boolean samePeople(ProfileConfig one, ProfileConfig other) {
        return facts(one).equals(facts(other));
    }

    private static List<Object> facts(ProfileConfig config) {
        var scope = config.scope();
        var filters = config.filters();
        return List.of(scope.all(), ids(scope.groups()), scope.groups().isEmpty() || scope.nested(),
                ids(scope.people()), filters.guests(), filters.disabled(), filters.mfaRegistered(),
                ids(filters.excludedGroups()), ids(filters.excludedPeople()));
    }

    private static Set<Object> ids(List<Ref> refs) {
        return refs.stream().map(Ref::id).collect(Collectors.toCollection(HashSet::new));
    }

    /// The permissions under which the scope of the import is decided. Stored with the import: otherwise somebody who narrows a
    /// scope would only have to run it a second time.
    ///
    /// @return null: it was not narrowed by anybody with limited permissions
    private @Nullable Set<Permission> power(Actor actor, ImportTarget target, boolean otherPeople) {
        if (otherPeople) {
            return actor.permissions();
        }
        @Nullable
        Set<Permission> stored = target.profile().flatMap(each -> stores.profiles().scopePower(each.id()))
                .orElse(null);
        if (stored == null) {
            return null;
        }
        var both = EnumSet.noneOf(Permission.class);
        both.addAll(stored);
        both.addAll(actor.permissions());
        return both;
    }

    private Kept kept(Set<Permission> power) {
        return new Kept(!power.contains(Permission.CHANGE_ROLES), stores.roles().list().stream()
                .filter(role -> !role.isUser() && !Powers.cover(power, role)).map(Role::name)
                .collect(Collectors.toSet()));
    }

    private Map<Long, Role> byId() {
        var byId = new HashMap<Long, Role>();
        stores.roles().list().forEach(role -> byId.put(role.id(), role));
        return byId;
    }

    /// Names of roles by id, for audit events.
    Map<Long, String> roleNames() {
        var names = new LinkedHashMap<Long, String>();
        stores.roles().list().forEach(role -> names.put(role.id(), role.name()));
        return names;
    }
}
