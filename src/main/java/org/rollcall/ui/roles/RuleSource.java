package org.rollcall.ui.roles;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Tenant;

/// An import whose rules can be looked at.
///
/// @param name the tenant's, and the import's where the tenant has several
record RuleSource(Tenant tenant, Profile profile, String name) {
    @Override
    public String toString() {
        return name;
    }
}
