package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.task.JobContext;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportSession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A guard that stops a preview is lifted beside its words, once, for as many people as the preview shows.
@SuppressWarnings("NullAway") // fields are set before each test
class PreviewGuardsTest extends UiTest {
    private static final String REMOVALS = "importing.preview.allow.removals";
    private static final String GIVEN = "importing.preview.allow.administratorsGiven";

    @TempDir
    Path folder;
    private SampleTenant sample;
    private AppContext app;
    private Actor actor;
    private ImportDraft draft;
    private ImportWizard wizard;

    @BeforeEach
    void importEveryone() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(20));
        actor = new Actor(null, "maren", "test", EnumSet.allOf(Permission.class));
        app = ReadyFolder.create(folder.resolve("home"), "maren", "a long pass phrase".toCharArray(), "test",
                Clock.systemUTC());
        app.tenants().add(actor,
                new NewTenant("Sample", sample.tenantId(), sample.clientId(),
                        new NewCredential(new Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                        sample.origin(), sample.origin(), sample.caPem(), null),
                true, JobContext.silent());
        draft = new ImportDraft();
        draft.tenantNameProperty().set("Sample");
        draft.organizationProperty().set("Contoso Ltd");
        assertTrue(app.imports().run(actor, draft.request(), JobContext.silent()).succeeded());
    }

    @AfterEach
    void close() {
        app.close();
        sample.close();
    }

    /// A preview that leaves one group's people, all of them as administrators.
    private Run preview() {
        var directory = sample.directory();
        var group = directory.groups().stream()
                .filter(each -> !"HiddenMembership".equals(each.text("visibility")))
                .filter(each -> directory.directMembers(each.id()).size() > 7).findFirst().orElseThrow();
        draft.scopeModeProperty().set(ImportDraft.ScopeMode.GROUPS);
        draft.groups().add(new Ref(UUID.fromString(group.id()), group.displayName()));
        draft.defaultRoleProperty().set(Role.ADMINISTRATOR);
        return shownPreview();
    }

    private Run shownPreview() {
        draft.stepProperty().set("map");
        showWith(context -> {
            wizard = new ImportWizard(new ImportSession(context, app, actor, draft, new WizardTest.Picker()), () -> {});
            return new StackPane(wizard.view(), context.toasts(), context.dialogs().layer());
        });
        click("wizard.next");
        waitFor("the preview", () -> draft.previewRunProperty().get() != null && exists("importing.preview.table"));
        return app.runs().show(actor, Objects.requireNonNull(draft.previewRunProperty().get()));
    }

    private String reason() {
        return look(() -> node("wizard.reason", Label.class).getText());
    }

    private static Guard guard(Run run, String name) {
        return run.guards().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void bothAreLiftedForOneImport() {
        Run run = preview();
        var removals = guard(run, "removals");
        var given = guard(run, "administratorsGiven");
        assertTrue(removals.stopped() && given.stopped(), () -> String.valueOf(run.guards()));
        assertEquals("Stopped: " + removals.message(), reason());
        long people = run.count(ChangeKind.REMOVE) + run.count(ChangeKind.DEACTIVATE);
        assertEquals("Allow " + people + " removals in this import",
                look(() -> node(REMOVALS, CheckBox.class).getText()));
        picture("08-wizard-preview-guards");
        assertAccessible(scene().getRoot());

        click(REMOVALS);
        waitFor("the other guard's words", () -> reason().equals("Stopped: " + given.message()));
        click(GIVEN);
        waitFor("the way to be free", () -> reason().isEmpty());
        picture("08-wizard-preview-guards-allowed");
        click(REMOVALS);
        waitFor("the guard's words again", () -> reason().equals("Stopped: " + removals.message()));
        click(REMOVALS);
        waitFor("the way to be free again", () -> reason().isEmpty());

        click("wizard.next");
        waitFor("the last step", () -> "done".equals(wizard.model().step().id()));
        Run done = app.runs().show(actor, Objects.requireNonNull(draft.importRunProperty().get()));
        assertEquals(run.counts(), done.counts());
        assertFalse(done.guardStopped());
        assertEquals("Removals: " + people, guard(done, "removals").message().split(" of ")[0]);
    }

    @Test
    void lostRolesAreAllowedForOneImport() {
        draft.defaultRoleProperty().set(Role.OPERATOR);
        assertTrue(app.imports().run(actor, draft.request(), JobContext.silent()).succeeded());
        draft.defaultRoleProperty().set(Role.USER);
        Run run = shownPreview();
        var lost = guard(run, "lostRoles");
        assertEquals("Stopped: " + lost.message(), reason());
        long people = run.count(ChangeKind.ROLE_CHANGE);
        assertEquals("Allow " + people + " people to lose their role in this import",
                look(() -> node("importing.preview.allow.lostRoles", CheckBox.class).getText()));
        picture("08-wizard-preview-guards-roles");
        click("importing.preview.allow.lostRoles");
        waitFor("the way to be free", () -> reason().isEmpty());
        click("wizard.next");
        waitFor("the last step", () -> "done".equals(wizard.model().step().id()));
        Run done = app.runs().show(actor, Objects.requireNonNull(draft.importRunProperty().get()));
        assertEquals(run.counts(), done.counts());
        assertEquals("Lost roles: " + people, guard(done, "lostRoles").message().split(" of ")[0]);
    }

    /// Another answer is another preview: what was allowed for the one before holds no longer.
    @Test
    void aNewPreviewAsksAgain() {
        Run run = preview();
        click(REMOVALS);
        click(GIVEN);
        waitFor("the way to be free", () -> reason().isEmpty());
        fx(() -> draft.defaultRoleProperty().set(Role.USER));
        var before = List.copyOf(new ArrayList<>(look(() -> Map.copyOf(draft.allowances()).keySet())));
        assertEquals(2, before.size());
        click("wizard.back");
        waitFor("the step before", () -> "map".equals(wizard.model().step().id()));
        click("wizard.next");
        waitFor("another preview", () -> draft.previewRunProperty().get() != null
                && draft.previewRunProperty().get() != run.id() && exists("importing.preview.table"));
        assertTrue(reason().startsWith("Stopped: Removals"), this::reason);
        assertFalse(exists(GIVEN));
        assertFalse(look(() -> node(REMOVALS, CheckBox.class).isSelected()));
    }
}
