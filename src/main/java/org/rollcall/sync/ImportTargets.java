package org.rollcall.sync;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.store.Stores;
import org.rollcall.sync.plan.PlanRule;
import org.rollcall.text.Words;

/// Resolves the names of a request, and stores the configuration of a successful one.
final class ImportTargets {
    private final Stores stores;
    private final ImportPowers powers;

    ImportTargets(Stores stores) {
        this.stores = stores;
        this.powers = new ImportPowers(stores);
    }

    /// @throws RollcallException INPUT: the tenant, the import or a role does not exist
    Tenant tenant(String name) {
        return stores.tenants().byName(name).orElseThrow(() -> RollcallException.input("tenant.unknown",
                Words.of("sync.tenant.unknown", name), stores.tenants().list().isEmpty()
                        ? Words.of("sync.tenant.unknown.remedy")
                        : Words.of("sync.tenant.unknown.remedy.else", stores.tenants().list().stream().map(Tenant::name)
                                .collect(Collectors.joining(", ")))));
    }

    ImportPowers powers() {
        return powers;
    }

    /// @throws RollcallException INPUT: the import or a role does not exist; NOT_ALLOWED: the actor may not run it like this
    ImportTarget resolve(Actor actor, Tenant tenant, String profileName, @Nullable Draft draft) {
        return powers.checked(actor, found(tenant, profileName, draft));
    }

    /// The target after [#store] has stored it.
    ImportTarget stored(ImportTarget target) {
        return found(target.tenant(), target.profileName(), null).with(target.scopePower(), target.kept());
    }

    private ImportTarget found(Tenant tenant, String profileName, @Nullable Draft draft) {
        Optional<Profile> profile = stores.profiles().byName(tenant.id(), profileName);
        if (draft == null && profile.isEmpty()) {
            throw RollcallException.input("profile.unknown",
                    Words.of("sync.profile.unknown", profileName, tenant.name()),
                    Words.of("sync.profile.unknown.remedy"))
                    .onCommandLine(Words.of("sync.profile.unknown.remedy.cli"));
        }
        List<RoleRule> stored = profile.map(each -> stores.rules().ofProfile(each.id())).orElse(List.of());
        ProfileConfig config = draft != null ? draft.config() : profile.orElseThrow().config();
        String name = profile.map(Profile::name).orElse(profileName);
        if (draft != null) {
            List<Long> roleIds = draft.rules().stream().map(rule -> stores.roles().require(rule.role()).id()).toList();
            List<Long> ids = ImportTarget.idsOf(draft.rules(), stored, roleIds);
            var rules = new ArrayList<PlanRule>();
            for (int i = 0; i < ids.size(); i++) {
                Draft.RuleDraft rule = draft.rules().get(i);
                rules.add(new PlanRule(ids.get(i) == 0 ? null : ids.get(i), rule.group(), rule.nested(),
                        stores.roles().require(rule.role()).name()));
            }
            return new ImportTarget(tenant, profile, name, draft, config,
                    stores.roles().require(draft.defaultRole()).name(), rules, sameMapping(tenant, config));
        }
        Map<Long, String> roleNames = new HashMap<>();
        stores.roles().list().forEach(role -> roleNames.put(role.id(), role.name()));
        List<PlanRule> rules = stored.stream().map(rule -> new PlanRule(rule.id(), rule.group(), rule.nested(),
                roleNames.getOrDefault(rule.roleId(), Role.USER))).toList();
        return new ImportTarget(tenant, profile, name, null, config,
                roleNames.getOrDefault(profile.orElseThrow().defaultRoleId(), Role.USER), rules,
                sameMapping(tenant, config));
    }

    private Set<Long> sameMapping(Tenant tenant, ProfileConfig config) {
        return stores.profiles().ofTenant(tenant.id()).stream()
                .filter(each -> each.config().mapping().equals(config.mapping())).map(Profile::id)
                .collect(Collectors.toSet());
    }

    /// Stores the configuration. Called in the transaction that applies the run.
    Stored store(ImportTarget target) {
        Draft draft = target.draft();
        if (draft == null) {
            Profile profile = target.profile().orElseThrow();
            List<RoleRule> same = stores.rules().ofProfile(profile.id());
            return new Stored(profile.id(), same, same, profile.defaultRoleId(), profile.defaultRoleId(), false);
        }
        long defaultRole = stores.roles().require(draft.defaultRole()).id();
        long profileId;
        List<RoleRule> before = target.profile().map(each -> stores.rules().ofProfile(each.id())).orElse(List.of());
        if (target.profile().isPresent()) {
            Profile profile = target.profile().get();
            profileId = profile.id();
            if (!profile.config().equals(draft.config()) || profile.defaultRoleId() != defaultRole) {
                stores.profiles().update(profileId, draft.config(), defaultRole);
            }
        } else {
            profileId = stores.profiles().insert(target.tenant().id(), target.profileName(), draft.config(),
                    defaultRole).id();
        }
        var rules = new ArrayList<RoleRule>();
        for (int i = 0; i < draft.rules().size(); i++) {
            PlanRule planned = target.rules().get(i);
            rules.add(new RoleRule(planned.id() == null ? 0 : planned.id(), profileId, i, planned.group(),
                    planned.nested(), stores.roles().require(planned.role()).id()));
        }
        Set<Permission> powerBefore = stores.profiles().scopePower(profileId).orElse(null);
        if (!Objects.equals(powerBefore, target.scopePower())) {
            stores.profiles().setScopePower(profileId, target.scopePower());
        }
        List<RoleRule> after = stores.rules().replace(profileId, rules);
        boolean changed = target.profile().filter(each -> each.config().equals(draft.config())
                && each.defaultRoleId() == defaultRole).isEmpty() || !after.equals(before)
                || !Objects.equals(powerBefore, target.scopePower());
        return new Stored(profileId, after, before, target.profile().map(Profile::defaultRoleId).orElse(null),
                defaultRole, changed);
    }

    /// An import with its rules, in order.
    ///
    /// @param rulesBefore   its former rules
    /// @param defaultBefore id of its former default role; null: the import is new
    /// @param changed       anything about it differs from before
    record Stored(long profileId, List<RoleRule> rules, List<RoleRule> rulesBefore, @Nullable Long defaultBefore,
            long defaultRole, boolean changed) {}
}
