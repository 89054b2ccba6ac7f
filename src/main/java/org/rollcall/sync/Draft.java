package org.rollcall.sync;

import java.util.List;

import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;

/// A configuration that becomes that of an import once a run with it succeeds.
///
/// @param defaultRole name of the role of people whom no rule matches
/// @param rules       in order
public record Draft(ProfileConfig config, String defaultRole, List<RuleDraft> rules) {
    public Draft {
        rules = List.copyOf(rules);
    }

    /// @param role its name
    public record RuleDraft(Ref group, boolean nested, String role) {}
}
