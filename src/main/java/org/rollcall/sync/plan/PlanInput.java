package org.rollcall.sync.plan;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ProfileConfig;

/// What a plan is made for.
///
/// @param profileId   the profile's id; [#NEW_PROFILE] before it is stored
/// @param rules       in order; the first that fits decides
/// @param defaultRole name of the role of whom no rule fits
/// @param complete    the mirror was read to its end; if not, nobody is missed
/// @param sameMapping ids of other profiles that map attributes the same way, so that either may update a person
/// @param limits      for this run only, in place of what the profile says
/// @param losses      tells whose role is taken away or lowered
/// @param kept        whom it must not remove although they are out of scope
public record PlanInput(long profileId, ProfileConfig config, List<PlanRule> rules, String defaultRole,
        boolean complete, Set<Long> sameMapping, RunLimits limits, RoleLosses losses,
        Kept kept, Administrators administrators, PlanSources sources) {
    /// Comes after every stored profile, as a profile that is stored now will.
    public static final long NEW_PROFILE = Long.MAX_VALUE;

    /// A run like any other, of somebody who may do everything.
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

    /// The same, where it is known whose role is lowered.
    public PlanInput with(RoleLosses known) {
        return new PlanInput(profileId, config, rules, defaultRole, complete, sameMapping, limits, known, kept,
                administrators, sources);
    }

    /// The same, read from elsewhere.
    public PlanInput with(PlanSources other) {
        return new PlanInput(profileId, config, rules, defaultRole, complete, sameMapping, limits, losses, kept,
                administrators, other);
    }

    /// Enabled administrators whom this plan cannot touch.
    ///
    /// @param elsewhere         local ones and those of other tenants
    /// @param elsewhereSignIn   how many of them can sign in
    /// @param importedCanSignIn a way to sign in is open to imported people
    public record Administrators(int elsewhere, int elsewhereSignIn, boolean importedCanSignIn) {}
}
