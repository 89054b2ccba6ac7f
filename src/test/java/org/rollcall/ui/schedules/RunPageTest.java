package org.rollcall.ui.schedules;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
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
import org.rollcall.store.AppliedRuns;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.Stores;
import org.rollcall.store.TestDirectory;
import org.rollcall.sync.ImportService;
import org.rollcall.sync.StoppedRuns;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What can be done on a run's page: undoing it, and applying or dropping what a guard stopped.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class RunPageTest extends UiTest {
    @TempDir
    Path folder;

    private Office office;
    private ScheduleStore store;
    private ScheduleService schedules;
    private SchedulesServices services;
    private SchedulesScreen screen;
    private long schedule;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        var database = office.directory.database;
        store = new ScheduleStore(database);
        schedules = new ScheduleService(database,
                new ScheduleService.Stores(store, new ProfileStore(database, CLOCK), office.tenants),
                new RunStore(database)::lastOf, ScheduledImport.by((_, _, _) -> {
                    throw new IllegalStateException("nothing is imported here");
                }, (_, _, _) -> {
                    throw new IllegalStateException("nothing is read here");
                }), new ScheduleQueue() {
                    @Override
                    public void plan(long scheduleId, java.time.Instant at) {}

                    @Override
                    public void forget(long scheduleId) {}
                }, office.audit, CLOCK);
        var stores = Stores.over(database, CLOCK);
        var imports = new ImportService(stores, new MirrorReader(database, CLOCK), _ -> {
            throw new IllegalStateException("nothing is read here");
        }, office.roles, office.audit, CLOCK);
        services = new SchedulesServices(schedules, office.runs, office.groups, office.people,
                new UndoService(stores, office.roles, schedules, office.audit, CLOCK),
                new StoppedRuns(stores, imports, office.roles, schedules, office.audit, CLOCK),
                () -> ScheduleService.Runner.HERE, office.connections, imports::limit, _ -> {});
        schedule = schedules.set(office.administrator, profile(), Duration.ofHours(2)).id();
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private long profile() {
        return new ProfileStore(office.directory.database, CLOCK).byName(office.contoso.id(), "daily").orElseThrow()
                .id();
    }

    private Run run(RunState state, List<Change> changes) {
        boolean stopped = state == RunState.STOPPED;
        return run(state, changes, new Guard("removals", stopped, stopped
                ? "Removals: 3 of 12 people; 10% (at least 3) stop the run"
                : "Removals: 0 of 12 people; 10% (at least 10) would stop the run"));
    }

    private Run run(RunState state, List<Change> changes, Guard guard) {
        var database = office.directory.database;
        var runs = new RunStore(database);
        var started = runs.start(office.contoso, profile(), "daily", RunKind.IMPORT, Trigger.SCHEDULE, "Contoso daily",
                CLOCK.instant().minusSeconds(90), null);
        new ChangeStore(database).append(started.id(), 0, changes);
        var counts = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        counts.putAll(new ChangeStore(database).counts(started.id()));
        boolean stopped = state == RunState.STOPPED;
        long revision = new SettingStore(database).directoryRevision();
        var ended = new Run(started.id(), started.tenantId(), started.tenantName(), started.profileId(), "daily",
                RunKind.IMPORT, Trigger.SCHEDULE, "Contoso daily", state, started.startedAt(),
                CLOCK.instant().minusSeconds(84), true,
                List.of(new StreamEvidence("USERS", 1, 17, 1), new StreamEvidence("GROUPS", 1, 6, 1)), counts,
                List.of(guard),
                new Run.Admins(2, 2), 2, revision,
                stopped
                        ? new Run.Failure(ErrorKind.GUARD, "guard." + guard.name(), guard.message(),
                                "look at a preview, and if the removals are intended, allow them there once", Map.of())
                        : null,
                null);
        runs.update(ended);
        if (stopped) {
            var mirror = new MirrorStore(database, CLOCK).open(office.contoso.id(), "key", "{}");
            runs.keep(started.id(), "{\"draft\":null,\"mirror\":" + mirror.id()
                    + ",\"changes\":0,\"byHand\":false,\"roles\":[]}");
        } else {
            new AppliedRuns(database).note(started.id(), new SettingStore(database).raiseDirectoryRevision());
        }
        return ended;
    }

    private static Change person(ChangeKind kind, String username, String name, Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after) {
        return new Change.PersonChange(kind, TestDirectory.uuid(username), name, before, after,
                Change.Reason.of(ReasonCode.NEW_IN_ENTRA));
    }

    private Run applied() {
        return run(RunState.SUCCEEDED, List.of(
                person(ChangeKind.CREATE, "zoe", "Zoë Müller-Lüdenscheidt 🌻", Map.of(), Map.of("role", "User")),
                person(ChangeKind.CREATE, "oleksandra", "Oleksandra Shevchenko", Map.of(), Map.of("role", "User")),
                person(ChangeKind.UPDATE, "ahmed", "Ahmed Al-Rashid", Map.of("department", "Treasury"),
                        Map.of("department", "Accounts Payable")),
                person(ChangeKind.DEACTIVATE, "linh", "Linh Nguyễn Thị Phương", Map.of("status", "ACTIVE"),
                        Map.of("status", "DISABLED")),
                new Change.MemberChange(ChangeKind.MEMBER_ADD, office.group("Finance"), TestDirectory.uuid("zoe"),
                        MemberType.USER, Change.Reason.of(ReasonCode.NEW_IN_ENTRA))));
    }

    private Run stopped() {
        var changes = new ArrayList<Change>();
        for (String name : List.of("ahmed", "bjorn", "liora")) {
            changes.add(person(ChangeKind.REMOVE, name, office.userQueries.find(name).shownName(),
                    Map.of("status", "ACTIVE", "username", name), Map.of("status", "REMOVED")));
        }
        return run(RunState.STOPPED, changes);
    }

    private WindowRoot open(Run run) {
        var root = showWith(context -> office.window(context, given -> {
            var model = new SchedulesViewModel(given.tasks(), given.toasts(), services, office.administrator,
                    () -> office.opened.add("import"),
                    _ -> office.opened.add("edit"));
            screen = new SchedulesScreen(given, services, model, office.administrator,
                    (_, name, chosen) -> chosen.accept(folder.resolve(name)), office);
            return List.of(screen);
        }));
        fx(() -> screen.shown(Map.of("run", String.valueOf(run.id()), "back", "activity")));
        return root;
    }

    private Schedule.State state() {
        return store.byId(schedule).orElseThrow().state();
    }

    @Test
    void undoShowsWhatComesBackAndWhatStays() {
        office.role("oleksandra", "Operator", RoleSource.MANUAL);
        Run run = applied();
        var root = open(run);
        picture("17-run-undo-button");
        assertAccessible(root);
        assertFalse(fx(() -> node("run.undo", Button.class).isDisabled()));
        click("run.undo");
        picture("17-run-undo-dialog");
        picture("17-run-undo-dialog-narrow", 1000, 700);
        assertEquals("Undo 4 changes", fx(() -> node("undo.do", Button.class).getText()));
        assertEquals(List.of("Oleksandra Shevchenko"), names("undo.stays"));
        assertEquals("their role was set by hand",
                fx(() -> ((ChangeRow) node("undo.stays", ListView.class).getItems().getFirst()).after()));
        assertEquals(List.of("Ahmed Al-Rashid", "Linh Nguyễn Thị Phương", "Zoë Müller-Lüdenscheidt 🌻"),
                names("undo.back").stream().sorted().toList());
        fx(() -> node("undo.all", CheckBox.class).setSelected(true));
        assertEquals("Undo 6 changes", fx(() -> node("undo.do", Button.class).getText()), "and her membership");
        fx(() -> node("undo.all", CheckBox.class).setSelected(false));
        fx(() -> node("undo.do", Button.class).fire());
        assertTrue(office.userQueries.byObjectId(office.contoso.id(), TestDirectory.uuid("zoe")).isEmpty());
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("linh").status());
        assertEquals("Treasury", office.userQueries.find("ahmed").department());
        assertEquals(Schedule.State.PAUSED, state());
        assertTrue(fx(() -> node("run.undo", Button.class).isDisabled()), "it is undone");
        picture("17-run-undone");
        click("run.other");
        assertEquals("Run " + (run.id() + 1), fx(() -> node("run.title", Label.class).getText()));
        picture("17-run-that-undid");
    }

    private List<String> names(String list) {
        @SuppressWarnings("unchecked")
        var rows = (ListView<ChangeRow>) node(list, ListView.class);
        return fx(() -> rows.getItems().stream().map(ChangeRow::who).toList());
    }

    @Test
    void olderRunsWaitForTheNewest() {
        Run older = applied();
        run(RunState.SUCCEEDED, List.of(person(ChangeKind.UPDATE, "bjorn", "Björn", Map.of("department", "Tax"),
                Map.of("department", "Treasury"))));
        open(older);
        assertTrue(fx(() -> node("run.undo", Button.class).isDisabled()));
        assertEquals("Undo run " + (older.id() + 1) + " before",
                fx(() -> node("run.undo", Button.class).getAccessibleHelp()));
    }

    @Test
    void whatAGuardStoppedIsAppliedAfterASecondConfirmation() {
        Run run = stopped();
        store.setState(schedule, Schedule.State.QUARANTINED, "stopped by a guard", null);
        var root = open(run);
        picture("17-run-stopped");
        assertAccessible(root);
        click("run.apply");
        picture("17-run-stopped-apply");
        assertTrue(fx(() -> node("apply.do", Button.class).isDisabled()), "somebody has to look first");
        assertEquals(3, names("apply.people").size());
        fx(() -> node("apply.looked", CheckBox.class).setSelected(true));
        fx(() -> node("apply.do", Button.class).fire());
        assertEquals(UserStatus.REMOVED, office.userQueries.find("bjorn").status());
        assertEquals(RunState.SUCCEEDED, office.runs.show(office.administrator, run.id()).state());
        assertEquals(Schedule.State.ACTIVE, state());
        assertFalse(exists("run.apply"));
        picture("17-run-applied-once");
    }

    @Test
    void whoLosesARoleIsNamedBeforeItIsAppliedOnce() {
        var before = Map.<String, Object>of("role", "Auditor", "roleSource", "RULE");
        var after = Map.<String, Object>of("role", "User", "roleSource", "DEFAULT");
        Run run = run(RunState.STOPPED, List.of(person(ChangeKind.ROLE_CHANGE, "bjorn", "Björn", before, after),
                person(ChangeKind.ROLE_CHANGE, "carla", "Carla", before, after)),
                new Guard("lostRoles", true, "Lost roles: 2 of 12 people; 10% (at least 2) stop the run"));
        open(run);
        click("run.apply");
        picture("17-run-stopped-apply-roles");
        assertEquals(2, names("apply.people").size());
        var words = look(() -> scene().getRoot().lookupAll(".label").stream().map(Label.class::cast)
                .map(Label::getText).toList());
        assertTrue(words.contains("Lost roles: 2 of 12 people; 10% (at least 2) stop the run. This applies once; "
                + "the limits stay as they are."), words::toString);
        assertTrue(words.stream().noneMatch(each -> each.contains("removed or deactivated")), words::toString);
        fx(() -> node("apply.looked", CheckBox.class).setSelected(true));
        fx(() -> node("apply.do", Button.class).fire());
        assertEquals(RunState.SUCCEEDED, office.runs.show(office.administrator, run.id()).state());
    }

    @Test
    void whatAGuardStoppedIsDiscarded() {
        Run run = stopped();
        store.setState(schedule, Schedule.State.QUARANTINED, "stopped by a guard", null);
        open(run);
        click("run.discard");
        fx(() -> scene().getRoot().lookupAll(".modal-box .button.danger").stream().map(Button.class::cast).findFirst()
                .orElseThrow().fire());
        assertFalse(exists("run.discard"));
        assertEquals(Schedule.State.ACTIVE, state());
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("bjorn").status());
    }

    @Test
    void whatIsOutOfDateCanOnlyBeDiscarded() {
        Run run = stopped();
        office.roles.assignments().setRole(office.administrator, List.of(office.id("bjorn")), "Auditor");
        open(run);
        assertFalse(exists("run.apply"));
        assertTrue(exists("run.discard"));
        picture("17-run-stopped-outdated");
    }
}
