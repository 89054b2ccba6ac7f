package org.rollcall.ui.importing;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Role;
import org.rollcall.domain.Trigger;
import org.rollcall.source.Connection;
import org.rollcall.sync.Draft;
import org.rollcall.sync.ImportRequest;
import org.rollcall.task.JobContext;
import org.rollcall.ui.importing.draft.ImportEdit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a schedule imports is changed in the wizard: filled in, with a preview of what the change does.
class WalkEditTest extends WizardWalk {
    @Test
    void aScheduledImportIsEditedFromItsChoiceOn() {
        var app = fixture.context();
        var actor = fixture.actor();
        var sample = fixture.sample;
        app.tenants().add(actor, new NewTenant("Contoso", sample.tenantId(), sample.clientId(),
                new NewCredential(new Connection.Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                sample.origin(), sample.origin(), sample.caPem(), null), false, JobContext.silent());
        assertTrue(app.imports().run(actor, new ImportRequest("Contoso", "default",
                new Draft(ProfileConfig.everyone(), Role.USER, List.of()), null, Trigger.MANUAL), JobContext.silent())
                .succeeded());
        var profile = app.profile(actor, "Contoso", "default");
        app.schedules().set(actor, profile.id(), Duration.ofHours(6));

        draft = new ImportEdit(app.tenants().byName("Contoso"), profile, Role.USER, List.of(), Duration.ofHours(6))
                .draft();
        open(draft, Clock.systemUTC());
        waitForStep("choose");
        waitFor("the tenant", () -> !countOfChosen().isEmpty());
        flip("importing.choose.disabled");
        next("map");
        goOnToPreview();
        importAll();
        finish();
        var changed = app.profile(actor, "Contoso", "default");
        assertEquals(profile.id(), changed.id());
        assertFalse(changed.config().filters().disabled());
        assertCameIn();
    }
}
