package org.rollcall.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.Tenant;
import org.rollcall.sync.plan.Kept;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanRule;
import org.rollcall.sync.read.ReadScope;

/// A request with all names resolved: what is imported from where under which configuration.
///
/// @param profile     the stored import; empty before its first successful run
/// @param draft       replaces the configuration of the import if the run succeeds
/// @param defaultRole its name
/// @param sameMapping ids of other imports of the tenant with the same mapping of attributes
/// @param scopePower  the permissions under which its scope is decided; null: all
/// @param kept        people whom a run must not remove because of that
record ImportTarget(Tenant tenant, Optional<Profile> profile, String profileName, @Nullable Draft draft,
        ProfileConfig config, String defaultRole, List<PlanRule> rules, Set<Long> sameMapping,
        @Nullable Set<Permission> scopePower, Kept kept) {
    ImportTarget(Tenant tenant, Optional<Profile> profile, String profileName, @Nullable Draft draft,
            ProfileConfig config, String defaultRole, List<PlanRule> rules, Set<Long> sameMapping) {
        this(tenant, profile, profileName, draft, config, defaultRole, rules, sameMapping, null, Kept.NOBODY);
    }

    ImportTarget with(@Nullable Set<Permission> power, Kept whom) {
        return new ImportTarget(tenant, profile, profileName, draft, config, defaultRole, rules, sameMapping, power,
                whom);
    }

    long profileId() {
        return profile.map(Profile::id).orElse(PlanInput.NEW_PROFILE);
    }

    ReadScope readScope() {
        return ReadScope.of(config,
                rules.stream().map(rule -> new ReadScope.RuleGroup(rule.group().id(), rule.nested())).toList());
    }

    /// The rules to store, with the ids of those that the import has already.
    static List<Long> idsOf(List<Draft.RuleDraft> drafts, List<RoleRule> stored, List<Long> roleIds) {
        var free = new HashSet<>(stored);
        return IntStream.range(0, drafts.size()).mapToObj(i -> {
            Draft.RuleDraft draft = drafts.get(i);
            Optional<RoleRule> same = stored.stream().filter(free::contains)
                    .filter(rule -> rule.group().id().equals(draft.group().id()) && rule.nested() == draft.nested()
                            && rule.roleId() == roleIds.get(i))
                    .findFirst();
            same.ifPresent(free::remove);
            return same.map(RoleRule::id).orElse(0L);
        }).toList();
    }
}
