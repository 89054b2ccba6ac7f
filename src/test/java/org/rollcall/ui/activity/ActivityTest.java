package org.rollcall.ui.activity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Trigger;
import org.rollcall.store.AuditStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.SettingStore;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.ScreenState;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class ActivityTest extends UiTest {
    @TempDir
    Path folder;

    private final JsonMapper json = JsonMapper.builder().build();
    private Office office;
    private ActivityViewModel model;
    private ActivityScreen screen;
    private long profile;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        profile = new ProfileStore(office.directory.database, CLOCK).byName(office.contoso.id(), "daily").orElseThrow()
                .id();
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open(Actor actor, UiTasks tasks) {
        return showWith(context -> office.window(context, given -> {
            var services = new ActivityServices(office.audit, office.runs, office.people,
                    () -> List.of(new ActivityServices.ImportName(profile, "Contoso daily")));
            model = new ActivityViewModel(tasks == null ? given.tasks() : tasks, services, actor, CLOCK);
            screen = new ActivityScreen(given, model, (title, name, chosen) -> chosen.accept(folder.resolve(name)),
                    run -> office.opened.add("run " + run), office);
            return List.of(screen);
        }));
    }

    private WindowRoot open() {
        return open(office.administrator, null);
    }

    /// A service over the same data whose clock stands at another moment.
    private AuditService at(Duration ago) {
        var database = office.directory.database;
        return new AuditService(database, new AuditStore(database), new SettingStore(database),
                java.time.Clock.offset(CLOCK, ago.negated()));
    }

    private Run run(RunState state, Trigger trigger, String by, Duration ago, Map<ChangeKind, Long> counts) {
        var runs = new RunStore(office.directory.database);
        var started = runs.start(office.contoso, profile, "daily", RunKind.IMPORT, trigger, by,
                CLOCK.instant().minus(ago), null);
        var stopped = state == RunState.STOPPED;
        var ended = new Run(started.id(), started.tenantId(), started.tenantName(), started.profileId(), "daily",
                RunKind.IMPORT, trigger, by, state, started.startedAt(),
                state == RunState.RUNNING ? null : started.startedAt().plusSeconds(7), state == RunState.SUCCEEDED,
                List.of(new StreamEvidence("USERS", 1, 17, 1)), counts,
                List.of(new Guard("removals", stopped, "Removals 187 of 412 (45%)")), new Run.Admins(2, 2), 2, null,
                stopped
                        ? new Run.Failure(ErrorKind.GUARD, "guard.removals",
                                "it would remove 187 of 412 people (45%, the limit is 10%)",
                                "look at the changes, and raise the limit for one run if they are right", Map.of())
                        : null,
                null);
        runs.update(ended);
        return ended;
    }

    private void someRuns() {
        run(RunState.SUCCEEDED, Trigger.MANUAL, "maren.holt", Duration.ofDays(40),
                Map.of(ChangeKind.CREATE, 1201L, ChangeKind.GROUP_CREATE, 34L, ChangeKind.MEMBER_ADD, 3426L));
        run(RunState.FAILED, Trigger.SCHEDULE, "Schedule Contoso daily", Duration.ofDays(9), Map.of());
        run(RunState.STOPPED, Trigger.SCHEDULE, "Schedule Contoso daily", Duration.ofDays(4),
                Map.of(ChangeKind.REMOVE, 187L));
        run(RunState.INTERRUPTED, Trigger.SCHEDULE, "Schedule Contoso daily", Duration.ofDays(3), Map.of());
        run(RunState.CANCELLED, Trigger.MANUAL, "ahmed", Duration.ofDays(2), Map.of());
        run(RunState.SUCCEEDED, Trigger.CATCH_UP, "Schedule Contoso daily", Duration.ofHours(5), new EnumMap<>(
                Map.of(ChangeKind.UPDATE, 3L, ChangeKind.ROLE_CHANGE, 1L, ChangeKind.SKIP, 9L)));
        run(RunState.RUNNING, Trigger.MANUAL, "maren.holt", Duration.ofMinutes(1), Map.of());
    }

    /// Events of the last weeks, the oldest of them by others.
    private void someEvents() {
        var machine = "window, WS-CONTOSO-014";
        var priya = new Actor(3L, "priya.raghunathan", machine, Set.of());
        var schedule = new Actor(null, "Schedule Contoso daily", "service, SRV-2", Set.of());
        at(Duration.ofDays(20)).record(priya, "rules.save", "PROFILE", "1", "daily",
                Map.of("before", List.of(), "after",
                        List.of("Service Desk Tier 1 gives Operator")),
                null);
        at(Duration.ofDays(5)).record(office.administrator, "data.backup", null, null, null, Map.of(), null);
        at(Duration.ofDays(4)).record(new Actor(null, "unknown", machine, Set.of()), "signin.refused", null, null, null,
                Map.of(), null);
        at(Duration.ofDays(1)).record(priya, "user.deactivate", "USER", String.valueOf(office.id("liora")),
                "ליאורה בן־דוד", Map.of(), null);
        at(Duration.ofHours(7)).record(new Actor(9L, "=cmd|'/c calc'!A1", machine, Set.of()), "tenant.credential",
                "TENANT", "1", "@SUM(1) \uD83C\uDF3B, \"quoted\"\nand a second line", Map.of("kind", "CERTIFICATE"),
                null);
        at(Duration.ofHours(5)).record(schedule, "import.applied", "TENANT", "1", "Contoso",
                Map.of("profile", "daily", "update", 3, "roleChange", 1), 6L);
        at(Duration.ofHours(2)).record(office.administrator, "role.set", "USER",
                String.valueOf(office.id("jean-noel")), "Jean-Noël d’Arc", Map.of("before",
                        Map.of("role", "User", "source", "RULE"), "after",
                        Map.of("role", "Operator", "source", "MANUAL")),
                null);
    }

    private List<AuditEvent> stored(AuditFilter filter) {
        // Not through the service, whose export is an event of its own.
        return new AuditStore(office.directory.database).chunk(filter, 0, 10_000).stream()
                .map(AuditStore.Stored::event).toList();
    }

    private TableView<?> table(String id) {
        return node(id, TableView.class);
    }

    @SuppressWarnings("unchecked")
    private List<Run> runs() {
        return fx(() -> List.copyOf((List<Run>) (List<?>) table("activity.runs").getItems()));
    }

    @SuppressWarnings("unchecked")
    private List<AuditEvent> events() {
        return fx(() -> List.copyOf((List<AuditEvent>) (List<?>) table("activity.events").getItems()));
    }

    private void tab(ActivityViewModel.Tab tab) {
        fx(() -> ((Segmented<?>) node("activity.tabs")).getSegments()
                .get(tab == ActivityViewModel.Tab.RUNS ? 0 : 1).setSelected(true));
        assertEquals(tab, fx(() -> model.tabProperty().get()));
    }

    /// Chooses a value of a filter chip by its words.
    private void choose(String chip, String words) {
        fx(() -> node(chip, MenuButton.class).getItems().stream()
                .filter(item -> item instanceof RadioMenuItem && words.equals(item.getText())).findFirst()
                .orElseThrow(() -> new AssertionError(words)).fire());
    }

    private void export(int item) {
        fx(() -> node("activity.export", MenuButton.class).getItems().get(item).fire());
    }

    private String text(String id) {
        return fx(() -> node(id, Label.class).getText());
    }

    private String fact(String name) {
        return text("activity.fact." + name);
    }

    private boolean toast(String words) {
        return fx(() -> scene().getRoot().lookupAll(".toast .label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().contains(words)));
    }

    @Test
    void runsLookLikeThePictureAndOpenTheirPage() {
        someRuns();
        var root = open();
        assertEquals(7, runs().size());
        assertEquals("7 runs", fx(() -> screen.countProperty().get()));
        assertEquals(List.of("RUNNING", "SUCCEEDED", "CANCELLED", "INTERRUPTED", "STOPPED", "FAILED", "SUCCEEDED"),
                runs().stream().map(run -> run.state().name()).toList());
        fx(() -> table("activity.runs").getSelectionModel().select(4));
        assertEquals("Run " + runs().get(4).id(), text("activity.run.title"));
        picture("19-activity-runs");
        picture("19-activity-runs-narrow", 1000, 700);
        picture("19-activity-runs-wide", 1600, 1000);
        assertAccessible(root);
        fx(() -> table("activity.runs").requestFocus());
        press(KeyCode.ENTER);
        assertEquals(List.of("run " + runs().get(4).id()), office.opened);
        fx(() -> table("activity.runs").getSelectionModel().select(1));
        click("activity.run.open");
        assertEquals("run " + runs().get(1).id(), office.opened.getLast());
        fx(() -> table("activity.runs").getSelectionModel().select(succeeded()));
        click("activity.run.before");
        assertEquals("users{asof=" + runs().get(succeeded()).startedAt() + "}", office.opened.getLast());
        click("activity.run.after");
        assertEquals("users{asof=" + runs().get(succeeded()).endedAt() + "}", office.opened.getLast());
        picture("19-runs-then");
    }

    @Test
    void runsAreFilteredByEveryChipAndByWords() {
        someRuns();
        open();
        choose("activity.filter.state", "Stopped by a guard");
        assertEquals(List.of(RunState.STOPPED), runs().stream().map(Run::state).toList());
        assertEquals("1 of 7 runs", fx(() -> screen.countProperty().get()));
        fx(() -> model.runs().clear());
        choose("activity.filter.trigger", "By schedule");
        assertEquals(3, runs().size());
        choose("activity.filter.since", "Last 7 days");
        assertEquals(2, runs().size());
        choose("activity.filter.schedule", "Contoso daily");
        assertEquals(2, runs().size());
        fx(() -> node("activity.filter.since").requestFocus());
        press(KeyCode.DELETE);
        assertEquals(3, runs().size());
        fx(() -> model.runs().clear());
        type("activity.search", "AHMED");
        waitFor("the run of ahmed", () -> model.runs().rows().rows().size() == 1);
        assertEquals("ahmed", runs().getFirst().startedBy());
        type("activity.search", " and nobody");
        waitFor("no match", () -> model.runs().rows().stateProperty().get() instanceof ScreenState.NoMatch);
        picture("19-activity-no-match");
        fx(() -> model.runs().clear());
        waitFor("all runs", () -> model.runs().rows().rows().size() == 7);
        assertEquals("", fx(() -> node("activity.search", javafx.scene.control.TextField.class).getText()));
    }

    @Test
    void runsAreExportedAsTheyShow() throws IOException {
        someRuns();
        run(RunState.SUCCEEDED, Trigger.MANUAL, "=HYPERLINK(\"x\")", Duration.ofSeconds(9), Map.of());
        open();
        export(0);
        var lines = Files.readAllLines(folder.resolve("runs.csv"));
        assertEquals(9, lines.size());
        assertTrue(lines.getFirst().replace("\"", "")
                .startsWith("run,state,kind,tenant,profile,trigger,startedBy,startedAt"));
        assertTrue(lines.get(1).contains(",\"'=HYPERLINK(\"\"x\"\")\","), lines.get(1));
        choose("activity.filter.state", "Stopped by a guard");
        export(1);
        JsonNode array = json.readTree(Files.readString(folder.resolve("runs.json")));
        assertEquals(1, array.size());
        assertEquals(187, array.get(0).path("counts").path("remove").asInt());
        assertTrue(array.get(0).path("guards").get(0).path("stopped").asBoolean());
        assertTrue(toast("1 run exported to runs.json"));
    }

    private int succeeded() {
        return java.util.stream.IntStream.range(0, runs().size())
                .filter(i -> runs().get(i).state() == RunState.SUCCEEDED && runs().get(i).endedAt() != null).findFirst()
                .orElseThrow();
    }

    @Test
    void eventsLookLikeThePictureAndTellEverything() {
        someEvents();
        var root = open();
        tab(ActivityViewModel.Tab.EVENTS);
        int count = events().size();
        assertEquals(stored(AuditFilter.everything()).size(), count, "the check of the chain is an event too");
        assertEquals("audit.check", events().getFirst().action());
        assertEquals(count + " events", fx(() -> screen.countProperty().get()));
        assertEquals("The chain is unbroken.", text("activity.chain.title"));
        fx(() -> table("activity.events").getSelectionModel().select(1));
        assertEquals("Event " + events().get(1).seq(), text("activity.event.number"));
        assertEquals("User → Operator", fact("Role"));
        assertEquals("By rule → By hand", fact("Source"));
        picture("19-activity");
        picture("19-activity-narrow", 1000, 700);
        picture("19-activity-wide", 1600, 1000);
        assertAccessible(root);
        click("activity.event.person");
        assertEquals("users{user=" + office.id("jean-noel") + "}", office.opened.getLast());
        click("activity.event.then");
        assertEquals("users{asof=" + events().get(1).at() + "}", office.opened.getLast());
        fx(() -> table("activity.events").getSelectionModel().select(2));
        click("activity.event.run");
        assertEquals("run 6", office.opened.getLast());
        fx(() -> table("activity.events").getSelectionModel().select(3));
        picture("19-activity-hostile");
        click("activity.event.copy");
        assertTrue(fx(() -> javafx.scene.input.Clipboard.getSystemClipboard().getString())
                .contains("action: tenant.credential"));
    }

    @Test
    void eventsAreFilteredByEveryChipAndByWords() {
        someEvents();
        open();
        tab(ActivityViewModel.Tab.EVENTS);
        int all = events().size();
        choose("activity.filter.kind", "People");
        assertTrue(events().stream().allMatch(event -> event.action().startsWith("user.")));
        assertEquals(stored(new AuditFilter(null, null, null, "user", null, null, null, null)).size(), events().size());
        choose("activity.filter.kind", "Any action");
        choose("activity.filter.who", "Schedules");
        assertEquals(List.of("Schedule Contoso daily"), events().stream().map(AuditEvent::actor).toList());
        fx(() -> model.events().queryProperty().set(EventQuery.everything().withWho("PRIYA.raghunathan")));
        assertEquals(2, events().size());
        choose("activity.filter.since", "Last 7 days");
        assertEquals(1, events().size());
        assertEquals("1 of " + all + " events", fx(() -> screen.countProperty().get()));
        fx(() -> model.events().clear());
        type("activity.search", "jean-noël");
        waitFor("the words", () -> model.events().rows().rows().size() == 1);
        assertEquals("role.set", events().getFirst().action());
        fx(() -> model.events().clear());
        waitFor("all events", () -> model.events().rows().rows().size() == all);
        fx(() -> model.events().findPeople("zoe", found -> model.events().queryProperty()
                .set(EventQuery.everything().withWho(found.getFirst().username()))));
        waitFor("no match", () -> model.events().rows().stateProperty().get() instanceof ScreenState.NoMatch);
    }

    @Test
    void eventsAreExportedWithoutFormulasAndWithTheChain() throws IOException {
        someEvents();
        open();
        tab(ActivityViewModel.Tab.EVENTS);
        export(0);
        var csv = Files.readString(folder.resolve("events.csv"));
        assertTrue(csv.contains(",\"'=cmd|'/c calc'!A1\","), "a name does not run as a formula");
        assertTrue(csv.contains("\"'@SUM(1) \uD83C\uDF3B, \"\"quoted\"\"\nand a second line\""), csv);
        var stored = stored(AuditFilter.everything());
        export(1);
        JsonNode array = json.readTree(Files.readString(folder.resolve("events.json")));
        assertEquals(stored.size(), array.size());
        for (int i = 0; i < stored.size(); i++) {
            assertEquals(stored.get(i).hash(), array.get(i).path("hash").asText());
            assertEquals(stored.get(i).objectName(), array.get(i).path("objectName").textValue());
        }
        choose("activity.filter.kind", "Backups");
        export(1);
        assertEquals(1, json.readTree(Files.readString(folder.resolve("events.json"))).size());
    }

    @Test
    void anExportThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        someEvents();
        open();
        tab(ActivityViewModel.Tab.EVENTS);
        Files.createDirectory(folder.resolve("events.csv"));
        export(0);
        assertTrue(toast("The export could not be written to events.csv"));
        assertTrue(Files.isDirectory(folder.resolve("events.csv")));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".part")).toList());
        }
    }

    @Test
    void aBrokenChainIsShownWhereItBreaks() throws IOException {
        someEvents();
        for (int i = 0; i < 30; i++) {
            at(Duration.ofMinutes(90 - i)).record(office.administrator, "role.set", "USER", "1", "Person " + i,
                    Map.of(),
                    null);
        }
        long broken = stored(AuditFilter.everything()).get(12).seq();
        office.directory.sql("UPDATE audit_event SET actor = 'somebody.else' WHERE seq = ?", broken);
        var root = open();
        tab(ActivityViewModel.Tab.EVENTS);
        assertEquals("The chain breaks at event " + broken + ".", text("activity.chain.title"));
        click("activity.chain.show");
        assertEquals("Event " + broken, text("activity.event.number"));
        assertEquals("somebody.else", text("activity.event.who"));
        assertEquals(broken + 10, events().getFirst().seq(), "what came just after shows too");
        assertEquals("Around event: " + broken, fx(() -> ((javafx.scene.control.ToggleButton) node(
                "activity.filter.start", javafx.scene.layout.Pane.class).getChildren().getFirst()).getText()));
        picture("19-activity-broken");
        picture("19-activity-broken-narrow", 1000, 700);
        assertAccessible(root);
        click("activity.chain.evidence");
        JsonNode evidence = json.readTree(Files.readString(folder.resolve("chain-evidence.json")));
        assertEquals(broken, evidence.path("brokenAt").asLong());
        for (JsonNode event : evidence.path("around")) {
            assertEquals(event.path("seq").asLong() != broken,
                    event.path("hash").asText().equals(event.path("hashOfContent").asText()));
        }
        clickNode(fx(() -> node("activity.filter.start", javafx.scene.layout.Pane.class).getChildren().getFirst()));
        assertEquals("export.audit", events().getFirst().action(), "the evidence was taken out");
        assertFalse(exists("activity.filter.start"));
        office.directory.sql("DELETE FROM audit_event WHERE seq = ?", broken);
        click("activity.chain.check");
        assertEquals("The chain breaks at event " + broken + ".", text("activity.chain.title"));
        click("activity.chain.show");
        assertEquals("Event " + (broken + 1), text("activity.event.number"), "the one after the gap");
    }

    @Test
    void aCheckTellsHowFarItIsAndCanBeCancelled() {
        someEvents();
        office.audit.check(office.administrator, org.rollcall.task.JobContext.silent());
        Deque<Runnable> held = new ArrayDeque<>();
        boolean[] hold = { false };
        var tasks = new UiTasks(work -> {
            if (hold[0]) {
                held.add(work);
            } else {
                work.run();
            }
        }, Runnable::run, CLOCK);
        open(office.administrator, tasks);
        tab(ActivityViewModel.Tab.EVENTS);
        int before = stored(AuditFilter.everything()).size();
        assertTrue(exists("activity.chain.check"), "there was a check today");
        hold[0] = true;
        click("activity.chain.check");
        assertTrue(text("activity.chain.count").startsWith("Checking the chain"));
        picture("19-activity-checking");
        click("activity.chain.cancel");
        hold[0] = false;
        fx(() -> held.removeFirst().run());
        assertEquals("The chain is unbroken.", text("activity.chain.title"));
        assertEquals(before, stored(AuditFilter.everything()).size(), "a check that was cancelled is none");
        click("activity.chain.check");
        assertEquals(before + 1, stored(AuditFilter.everything()).size());
    }

    @Test
    void aLongSearchIsSeenAndGivesWayToTheNext() {
        someEvents();
        Deque<Runnable> held = new ArrayDeque<>();
        boolean[] hold = { false };
        var tasks = new UiTasks(work -> {
            if (hold[0]) {
                held.add(work);
            } else {
                work.run();
            }
        }, Runnable::run, CLOCK);
        open(office.administrator, tasks);
        tab(ActivityViewModel.Tab.EVENTS);
        hold[0] = true;
        fx(() -> model.events().queryProperty().set(EventQuery.everything().withText("nobody")));
        waitFor("the spinner", () -> node("activity.busy").isVisible());
        fx(() -> model.events().queryProperty().set(EventQuery.everything().withText("jean")));
        hold[0] = false;
        fx(() -> {
            while (!held.isEmpty()) {
                held.removeFirst().run();
            }
        });
        assertFalse(fx(() -> node("activity.busy").isVisible()));
        assertEquals(List.of("Jean-Noël d’Arc"), events().stream().map(AuditEvent::objectName).toList());
    }

    @Test
    void pagesAreReadAsTheTableIsScrolled() {
        var entries = new ArrayList<AuditService.Entry>();
        for (int i = 0; i < 3 * PagedRows.PAGE; i++) {
            entries.add(new AuditService.Entry("role.set", "USER", "1", "Person " + i, Map.of(), null));
        }
        office.audit.recordAll(office.administrator, entries);
        open();
        tab(ActivityViewModel.Tab.EVENTS);
        int all = stored(AuditFilter.everything()).size();
        assertEquals(PagedRows.PAGE, events().size());
        for (int i = 1; events().size() < all; i++) {
            int loaded = events().size();
            fx(() -> table("activity.events").scrollTo(loaded - 1));
            fx(() -> scene().getRoot().layout());
            waitFor("more than " + loaded, () -> table("activity.events").getItems().size() > loaded);
            assertTrue(i < 10);
        }
        var numbers = events().stream().map(AuditEvent::seq).toList();
        assertEquals(all, Set.copyOf(numbers).size(), "none twice");
        assertEquals(numbers.stream().sorted(java.util.Comparator.reverseOrder()).toList(), numbers);
        fx(() -> screen.reload());
        assertEquals(all, events().size(), "reading again keeps the place");
    }

    @Test
    void whoMayNotExportOrSeeIsTold() {
        someEvents();
        var auditor = new Actor(office.id("misaki"), "misaki", "window", Set.of(Permission.VIEW_ACTIVITY));
        open(auditor, null);
        tab(ActivityViewModel.Tab.EVENTS);
        assertTrue(fx(() -> node("activity.export").isDisabled()));
        assertEquals("Needs the permission Export", fx(() -> node("activity.export").getAccessibleHelp()));
        open(new Actor(office.id("zoe"), "zoe", "window", Set.of(Permission.VIEW_OWN_PROFILE)), null);
        var failed = (ScreenState.Failed) fx(() -> model.runs().rows().stateProperty().get());
        assertEquals(ErrorKind.NOT_ALLOWED, failed.trouble().kind());
        Node state = fx(() -> scene().getRoot().lookup(".state-pane"));
        assertNotNull(Objects.requireNonNull(state));
    }
}
