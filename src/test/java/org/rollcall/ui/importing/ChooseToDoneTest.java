package org.rollcall.ui.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.stage.Window;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.task.JobContext;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportSession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set before each test
class ChooseToDoneTest extends UiTest {
    @TempDir
    Path folder;
    private SampleTenant sample;
    private AppContext app;
    private Actor actor;
    private ImportDraft draft;
    private ImportWizard wizard;
    private final WizardTest.Picker files = new WizardTest.Picker();
    private final List<String> closed = new ArrayList<>();

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(20));
        actor = new Actor(null, "maren", "test", EnumSet.allOf(Permission.class));
        app = folder("home");
        draft = new ImportDraft();
    }

    @AfterEach
    void close() {
        app.close();
        sample.close();
    }

    private void open() {
        var contexts = new ArrayList<WindowContext>();
        showWith(context -> {
            contexts.add(context);
            draft.tenantNameProperty().set("Sample");
            draft.organizationProperty().set("Contoso Ltd");
            draft.stepProperty().set("choose");
            wizard = new ImportWizard(new ImportSession(context, app, actor, draft, files),
                    () -> closed.add("closed"), () -> closed.add("sign-in"));
            return new StackPane(wizard.view(), context.toasts(), context.dialogs().layer());
        });
    }

    @Test
    void walksFromChooseToDone() {
        open();
        picture("06-wizard-choose-everyone");
        fx(() -> draft.scopeModeProperty().set(ImportDraft.ScopeMode.GROUPS));
        assertEquals("Choose at least one group to continue", node("wizard.reason", Label.class).getText());
        Ref first = groupWithPeople();
        fx(() -> draft.groups().add(first));
        picture("06-wizard-choose");
        picture("06-wizard-choose-narrow", 1000, 700);
        picture("06-wizard-choose-wide", 1600, 1000);
        assertAccessible(scene().getRoot());
        fx(() -> draft.scopeModeProperty().set(ImportDraft.ScopeMode.EVERYONE));
        assertEquals("120", node("importing.choose.count", Label.class).getText());
        click("wizard.next");
        fx(() -> draft.rules().setAll(new RuleDraft(first, true, Role.AUDITOR)));
        picture("07-wizard-map");
        picture("07-wizard-map-narrow", 1000, 700);
        picture("07-wizard-map-wide", 1600, 1000);
        assertAccessible(scene().getRoot());
        click("wizard.next");
        var preview = Objects.requireNonNull(fx(() -> draft.previewRunProperty().get()));
        picture("08-wizard-preview");
        picture("08-wizard-preview-narrow", 1000, 700);
        picture("08-wizard-preview-wide", 1600, 1000);
        assertAccessible(scene().getRoot());
        List<RunChange> shown = rows(app, preview);
        long people = app.runs().show(actor, preview).count(ChangeKind.CREATE);
        assertEquals("Import " + people + " people", node("wizard.next", Button.class).getText());
        assertFalse(node("importing.preview.table", TableView.class).getItems().isEmpty());
        var because = cells("importing.preview.table", "because");
        assertTrue(because.contains("Rule 1. Everyone is brought in"), because.toString());
        assertTrue(because.stream().anyMatch(each -> each.startsWith("Rule 1: " + first.name())), because.toString());
        assertSays("Grant role");
        assertFalse(says("Role granted") || says("Created"), "nothing is done yet");
        var all = node("importing.preview.tickAll", CheckBox.class);
        assertTrue(fx(all::isSelected));
        click("importing.preview.tickAll");
        assertEquals(people, fx(() -> draft.leftOut().size()).longValue());
        waitFor("the foot", () -> node("wizard.next", Button.class).getText().equals("Apply the changes"));
        assertFalse(fx(() -> all.isSelected() || all.isIndeterminate()));
        fx(() -> draft.leftOut().remove(shown.getFirst().change().objectId()));
        waitFor("some", all::isIndeterminate);
        click("importing.preview.tickAll");
        waitFor("all again", () -> all.isSelected() && !all.isIndeterminate());
        assertEquals(Set.of(), fx(() -> Set.copyOf(draft.leftOut())));
        var chosen = shown.stream().filter(each -> each.change().kind() == ChangeKind.CREATE).toList();
        var administrator = chosen.get(0).change().objectId();
        var out = chosen.get(1).change().objectId();
        fx(() -> {
            draft.rolesByHand().put(administrator, Role.ADMINISTRATOR);
            draft.leftOut().add(out);
        });
        click("wizard.next");
        waitFor("the last step", () -> "done".equals(wizard.model().step().id()));
        var run = Objects.requireNonNull(draft.importRunProperty().get());
        waitFor("the rule's number", () -> cells("importing.done.people", "given").contains("by rule 1"));
        picture("10-wizard-done");
        picture("10-wizard-done-narrow", 1000, 700);
        picture("10-wizard-done-wide", 1600, 1000);
        assertAccessible(scene().getRoot());
        assertSays("Sign-in with Entra is off. If it were on, 111 of 111 active people could sign in;"
                + " 8 more are disabled in Entra.");
        assertEquals("Let people sign in", node("importing.done.letIn", Button.class).getText());
        var rows = app.people().list(actor, UserFilter.everyone(), UserSort.BY_NAME, null, 500).rows();
        assertEquals(people - 1, rows.stream().filter(row -> !row.isLocal()).count());
        assertTrue(rows.stream().noneMatch(row -> out.equals(row.objectId())));
        var made = rows.stream().filter(row -> administrator.equals(row.objectId())).findFirst().orElseThrow();
        assertEquals(Role.ADMINISTRATOR, made.role());
        assertEquals(RoleSource.MANUAL, made.roleSource());
        assertTrue(rows.stream()
                .anyMatch(row -> row.role().equals(Role.AUDITOR) && row.roleSource() == RoleSource.RULE));
        assertEquals(people - 1, app.runs().show(actor, run).count(ChangeKind.CREATE));
        fx(() -> {
            for (var part : List.of("days", "hours", "minutes")) {
                @SuppressWarnings("unchecked")
                Spinner<Integer> spinner = node("importing.done." + part, Spinner.class);
                spinner.getValueFactory().setValue(part.equals("hours") ? 6 : 0);
            }
        });
        click("importing.done.letIn");
        waitFor("the end", () -> !closed.isEmpty());
        assertEquals(List.of("sign-in"), closed);
        var schedules = app.schedules().list(actor);
        assertEquals(1, schedules.size());
        assertEquals(Duration.ofHours(6), schedules.getFirst().schedule().every());
    }

    /// The preview of the window against a run of its own in another data folder, which has seen no preview.
    @Test
    void aDetailIsTakenFromAnotherAttribute() {
        open();
        click("wizard.next");
        click("importing.map.source.department");
        var menu = fx(() -> Window.getWindows().stream().filter(each -> each instanceof ContextMenu && each.isShowing())
                .map(ContextMenu.class::cast).findFirst().orElseThrow());
        assertEquals("department, as in Entra", menu.getItems().getFirst().getText());
        var city = menu.getItems().stream().filter(each -> "officeLocation".equals(each.getText())).findFirst()
                .orElseThrow();
        fx(() -> {
            city.fire();
            menu.hide();
        });
        assertEquals(Map.of(UserField.DEPARTMENT, UserField.OFFICE_LOCATION), draft.sources());
        assertAccessible(scene().getRoot());
        click("wizard.next");
        waitFor("the preview", () -> draft.previewRunProperty().get() != null);
        click("wizard.next");
        waitFor("the last step", () -> "done".equals(wizard.model().step().id()));
        int checked = 0;
        for (var row : app.people().list(actor, UserFilter.everyone(), UserSort.BY_NAME, null, 500).rows()) {
            if (!row.isLocal()) {
                var truth = sample.directory().user(String.valueOf(row.objectId())).orElseThrow();
                assertEquals(truth.text("officeLocation"), row.attributes().text(UserField.DEPARTMENT));
                assertEquals(truth.text("jobTitle"), row.attributes().text(UserField.JOB_TITLE));
                checked++;
            }
        }
        assertEquals(120, checked);
    }

    /// Memberships name both sides by id; whoever is here already is called by name too, in the table and in its export.
    @Test
    void aLaterPreviewNamesWhoIsHereAlready() throws IOException {
        app.imports().run(actor, fx(() -> {
            draft.tenantNameProperty().set("Sample");
            return draft.request();
        }), JobContext.silent());
        var group = groupWithPeople();
        var person = sample.directory().users().stream()
                .filter(each -> sample.directory().directMembers(group.id().toString()).stream()
                        .noneMatch(member -> member.id().equals(each.id())))
                .findFirst().orElseThrow();
        sample.directory().addMember(group.id().toString(), person.id());
        open();
        click("wizard.next");
        click("wizard.next");
        waitFor("the preview", () -> draft.previewRunProperty().get() != null);
        waitFor("its rows", () -> !node("importing.preview.table", TableView.class).getItems().isEmpty());
        picture("08-wizard-preview-later");
        assertSays("This import changes no roles. To change the role of someone already imported, go to Users.");
        Path file = folder.resolve("preview.csv");
        files.next = file;
        click("importing.preview.export");
        waitFor("the file", () -> Files.exists(file));
        var lines = Files.readAllLines(file);
        assertEquals("change,objectId,name,before,after,reason", lines.getFirst().replace("\"", ""));
        assertEquals(2, lines.size());
        String expected = "memberAdd," + person.id() + "," + person.displayName() + ",," + group.name() + ",";
        assertTrue(lines.getLast().replace("\"", "").startsWith(expected), lines.getLast());
        var shown = scene().getRoot().lookupAll(".label").stream().map(each -> ((Label) each).getText()).toList();
        assertTrue(shown.contains(person.displayName()), shown.toString());
        assertTrue(shown.stream().anyMatch(each -> each != null && each.contains(group.name())), shown.toString());
        assertFalse(shown.contains(person.id()), "nobody is shown by an id");
    }

    @Test
    void previewIsWhatTheRunDoesRowByRow() {
        open();
        click("wizard.next");
        click("wizard.next");
        var preview = Objects.requireNonNull(fx(() -> draft.previewRunProperty().get()));
        var before = changes(app, preview);
        var request = fx(draft::request);
        try (var other = folder("other")) {
            var run = other.imports().run(actor, request, JobContext.silent());
            assertTrue(run.succeeded());
            assertEquals(before, changes(other, run.run().id()));
        }
        click("wizard.next");
        waitFor("the last step", () -> "done".equals(wizard.model().step().id()));
        assertEquals(before, changes(app, Objects.requireNonNull(draft.importRunProperty().get())));
        assertTrue(before.size() > 120);
    }

    private boolean says(String words) {
        return look(() -> scene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .map(each -> ((Label) each).getText()).anyMatch(words::equals));
    }

    /// What a column of text says, row by row.
    private List<String> cells(String table, String column) {
        return look(() -> {
            @SuppressWarnings("unchecked")
            TableView<Object> shown = node(table, TableView.class);
            var of = shown.getColumns().stream().filter(each -> column.equals(each.getId())).findFirst().orElseThrow();
            return shown.getItems().stream().map(each -> String.valueOf(of.getCellData(each))).toList();
        });
    }

    private void assertSays(String words) {
        waitFor(words, () -> says(words));
    }

    /// A data folder that knows the sample tenant.
    private AppContext folder(String name) {
        var made = ReadyFolder.create(folder.resolve(name), "maren", "a long pass phrase".toCharArray(), "test",
                Clock.systemUTC());
        made.tenants().add(actor,
                new NewTenant("Sample", sample.tenantId(), sample.clientId(),
                        new NewCredential(new Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                        sample.origin(), sample.origin(), sample.caPem(), null),
                true, JobContext.silent());
        return made;
    }

    private Ref groupWithPeople() {
        var directory = sample.directory();
        return directory.groups().stream()
                .filter(group -> !"HiddenMembership".equals(group.text("visibility")))
                .filter(group -> directory.directMembers(group.id()).size() > 3).findFirst()
                .map(group -> new Ref(UUID.fromString(group.id()), group.displayName())).orElseThrow();
    }

    private List<Change> changes(AppContext context, long run) {
        return rows(context, run).stream().map(RunChange::change).toList();
    }

    private List<RunChange> rows(AppContext context, long run) {
        var all = new ArrayList<RunChange>();
        context.runs().allChanges(actor, run, new ChangeFilter(Set.of(), "")).forEachRemaining(all::add);
        return all;
    }
}
