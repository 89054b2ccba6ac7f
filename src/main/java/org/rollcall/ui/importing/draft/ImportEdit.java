package org.rollcall.ui.importing.draft;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Tenant;
import org.rollcall.sync.Draft.RuleDraft;

/// An import that is there, to be looked at and changed in the wizard.
///
/// @param defaultRole its name
/// @param every       null: it is not repeated
public record ImportEdit(Tenant tenant, Profile profile, String defaultRole, List<RuleDraft> rules,
        @Nullable Duration every) {
    public ImportEdit {
        rules = List.copyOf(rules);
    }

    public ImportDraft draft() {
        return ImportDraft.of(tenant, profile, defaultRole, rules, every);
    }
}
