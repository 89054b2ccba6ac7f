package org.rollcall.ui.activity;

import java.util.List;
import java.util.function.Supplier;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Tenant;
import org.rollcall.people.PeopleService;
import org.rollcall.runs.RunService;

/// The services of Activity.
///
/// @param imports the imports to filter by; called off the FX thread
public record ActivityServices(AuditService audit, RunService runs, PeopleService people,
        Supplier<List<ImportName>> imports) {
    /// An import with its display name.
    public record ImportName(long profileId, String name) {
        public ImportName(Tenant tenant, Profile profile) {
            this(profile.id(), RunWords.name(tenant.name(), profile.name()));
        }
    }
}
