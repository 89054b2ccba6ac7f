package org.rollcall.sync;

import java.util.List;

import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;

/// A configuration that is to become that of a profile once a run with it succeeds.
///
/// @param defaultRole name of the role of whom no rule fits
/// @param rules       in order
public record Draft(ProfileConfig config, String defaultRole, List<RuleDraft> rules) {
    public Draft {
        rules = List.copyOf(rules);
    }

    /// @param role its name
    public record RuleDraft(Ref group, boolean nested, String role) {}
}
