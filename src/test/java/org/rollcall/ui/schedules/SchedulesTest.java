package org.rollcall.ui.schedules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserStatus;
import org.rollcall.runs.UndoService;
import org.rollcall.schedule.ScheduleQueue;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduledImport;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.ChoiceChip;
import org.rollcall.ui.common.TabsPane;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class SchedulesTest extends UiTest {
    @TempDir
    Path folder;

    private final List<String> planned = new ArrayList<>();
    private Office office;
    private ScheduleStore store;
    private ScheduleService service;
    private SchedulesScreen screen;
    private long daily;
    private ScheduleService.Runner runner = ScheduleService.Runner.HERE;
    /// Of each run that was set going: whether it was to read everything again.
    private final List<Boolean> everything = new ArrayList<>();

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        var database = office.directory.database;
        store = new ScheduleStore(database);
        var profiles = new ProfileStore(database, CLOCK);
        var runs = new RunStore(database);
        service = new ScheduleService(database, new ScheduleService.Stores(store, profiles, office.tenants),
                runs::lastOf, ScheduledImport.by((_, request, _) -> {
                    everything.add(request.everything());
                    return run(RunState.SUCCEEDED, request.trigger(), 3);
                }, (_, request, _) -> run(RunState.PLANNED, request.trigger(), 3)),
                new Queue(), office.audit, CLOCK);
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private final class Queue implements ScheduleQueue {
        @Override
        public void plan(long scheduleId, Instant at) {
            planned.add("plan " + scheduleId);
        }

        @Override
        public void forget(long scheduleId) {
            planned.add("forget " + scheduleId);
        }
    }

    private long profile() {
        return new ProfileStore(office.directory.database, CLOCK).byName(office.contoso.id(), "daily").orElseThrow()
                .id();
    }

    private Run run(RunState state, Trigger trigger, int changes) {
        var runs = new RunStore(office.directory.database);
        var started = runs.start(office.contoso, profile(), "daily", RunKind.IMPORT, trigger, "maren.holt",
                CLOCK.instant().minusSeconds(90), null);
        var list = new ArrayList<Change>();
        for (int i = 0; i < changes; i++) {
            list.add(new Change.PersonChange(i % 2 == 0 ? ChangeKind.UPDATE : ChangeKind.RENAME,
                    TestDirectory.uuid("chiamaka.eze"), "Chiamaka Eze", Map.of("department", "Treasury"),
                    Map.of("department", "Controlling"), Change.Reason.of(ReasonCode.CHANGED_IN_ENTRA)));
        }
        list.add(new Change.MemberChange(ChangeKind.MEMBER_ADD, office.group("Finance"), TestDirectory.uuid("zoe"),
                org.rollcall.domain.MemberType.USER, Change.Reason.of(ReasonCode.NEW_IN_ENTRA)));
        new ChangeStore(office.directory.database).append(started.id(), 0, list);
        var counts = new ChangeStore(office.directory.database).counts(started.id());
        var ended = new Run(started.id(), started.tenantId(), started.tenantName(), started.profileId(), "daily",
                RunKind.IMPORT, trigger, "maren.holt", state, started.startedAt(), CLOCK.instant().minusSeconds(84),
                state == RunState.SUCCEEDED, List.of(new StreamEvidence("USERS", 1, 17, 1),
                        new StreamEvidence("GROUPS", 1, 6, 1)),
                counts, List.of(new Guard("removals", state == RunState.STOPPED, "Removals 3 of 1,209 (0.2%)")),
                new Run.Admins(2, 2), 2, null,
                state == RunState.STOPPED
                        ? new Run.Failure(ErrorKind.GUARD, "guard.removals",
                                "It would remove 187 of 412 people (45%, the limit is 10%)",
                                "Look at the changes, and raise the limit for one run if they are right", Map.of())
                        : null,
                null);
        runs.update(ended);
        return ended;
    }

    private WindowRoot open() {
        return open(office.administrator);
    }

    private WindowRoot open(Actor actor) {
        return showWith(context -> office.window(context, given -> {
            var stores = Stores.over(office.directory.database, CLOCK);
            var imports = new ImportService(stores,
                    new MirrorReader(office.directory.database, CLOCK), _ -> {
                        throw new IllegalStateException("nothing is read here");
                    }, office.roles, office.audit, CLOCK);
            var services = new SchedulesServices(service, office.runs, office.groups, office.people,
                    new UndoService(stores, office.roles, service, office.audit, CLOCK),
                    new StoppedRuns(stores, imports, office.roles, service, office.audit, CLOCK),
                    () -> runner, office.connections, imports::limit, id -> office.opened.add("connect " + id));
            var model = new SchedulesViewModel(given.tasks(), given.toasts(), services, actor,
                    () -> office.opened.add("import"), view -> office.opened.add("edit " + view.schedule().name()));
            screen = new SchedulesScreen(given, services, model, actor,
                    (title, name, chosen) -> chosen.accept(folder.resolve(name)), office);
            return List.of(screen);
        }));
    }

    private void schedule() {
        daily = service.set(office.administrator, profile(), Duration.ofHours(2)).id();
    }

    @Test
    void theLimitsOfAnImportAreItsOwn() {
        schedule();
        var root = open();
        fx(() -> ((TabsPane) node("schedules.tabs")).open("policies"));
        click("schedules.limits");
        fx(() -> node("schedules.limits.percent", TextField.class).setText("101"));
        assertTrue(look(() -> node("schedules.limits.do", Button.class).isDisabled()));
        picture("16-schedules-limits");
        assertAccessible(root);
        fx(() -> node("schedules.limits.percent", TextField.class).setText("3"));
        fx(() -> node("schedules.limits.least", TextField.class).setText("25"));
        fx(() -> node("schedules.limits.lostPercent", TextField.class).setText("101"));
        assertTrue(look(() -> node("schedules.limits.do", Button.class).isDisabled()));
        fx(() -> node("schedules.limits.lostPercent", TextField.class).setText("40"));
        fx(() -> node("schedules.limits.lostLeast", TextField.class).setText("7"));
        fx(() -> node("schedules.limits.administrators", TextField.class).setText("1"));
        click("schedules.limits.do");
        assertEquals(new ProfileConfig.Policies(3, 25, 1, 40, 7), config().policies());
        assertFalse(exists("schedules.limits.do"));
        assertTrue(look(() -> scene().getRoot().lookupAll(".label").stream().map(Label.class::cast)
                .anyMatch(each -> each.getText().contains("more than 3% of the active people, and at least 25"))));
        assertTrue(look(() -> scene().getRoot().lookupAll(".label").stream().map(Label.class::cast)
                .anyMatch(each -> each.getText().contains("more than 40% of the active people, and at least 7"))));
    }

    private ProfileConfig config() {
        return new ProfileStore(office.directory.database, CLOCK).byId(profile()).orElseThrow().config();
    }

    @Test
    void withoutASchedulePointsToTheImport() {
        open();
        picture("16-schedules-empty");
        assertFalse(exists("schedules.table"));
        fx(() -> ((javafx.scene.control.Button) scene().getRoot().lookup(".state-pane .button")).fire());
        assertEquals(List.of("import"), office.opened);
    }

    @Test
    void listsRunsPausesResumesAndDeletes() {
        schedule();
        for (int i = 0; i < 12; i++) {
            run(RunState.SUCCEEDED, Trigger.SCHEDULE, i * 7 % 5);
        }
        var root = open();
        assertEquals(1, fx(() -> node("schedules.table", TableView.class).getItems().size()));
        click("schedules.runNow");
        assertNotNull(store.byId(daily).orElseThrow().lastRunId(), "the run is the schedule's last one");
        picture("16-schedules");
        picture("16-schedules-narrow", 1000, 700);
        picture("16-schedules-wide", 1600, 1000);
        resize(1000, 700);
        @SuppressWarnings("unchecked")
        var tenants = (ChoiceChip<Long>) node("schedules.tenant", ChoiceChip.class);
        assertTrue(fx(() -> tenants.isVisible()), "tenants can be chosen where their column has no room");
        fx(() -> tenants.valueProperty().set(office.contoso.id()));
        assertEquals("Contoso", fx(() -> tenants.getText()));
        resize(1280, 800);
        assertAccessible(root);
        click("schedules.pauseResume");
        assertEquals(Schedule.State.PAUSED, store.byId(daily).orElseThrow().state());
        assertTrue(planned.contains("forget " + daily));
        click("schedules.pauseResume");
        assertEquals(Schedule.State.ACTIVE, store.byId(daily).orElseThrow().state());
        fx(() -> {
            node("schedules.more." + daily, MenuButton.class).getItems().getLast().fire();
            return null;
        });
        fx(() -> scene().getRoot().lookupAll(".modal-box .button.danger").stream()
                .map(javafx.scene.control.Button.class::cast).findFirst().orElseThrow().fire());
        assertTrue(store.list().isEmpty());
    }

    private void tenantMenu(int item) {
        fx(() -> {
            node("schedules.tenant.more." + office.contoso.id(), MenuButton.class).getItems().get(item).fire();
            return null;
        });
    }

    @Test
    void aTenantIsRenamedAndVerifiedAndItsCredentialReplaced() {
        open();
        tenantMenu(0);
        assertEquals(List.of("connect " + office.contoso.id()), office.opened);
        tenantMenu(2);
        picture("16-tenant-rename");
        fx(() -> node("tenant.rename.name", TextField.class)
                .setText("Contoso Europe, Middle East and Africa Holding GmbH"));
        click("tenant.rename.do");
        assertEquals("Contoso Europe, Middle East and Africa Holding GmbH",
                office.tenants.byId(office.contoso.id()).orElseThrow().name());
        schedule();
        fx(() -> screen.reload());
        picture("16-tenant-long-name");
        tenantMenu(1);
        assertTrue(fx(() -> scene().getRoot().lookupAll(".toast .label").stream().map(Label.class::cast)
                .anyMatch(each -> each.getText().contains("there is no credential for the tenant")
                        || each.getText().contains("There is no credential for the tenant"))));
    }

    @Test
    void removingATenantAsksWhatBecomesOfItsPeople() {
        schedule();
        open();
        tenantMenu(4);
        assertTrue(look(() -> node("tenant.remove.do").isDisabled()), "nothing is chosen beforehand");
        fx(() -> node("tenant.remove.deactivate", RadioButton.class).setSelected(true));
        picture("16-tenant-remove");
        click("tenant.remove.do");
        assertEquals(List.of(), office.tenants.list());
        assertEquals(List.of(), store.list());
        assertEquals(UserStatus.DISABLED, office.people.find(office.administrator, "zoe").status());
        assertFalse(exists("schedules.tenant.more." + office.contoso.id()));
        picture("16-tenant-removed");
    }

    @Test
    void whoMayNotManageTenantsIsToldSo() {
        schedule();
        var operator = new Actor(office.administrator.userId(), "olga", "window",
                Set.of(Permission.VIEW_ACTIVITY, Permission.VIEW_DIRECTORY));
        open(operator);
        assertTrue(look(() -> node("schedules.tenant.more." + office.contoso.id()).isDisabled()));
        assertEquals("Needs the permission Manage tenants",
                look(() -> node("schedules.tenant.more." + office.contoso.id()).getAccessibleHelp()));
    }

    /// The queue does not take part in transactions.
    @Test
    void anUndoThatIsTakenBackPausesNothing() {
        schedule();
        Runnable refused = () -> {
            service.undone(office.administrator, profile(), "Run 1 was undone");
            throw new IllegalStateException("refused");
        };
        assertThrows(IllegalStateException.class, () -> office.directory.database.transaction(refused));
        assertEquals(Schedule.State.ACTIVE, store.byId(daily).orElseThrow().state());
        assertFalse(planned.contains("forget " + daily));
        office.directory.database
                .transaction(() -> service.undone(office.administrator, profile(), "Run 1 was undone"));
        assertEquals("Run 1 was undone", store.byId(daily).orElseThrow().stateReason());
        assertTrue(planned.contains("forget " + daily));
    }

    @Test
    void theMenuReadsEverythingAgain() {
        schedule();
        open();
        click("schedules.run." + daily);
        fx(() -> {
            var menu = node("schedules.more." + daily, MenuButton.class);
            menu.getItems().stream().filter(item -> item.getText().equals("Run a full synchronization")).findFirst()
                    .orElseThrow().fire();
            return null;
        });
        assertEquals(List.of(false, true), everything);
    }

    @Test
    void theLastRunIsTheImportsWhoeverStartedIt() {
        run(RunState.SUCCEEDED, Trigger.MANUAL, 3);
        schedule();
        assertNull(store.byId(daily).orElseThrow().lastRunId(), "the schedule itself has run nothing yet");
        open();
        var words = fx(() -> scene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText()).toList());
        assertFalse(words.contains("Not yet"), words.toString());
        assertTrue(words.contains("4 changes"), words.toString());
        assertEquals(RunState.SUCCEEDED, service.list(office.administrator).getFirst().lastRun().orElseThrow().state());
        picture("16-schedules-by-hand");
    }

    @Test
    void showsARunWithItsEvidenceAndEveryChange() throws IOException {
        schedule();
        var run = run(RunState.SUCCEEDED, Trigger.SCHEDULE, 4);
        var root = open();
        fx(() -> screen.shown(Map.of("run", String.valueOf(run.id()))));
        assertEquals("Run " + run.id(), node("run.title", Label.class).getText());
        assertEquals(5, fx(() -> node("run.changes", TableView.class).getItems().size()));
        picture("17-run");
        picture("17-run-narrow", 1000, 700);
        assertAccessible(root);
        click("schedules.run.filter.members");
        assertEquals("Zoë Müller-Lüdenscheidt 🌻",
                fx(() -> ((ChangeRow) node("run.changes", TableView.class).getItems().getFirst()).who()));
        click("run.export");
        assertEquals(2, Files.readAllLines(folder.resolve("run-" + run.id() + ".csv")).size());
        click("run.back");
        assertTrue(exists("schedules.table"));
    }

    @Test
    void aStoppedRunIsSaidAboveTheTable() {
        schedule();
        var run = run(RunState.STOPPED, Trigger.SCHEDULE, 2);
        store.ran(daily, run.id(), 1);
        open();
        picture("16-schedules-stopped");
        assertEquals(1, fx(() -> screen.mattersProperty().get()));
        assertTrue(fx(() -> scene().getRoot().lookupAll(".banner .label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().contains("187 of 412"))));
        var words = fx(() -> scene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText()).toList());
        assertTrue(words.contains("Contoso daily was stopped by a guard"));
        assertTrue(words.contains("Stopped"), "the state does not contradict the banner");
        assertFalse(words.contains("Active"));
    }

    private List<String> words() {
        return fx(() -> scene().getRoot().lookupAll(".label").stream().filter(Label.class::isInstance)
                .filter(Node::isVisible).map(node -> ((Label) node).getText()).toList());
    }

    @Test
    void aQuarantinedScheduleWaitsForAPersonWhoLetsItGoOn() {
        schedule();
        var run = run(RunState.STOPPED, Trigger.SCHEDULE, 2);
        store.ran(daily, run.id(), 0);
        store.quarantine(daily, run.id(), "Removals: 187 of 412 people; 10% (at least 10) stop the run");
        runner = ScheduleService.Runner.SERVICE;
        var root = open();
        picture("16-schedules-quarantined");
        var words = words();
        assertTrue(words.contains("Quarantined"), words::toString);
        assertTrue(words.contains("Run by the service"), words::toString);
        assertTrue(words.stream().anyMatch(each -> each.contains("187 of 412") && each.contains("keeps reading")));
        assertEquals(1, fx(() -> screen.mattersProperty().get()));
        assertAccessible(root);
        click("schedules.goOn." + daily);
        Schedule after = store.byId(daily).orElseThrow();
        assertEquals(Schedule.State.ACTIVE, after.state());
        assertNull(after.stateReason());
    }

    @Test
    void aScheduleThatFailsAgainAndAgainSaysSo() {
        schedule();
        var run = run(RunState.FAILED, Trigger.SCHEDULE, 0);
        store.ran(daily, run.id(), 3);
        store.setReason(daily, "Failed 3 times in a row, so it waits 16h: Entra cannot be reached");
        open();
        picture("16-schedules-backing-off");
        assertTrue(words().contains("Backing off"));
    }

    @Test
    void whatItImportsIsEditedInTheWizard() {
        schedule();
        open();
        click("schedules.edit");
        click("schedules.edit.what");
        assertEquals(List.of("edit Contoso daily"), office.opened);
    }

    @Test
    void isEditedWithTheNextRunShown() {
        schedule();
        run(RunState.SUCCEEDED, Trigger.SCHEDULE, 3);
        var root = open();
        click("schedules.edit");
        assertTrue(exists("schedules.edit.number"));
        fx(() -> {
            node("schedules.edit.number", TextField.class).setText("4");
            @SuppressWarnings("unchecked")
            ComboBox<Object> unit = node("schedules.edit.unit", ComboBox.class);
            unit.setValue(unit.getItems().getFirst());
        });
        assertTrue(fx(() -> node("schedules.edit.do", Button.class).isDisabled()), "4 minutes");
        picture("16-schedules-edit-wrong");
        fx(() -> {
            node("schedules.edit.number", TextField.class).setText("2");
            @SuppressWarnings("unchecked")
            ComboBox<Object> unit = node("schedules.edit.unit", ComboBox.class);
            unit.setValue(unit.getItems().getLast());
            node("schedules.edit.at", TextField.class).setText("25:61");
        });
        assertTrue(fx(() -> node("schedules.edit.do", Button.class).isDisabled()), "no such time");
        fx(() -> {
            node("schedules.edit.at", TextField.class).setText("02:30");
            node("schedules.edit.missed", ComboBox.class).getSelectionModel().selectLast();
        });
        assertTrue(fx(() -> node("schedules.edit.next", Label.class).getText()).contains("02:30"));
        picture("16-schedules-edit");
        assertAccessible(root);
        click("schedules.edit.do");
        Schedule.Timing timing = store.byId(daily).orElseThrow().timing();
        assertEquals(new Schedule.Timing(Duration.ofDays(2), LocalTime.of(2, 30), Schedule.Missed.SKIP), timing);
        waitFor("the dialog to close", () -> !exists("schedules.edit.number"));
        assertTrue(words().contains("at 02:30"));
        picture("16-schedules-at");
    }
}
