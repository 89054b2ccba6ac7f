package org.rollcall.sync.plan;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ProfileConfig;

/// The input of a plan besides its sources.
///
/// @param profileId   the import's id; [#NEW_PROFILE] before it is stored
/// @param rules       in order; the first match decides
/// @param defaultRole name of the role of people whom no rule matches
/// @param complete    the mirror was read to its end; otherwise nobody counts as missing
/// @param sameMapping ids of other imports with the same mapping of attributes, so that either may update a person
/// @param limits      for this run only, in place of the import's
/// @param losses      detects lost and lowered roles
/// @param kept        people who must not be removed although they are out of scope
public record PlanInput(long profileId, ProfileConfig config, List<PlanRule> rules, String defaultRole,
        boolean complete, Set<Long> sameMapping, RunLimits limits, RoleLosses losses,
        Kept kept, Administrators administrators, PlanSources sources) {
    /// Sorts after every stored import, as an import that is stored now will.
    public static final long NEW_PROFILE = Long.MAX_VALUE;

    /// A run without restrictions by its actor.
    public PlanInput(long profileId, ProfileConfig config, List<PlanRule> rules, String defaultRole, boolean complete,
            Set<Long> sameMapping, @Nullable PeopleLimit maxRemovals, Administrators administrators,
            PlanSources sources) {
        this(profileId, config, rules, defaultRole, complete, sameMapping,
                new RunLimits(maxRemovals, null, null), RoleLosses.NONE, Kept.NOBODY, administrators, sources);
    }

    public PlanInput {
        rules = List.copyOf(rules);
        sameMapping = Set.copyOf(sameMapping);
    }

    /// The same with detection of lowered roles.
    public PlanInput with(RoleLosses known) {
        return new PlanInput(profileId, config, rules, defaultRole, complete, sameMapping, limits, known, kept,
                administrators, sources);
    }

    /// The same with other sources.
    public PlanInput with(PlanSources other) {
        return new PlanInput(profileId, config, rules, defaultRole, complete, sameMapping, limits, losses, kept,
                administrators, other);
    }

    /// Enabled administrators whom this plan cannot affect.
    ///
    /// @param elsewhere         local ones and those of other tenants
    /// @param elsewhereSignIn   those of them who can sign in
    /// @param importedCanSignIn imported people have an enabled way to sign in
    public record Administrators(int elsewhere, int elsewhereSignIn, boolean importedCanSignIn) {}
}
