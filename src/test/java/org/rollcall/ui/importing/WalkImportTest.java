package org.rollcall.ui.importing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.UserFilter;
import org.rollcall.sample.SampleTenant;
import org.rollcall.ui.NoSession;
import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.Prefill;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;
import org.rollcall.ui.users.UsersScreen;
import org.rollcall.ui.users.UsersServices;
import org.rollcall.ui.users.UsersViewModel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The sixth step while it runs: cancelled in the middle, begun again, left running in the background, failed.
class WalkImportTest extends WizardWalk {
    private final GateClock clock = new GateClock();

    @Override
    protected WizardFixture fixture(Path home) {
        return new WizardFixture(home, SampleTenant.start(SampleTenant.Options.defaults().withUsers(2_300)
                .withGroups(40)), Clock.systemUTC());
    }

    @AfterEach
    void release() {
        clock.release();
    }

    /// The wizard over the shell of the window, at the preview of everyone.
    private void openAtPreview() {
        var app = fixture.context();
        var actor = fixture.actor();
        draft = Prefill.of(fixture.sample).draft();
        root = showWith(still -> {
            window = new WindowContext(still.theme(), still.motion(), still.fx(),
                    UiTasks.onThreads(still.fx(), clock), still.dialogs(), still.toasts(),
                    address -> links.add(address.toString()), clock);
            var services = new UsersServices(app.people(), app.peopleEdits(), app.groups(), app.roles(), app.why(),
                    app.runs(),
                    app.audit(), app.localAccounts(), app.auth().authentication(), () -> app.tenants().list(actor),
                    app.past());
            var window = new WindowRoot(this.window);
            var model = new ShellViewModel(List.of(List.of(new UsersScreen(this.window, services,
                    new UsersViewModel(this.window.tasks(), services, actor, () -> {}), FileAsk.bySystem(),
                    window))), this.window.tasks());
            model.userNameProperty().set(actor.name());
            window.showShell(new ShellView(this.window, model, new NoSession()), model);
            model.open("users", Map.of());
            wizard = new ImportWizard(new ImportSession(this.window, fixture, actor, draft, picker), () -> {
                events.add("closed");
                window.uncover();
            });
            window.cover(wizard.view());
            return window;
        });
        next("verify");
        goOnToChoose();
        next("map");
        rule("Finance", Role.AUDITOR);
        administratorFromMap("Ada Lindqvist");
        goOnToPreview();
    }

    /// Lets the import come as far as its people being written, but for the rest, and stand there.
    private void startAndHold() {
        clock.hold(2);
        click("wizard.next");
        waitFor("the import to stand still", clock::isHolding);
        waitFor("its count", () -> count().startsWith("2,"));
    }

    private String count() {
        return look(() -> node("importing.import.count", Label.class).getText());
    }

    private void assertStage(String name, String spoken) {
        assertEquals(spoken, look(() -> node("importing.import.stage." + name).getAccessibleText()));
    }

    /// Everything that an import could change.
    private List<Object> everything() {
        var app = fixture.context();
        var actor = fixture.actor();
        var rows = new ArrayList<Object>();
        app.people().export(actor, UserFilter.everyone(), rows::add);
        app.groups().export(actor, true, rows::add);
        app.groups().exportMemberships(actor, rows::add);
        rows.addAll(app.roles().roles().list(actor));
        rows.addAll(runs());
        rows.addAll(app.schedules().list(actor));
        rows.add(app.findProfile(actor, app.tenants().list(actor).getFirst(), "default"));
        return rows;
    }

    private List<Run> runs() {
        return fixture.runs().list(fixture.actor(), new RunFilter(null, null, null), null, 100);
    }

    @Test
    void cancelledInTheMiddleNothingIsChangedAndRetryBringsAllIn() {
        openAtPreview();
        var before = everything();
        startAndHold();
        var planned = fixture.runs().show(fixture.actor(), Objects.requireNonNull(draft.previewRunProperty().get()));
        long changes = List.of(ChangeKind.values()).stream().filter(ChangeKind::changesDirectory)
                .mapToLong(planned::count).sum();
        assertEquals(String.format(Locale.ENGLISH, "2,000 of %,d changes", changes), count());
        assertEquals("Cancel import", look(() -> node("wizard.cancel", Button.class).getText()));
        assertEquals("Continue in background", nextLabel());
        assertAccessible(root);
        picture("09-wizard-import");
        picture("09-wizard-import-narrow", 1000, 700);
        picture("09-wizard-import-wide", 1600, 1000);

        click("wizard.cancel");
        assertEquals("Cancelling", reason());
        clock.release();
        waitFor("what became of it", () -> exists("importing.import.outcome"));
        assertEquals(before, everything());
        assertEquals("import", step());
        assertSays("Cancelled. The directory is as it was.");
        assertSays("The import was cancelled before anything was written.");
        assertStage("people", "People and their roles: cancelled");
        assertStage("groups", "Groups: pending");
        assertEquals("Go back to the preview, or retry", reason());
        assertAccessible(root);
        picture("09-wizard-import-cancelled");

        click("importing.import.retry");
        waitForStep("done");
        flip("importing.done.keep");
        finish();
        assertCameIn();
        assertEquals(1, runs().size());
    }

    @Test
    void leftRunningItGoesOnInTheStatusBarAndFinishes() {
        openAtPreview();
        startAndHold();
        click("wizard.next");
        waitFor("the wizard to close", () -> events.contains("closed"));
        waitFor("the job", () -> texts().stream().anyMatch(each -> each.startsWith("Importing Contoso")));
        assertTrue(window.tasks().running().getFirst().progressProperty().get() > 0);
        assertEquals(0, people().size(), "nothing is in before all is in");
        picture("09-wizard-import-background");
        clock.release();
        waitFor("its end", () -> window.tasks().running().isEmpty());
        waitFor("the word about it", () -> texts().contains("2,300 people imported"));
        look(() -> draft.scheduledProperty()).set(false);
        assertCameIn();
        waitFor("the draft to go", () -> ImportWizard.saved(fixture, fixture.actor()).isEmpty());
    }

    @Test
    void whatChangedSinceThePreviewIsSaidAndANewOneIsMade() {
        openAtPreview();
        var somebody = fixture.people().find(fixture.actor(), "admin");
        assertEquals(Role.ADMINISTRATOR, somebody.role());
        long first = Objects.requireNonNull(draft.previewRunProperty().get());
        fixture.context().localAccounts().add(fixture.actor(), "second.admin", "Second", null, Role.ADMINISTRATOR,
                "another long sentence".toCharArray());
        click("wizard.next");
        waitFor("the refusal", () -> exists("importing.import.outcome"));
        assertEquals(0, people().size());
        assertSays("People, roles or rules were changed since this was planned");
        assertSays("Something has changed since");
        assertFalse(texts().contains("No changes to people, roles or rules since"));
        assertStage("compare", "Compare with the preview: failed");
        assertSays("The import stopped before anything was written.");
        assertEquals("Create a new preview to continue", reason());
        assertAccessible(root);
        picture("09-wizard-import-failed");
        click("importing.import.newPreview");
        waitForStep("preview");
        waitFor("the new preview", () -> reason().isEmpty());
        long second = Objects.requireNonNull(draft.previewRunProperty().get());
        assertTrue(second > first);
        importAll();
        flip("importing.done.keep");
        finish();
        assertCameIn();
    }
}
