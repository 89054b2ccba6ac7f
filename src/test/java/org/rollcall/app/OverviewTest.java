package org.rollcall.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserStatus;
import org.rollcall.health.Matter;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.CredentialStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.ui.NoSession;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.overview.OverviewFigures;
import org.rollcall.ui.overview.OverviewScreen;
import org.rollcall.ui.overview.OverviewViewModel;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Overview over a real data folder: its figures, each of its matters, the days.
@SuppressWarnings("NullAway") // fields are set before each test
class OverviewTest extends UiTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:08:00Z");

    /// Nobody waits for a turn.
    private static final CallControl NO_WAIT = new CallControl() {
        @Override
        public void checkCancelled() {
            // Nobody cancels.
        }

        @Override
        public void pause(Duration time, String reason) {
            // It is given as waited.
        }
    };

    @TempDir
    Path folder;

    private final List<String> opened = new ArrayList<>();
    private AppContext context;
    private TestDirectory directory;
    private Actor administrator;
    private Tenant contoso;
    private Profile daily;
    private OverviewScreen screen;

    @BeforeEach
    void openFolder() {
        context = ReadyFolder.create(folder.resolve("data"), "maren.holt", "a long enough sentence".toCharArray(),
                "window", Clock.fixed(NOW, ZoneOffset.UTC));
        administrator = context.signIn().signIn("maren.holt", "a long enough sentence".toCharArray(), "window");
        directory = new TestDirectory(context.database());
    }

    @Test
    void aTenantThatCameWithoutItsCredentialNeedsOne() {
        contoso = directory.tenant("Contoso");
        var matter = only();
        assertEquals("Contoso has no credential", matter.title());
        assertEquals("connect", matter.screen());
        credential(contoso, CredentialStore.Kind.SECRET, null);
        assertEquals(List.of(), figures().matters());
    }

    @AfterEach
    void closeFolder() {
        context.close();
    }

    private void connect() {
        contoso = directory.tenant("Contoso");
        credential(contoso, CredentialStore.Kind.SECRET, null);
        daily = directory.profile(contoso, "daily");
    }

    private OverviewFigures figures() {
        return new Figures(context).read(administrator);
    }

    private Matter only() {
        var matters = figures().matters();
        assertEquals(1, matters.size(), () -> String.valueOf(matters));
        return matters.getFirst();
    }

    private Run run(Profile profile, RunState state, Duration ago, Map<ChangeKind, Long> counts,
            Run.@Nullable Failure error) {
        var runs = new RunStore(context.database());
        var tenant = context.tenantStore().byId(profile.tenantId()).orElseThrow();
        var started = runs.start(tenant, profile.id(), profile.name(), RunKind.IMPORT, Trigger.SCHEDULE, "Schedule",
                NOW.minus(ago), null);
        var ended = new Run(started.id(), started.tenantId(), started.tenantName(), started.profileId(),
                profile.name(), RunKind.IMPORT, Trigger.SCHEDULE, "Schedule", state, started.startedAt(),
                state == RunState.RUNNING ? null : started.startedAt().plusSeconds(6), true, List.of(), counts,
                List.of(), null, 2, null, error, null);
        runs.update(ended);
        return ended;
    }

    private static Run.Failure failure(ErrorKind kind, String code, String message) {
        return new Run.Failure(kind, code, message, "check the network, then run it again", Map.of());
    }

    private static Run.Failure guard() {
        return failure(ErrorKind.GUARD, "guard.removals", "it would remove 187 of 412 people");
    }

    private long schedule(Profile profile, String name) {
        return new ScheduleStore(context.database()).insert(profile.id(), name,
                Schedule.Timing.every(Duration.ofHours(2)),
                NOW.plus(Duration.ofMinutes(22)), "maren.holt", NOW).id();
    }

    private void credential(Tenant tenant, CredentialStore.Kind kind, @Nullable Instant expires) {
        new CredentialStore(context.database(), context.clock()).put(tenant.id(), CredentialStore.Purpose.APPLICATION,
                kind, new byte[]{ 1 }, null, expires);
    }

    @Test
    void withoutATenantThereIsNothingToSee() {
        var figures = figures();
        assertEquals(List.of(), figures.tenants());
        assertEquals(List.of(), figures.matters());
        assertEquals(new OverviewFigures.People(1, 1, 1, false), figures.people());
    }

    @Test
    void countsPeopleAdministratorsAndWhoCanSignIn() {
        connect();
        directory.person(contoso, "Ada", "ada");
        directory.person(contoso, "Bo", "bo", null, null, UserStatus.DISABLED);
        directory.person(contoso, "Cy", "cy", null, null, UserStatus.REMOVED);
        long dora = directory.person(contoso, "Dora", "dora");
        directory.role(dora, "Administrator", RoleSource.RULE);
        directory.group(contoso, "All");
        var figures = figures();
        assertEquals(new OverviewFigures.People(4, 3, 1, false), figures.people());
        assertEquals(new OverviewFigures.Administrators(1, 1), figures.administrators());
        assertEquals(1, figures.groups());
        directory.signInWithEntra(true);
        assertEquals(new OverviewFigures.People(4, 3, 3, true), figures().people());
    }

    @Test
    void anAnchorThatCannotBeReachedIsAMatterAndANotice() throws IOException {
        String address;
        try (var logs = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            address = "syslog+tcp://localhost:" + logs.getLocalPort();
            context.protection().setAnchor(administrator, address, null);
        }
        context.protection().setDailyBackups(administrator, false);
        assertFalse(context.audit().writeAnchor());
        var matter = only();
        assertEquals("The audit log anchor could not be written", matter.title());
        assertTrue(matter.sentence().startsWith("The end of the audit chain could not be sent to " + address),
                matter::sentence);
        assertEquals("settings", matter.screen());
        var notice = context.notifications().open().getFirst();
        assertEquals("anchor-failed", notice.event());
        assertTrue(notice.text().english().contains(address), () -> notice.text().english());
        assertTrue(context.audit().verify(administrator).intact());
    }

    @Test
    void aUseOfTheBreakGlassAccountIsAMatterForAWeek() {
        var settings = new AuthSettingsStore(context.database());
        settings.breakGlassUsed(NOW.minus(Duration.ofDays(7)));
        assertEquals(List.of(), figures().matters());
        settings.breakGlassUsed(NOW.minus(Duration.ofDays(7)).plusSeconds(1));
        var matter = only();
        assertEquals("The break-glass account was used", matter.title());
        assertEquals("17 Nov 2026. If it was none of you, change its password and look at who signed in.",
                matter.sentence());
        assertEquals("View events", matter.action());
        assertEquals("activity", matter.screen());
        assertEquals(Matter.Gravity.WARNING, matter.gravity());
    }

    @Test
    void theBreakGlassAccountIsSpokenOfOnceItGotInWhereAnotherWouldNot() {
        assertEquals(List.of(), figures().matters());
        for (int i = 0; i < 10; i++) {
            assertThrows(SignInRefusedException.class,
                    () -> context.signIn().signIn("maren.holt", "wrong".toCharArray(), "window", NO_WAIT));
        }
        assertEquals(List.of(), figures().matters(), "guesses alone are no use of it");
        context.signIn().signIn("maren.holt", "a long enough sentence".toCharArray(), "window", NO_WAIT);
        assertEquals("The break-glass account was used", only().title());
    }

    @Test
    void aCredentialThatEndsIsAMatterForThirtyDays() {
        connect();
        credential(contoso, CredentialStore.Kind.SECRET, NOW.plus(Duration.ofDays(31)));
        assertEquals(List.of(), figures().matters());
        credential(contoso, CredentialStore.Kind.SECRET, NOW.plus(Duration.ofDays(12)));
        var matter = only();
        assertEquals("Contoso’s client secret expires in 12 days", matter.title());
        assertEquals("6 Dec 2026. Synchronization stops when it does.", matter.sentence());
        assertEquals("Replace secret", matter.action());
        assertEquals("connect", matter.screen());
        assertEquals(Map.of("tenant", String.valueOf(contoso.id())), matter.arguments());
        credential(contoso, CredentialStore.Kind.CERTIFICATE, NOW.plus(Duration.ofHours(20)));
        assertEquals("Contoso’s certificate expires tomorrow", only().title());
        credential(contoso, CredentialStore.Kind.CERTIFICATE, NOW.minus(Duration.ofDays(1)));
        assertEquals("Contoso’s certificate has expired", only().title());
        assertEquals(Matter.Gravity.STOPPED, only().gravity());
    }

    @Test
    void aCredentialThatIsRefusedIsOneMatterHoweverManyRunsItStopped() {
        connect();
        credential(contoso, CredentialStore.Kind.SECRET, null);
        var nightly = directory.profile(contoso, "nightly");
        for (var profile : List.of(daily, nightly)) {
            run(profile, RunState.FAILED, Duration.ofHours(1), Map.of(),
                    failure(ErrorKind.REFUSED, "entra.secret.expired",
                            "the client secret has expired (AADSTS7000222)"));
        }
        assertEquals("Entra refuses Contoso’s client secret", only().title());
        assertTrue(only().sentence().startsWith("The client secret has expired (AADSTS7000222). "), only().sentence());
        assertEquals("connect", only().screen());
    }

    @Test
    void aRunThatAGuardStoppedIsAMatterUntilTheNextOneSucceeds() {
        connect();
        schedule(daily, "Contoso daily");
        var stopped = run(daily, RunState.STOPPED, Duration.ofHours(3), Map.of(ChangeKind.REMOVE, 187L), guard());
        assertEquals("Contoso daily was stopped by a guard", only().title());
        assertEquals("It would remove 187 of 412 people. Nothing was changed.", only().sentence());
        assertEquals("Review changes", only().action());
        assertEquals(Map.of("run", String.valueOf(stopped.id())), only().arguments());
        run(daily, RunState.SUCCEEDED, Duration.ofHours(1), Map.of(), null);
        assertEquals(List.of(), figures().matters());
    }

    @Test
    void failedInterruptedAndQuarantinedAreToldApart() {
        connect();
        long id = schedule(daily, "Contoso daily");
        run(daily, RunState.INTERRUPTED, Duration.ofHours(9), Map.of(), null);
        assertEquals("The last run of Contoso daily was interrupted", only().title());
        run(daily, RunState.FAILED, Duration.ofHours(3), Map.of(),
                failure(ErrorKind.OFFLINE, "graph.unavailable", "Entra could not be reached"));
        assertEquals("The last run of Contoso daily failed", only().title());
        assertEquals("Entra could not be reached. Check the network, then run it again.", only().sentence());
        new ScheduleStore(context.database()).setState(id, Schedule.State.QUARANTINED, "Removals: 187 of 412 people",
                null);
        assertEquals("Contoso daily waits for you", only().title());
        assertEquals(
                "Removals: 187 of 412 people. A guard stopped it; it reads on and applies nothing until you decide.",
                only().sentence());
        assertEquals("schedules", only().screen());
        assertEquals(Schedule.State.QUARANTINED, figures().tenants().getFirst().schedule());
    }

    @Test
    void conflictsOfTheLastRunWaitForADecision() {
        connect();
        var run = run(daily, RunState.SUCCEEDED, Duration.ofHours(1), Map.of(ChangeKind.CONFLICT, 3L), null);
        new ChangeStore(context.database()).append(run.id(), 0, List.of(new Change.PersonChange(ChangeKind.CONFLICT,
                TestDirectory.uuid("ada"), "Ada", Map.of(), Map.of(), Change.Reason.of(ReasonCode.USERNAME_MISSING))));
        assertEquals("3 conflicts wait for a decision", only().title());
        assertEquals("Contoso daily: no value to make the user name from", only().sentence());
        assertEquals(Map.of("run", String.valueOf(run.id()), "changes", "conflicts"), only().arguments());
    }

    @Test
    void nobodyFromEntraIsAdministrator() {
        connect();
        directory.person(contoso, "Gone", "gone", null, null, UserStatus.REMOVED);
        assertEquals(List.of(), figures().matters());
        long ada = directory.person(contoso, "Ada", "ada");
        assertEquals("Nobody from Entra is Administrator", only().title());
        assertEquals("users", only().screen());
        directory.role(ada, "Administrator", RoleSource.MANUAL);
        assertEquals(List.of(), figures().matters());
    }

    @Test
    void linksThatAgeAreAMatterBeforeTheyAreLost() {
        connect();
        var mirrors = new MirrorStore(context.database(), context.clock());
        var mirror = mirrors.open(contoso.id(), "a".repeat(64), "{}");
        mirrors.markComplete(mirror.id(), NOW.minus(Duration.ofDays(4)));
        assertEquals(List.of(), figures().matters());
        mirrors.markComplete(mirror.id(), NOW.minus(Duration.ofDays(6)));
        assertEquals("Contoso has not been read for 6 days", only().title());
        assertEquals("After seven days the next run has to read everything again.", only().sentence());
        mirrors.markComplete(mirror.id(), NOW.minus(Duration.ofDays(8)));
        assertTrue(only().sentence().startsWith("Entra keeps for seven days"));
    }

    @Test
    void whatWasNotReadWholeForAMonthIsANote() {
        connect();
        var mirrors = new MirrorStore(context.database(), context.clock());
        var mirror = mirrors.open(contoso.id(), "a".repeat(64), "{}");
        mirrors.markComplete(mirror.id(), NOW);
        for (int days : List.of(30, 31)) {
            new MirrorStore(context.database(), Clock.fixed(NOW.minus(Duration.ofDays(days)), ZoneOffset.UTC))
                    .markFullyRead(mirror.id());
            if (days == 30) {
                assertEquals(List.of(), figures().matters());
            }
        }
        assertEquals("Everything in Contoso was read last 31 days ago", only().title());
        assertEquals("schedules", only().screen());
        assertTrue(only().sentence().contains("Run a full synchronization"), only().sentence());
    }

    @Test
    void whoMaySeeNoActivitySeesNoRunsAndNoMatters() {
        connect();
        run(daily, RunState.STOPPED, Duration.ofHours(3), Map.of(), guard());
        var reader = new Actor(9L, "reader", "window", java.util.Set.of(Permission.VIEW_DIRECTORY));
        var figures = new Figures(context).read(reader);
        assertEquals(List.of(), figures.matters());
        assertEquals(List.of(), figures.days());
        assertEquals(null, figures.tenants().getFirst().last());
    }

    @Test
    void daysSumWhatWasAppliedAndCountWhatWasStopped() {
        connect();
        run(daily, RunState.SUCCEEDED, Duration.ofHours(2), Map.of(ChangeKind.CREATE, 3L, ChangeKind.SKIP, 50L), null);
        run(daily, RunState.SUCCEEDED, Duration.ofHours(4), Map.of(ChangeKind.UPDATE, 4L), null);
        run(daily, RunState.STOPPED, Duration.ofDays(3), Map.of(ChangeKind.REMOVE, 187L), guard());
        run(daily, RunState.SUCCEEDED, Duration.ofDays(27), Map.of(ChangeKind.CREATE, 9L), null);
        run(daily, RunState.SUCCEEDED, Duration.ofDays(28), Map.of(ChangeKind.CREATE, 1000L), null);
        var days = figures().days();
        assertEquals(28, days.size());
        assertEquals(7, days.getLast().changes());
        assertEquals(2, days.getLast().runs());
        assertEquals(0, days.get(24).changes());
        assertEquals(1, days.get(24).stopped());
        assertEquals(9, days.getFirst().changes());
    }

    @Test
    void looksLikeThePictureAndLeadsOn() {
        manyThings();
        var root = open();
        assertEquals("6", figure("overview.tile.administrators"));
        picture("11-overview");
        picture("11-overview-narrow", 1000, 700);
        picture("11-overview-wide", 1600, 1000);
        assertEquals("6", fx(() -> ((Label) node("nav.overview").lookup(".nav-mark")).getText()));
        assertEquals("Overview, 6 items need attention",
                fx(() -> node("nav.overview", ToggleButton.class).getTooltip().getText()));
        assertTrue(texts(".caption").containsAll(List.of("Since 14:07", "Next 14:30", "Last 20 Nov, 14:08")));
        assertEquals("Next synchronization 14:30 (Contoso)", fx(() -> node("shell.next", Label.class).getText()));
        assertAccessible(root);
        assertEquals(6, fx(() -> screen.mattersProperty().get()));
        click("overview.matter.0");
        assertTrue(opened.getLast().startsWith("schedules{run="), opened.getLast());
        click("overview.matter.4");
        assertTrue(opened.getLast().startsWith("connect{tenant="), opened.getLast());
        click("overview.tile.signin");
        assertEquals(Map.of("signin", "yes"), arguments(opened.getLast()));
        click("overview.tile.administrators");
        assertEquals(Map.of("status", "ACTIVE", "role", "Administrator"), arguments(opened.getLast()));
        assertTrue(fx(() -> node("overview.chart").getAccessibleText())
                .contains("20 Nov: 7 changes in 2 runs, 1 stopped"));
        click("overview.chart.swap");
        assertEquals(28, fx(() -> node("overview.chart.table", TableView.class).getItems().size()));
        assertFalse(fx(() -> scene().getRoot().lookup(".day-dot").getParent().getParent().isVisible()),
                "a table needs no colours explained");
        picture("11-overview-table");
        assertTrue(fx(() -> bars().noneMatch(Node::isVisible)), "as high as its rows");
        fx(() -> screen.reload());
        assertTrue(exists("overview.chart.table"), "reading again keeps the table");
    }

    /// The scroll bars of the table of days.
    private Stream<Node> bars() {
        return node("overview.chart.table").lookupAll(".scroll-bar").stream();
    }

    private List<String> texts(String styleClass) {
        return fx(() -> scene().getRoot().lookupAll(styleClass).stream().filter(Label.class::isInstance)
                .map(each -> ((Label) each).getText()).toList());
    }

    private static Map<String, String> arguments(String text) {
        var result = new java.util.HashMap<String, String>();
        for (var pair : text.substring(text.indexOf('{') + 1, text.length() - 1).split(", ")) {
            var parts = pair.split("=", 2);
            result.put(parts[0], parts[1]);
        }
        return result;
    }

    private String figure(String tile) {
        return fx(() -> node(tile, Button.class).getGraphic().lookupAll(".figure").stream()
                .map(each -> ((Label) each).getText()).findFirst().orElseThrow());
    }

    private void manyThings() {
        connect();
        schedule(daily, "Contoso daily");
        for (int i = 0; i < 40; i++) {
            long id = directory.person(contoso, "Person " + i, "person" + i);
            if (i % 8 == 0) {
                directory.role(id, "Administrator", RoleSource.RULE);
            } else if (i % 5 == 0) {
                directory.role(id, "Operator", RoleSource.RULE);
            }
        }
        long[] perDay = { 8, 5, 11, 6, 4, 2, 9, 14, 7, 10, 5, 1, 3, 8, 16, 12, 7, 5, 3, 1, 9, 11, 6, 7, 0, 8, 13, 10 };
        for (int i = 0; i < perDay.length - 1; i++) {
            if (perDay[i] > 0) {
                run(daily, RunState.SUCCEEDED, Duration.ofDays(27 - i), Map.of(ChangeKind.UPDATE, perDay[i]), null);
            }
        }
        var conflicts = run(daily, RunState.SUCCEEDED, Duration.ofHours(2), Map.of(ChangeKind.UPDATE, 10L,
                ChangeKind.CONFLICT, 3L), null);
        new ChangeStore(context.database()).append(conflicts.id(), 0, List.of(new Change.PersonChange(
                ChangeKind.CONFLICT, TestDirectory.uuid("x"), "X", Map.of(), Map.of(),
                Change.Reason.of(ReasonCode.USERNAME_MISSING))));
        var fabrikam = directory.tenant("Fabrikam");
        var fabrikams = directory.profile(fabrikam, Profile.DEFAULT_NAME);
        schedule(fabrikams, "Fabrikam");
        credential(fabrikam, CredentialStore.Kind.SECRET, NOW.plus(Duration.ofDays(12)));
        run(fabrikams, RunState.RUNNING, Duration.ofMinutes(1), Map.of(), null);
        var northwind = directory.tenant("Northwind Traders of the Greater Mediterranean and Adjacent Seas");
        credential(northwind, CredentialStore.Kind.SECRET, null);
        var nightly = directory.profile(northwind, "nightly");
        long id = schedule(nightly, "Northwind nightly");
        run(nightly, RunState.STOPPED, Duration.ofDays(4), Map.of(ChangeKind.REMOVE, 187L), guard());
        new ScheduleStore(context.database()).setState(id, Schedule.State.QUARANTINED, "stopped", null);
        var tailspin = directory.tenant("Tailspin");
        credential(tailspin, CredentialStore.Kind.SECRET, null);
        var weekly = directory.profile(tailspin, "weekly");
        run(weekly, RunState.FAILED, Duration.ofHours(30), Map.of(),
                failure(ErrorKind.OFFLINE, "graph.unavailable", "Entra could not be reached"));
        var mirrors = new MirrorStore(context.database(), context.clock());
        mirrors.markComplete(mirrors.open(tailspin.id(), "b".repeat(64), "{}").id(), NOW.minus(Duration.ofDays(6)));
        run(directory.profile(contoso, "guests"), RunState.INTERRUPTED, Duration.ofDays(2), Map.of(), null);
    }

    @Test
    void allIsWellIsSaidAndWhatIsNotAllowedSaysWhy() {
        connect();
        directory.role(directory.person(contoso, "Ada", "ada"), "Administrator", RoleSource.RULE);
        open();
        assertTrue(exists("overview.well"));
        assertEquals("No changes in the last four weeks", fx(() -> node("overview.chart.none", Label.class).getText()));
        assertFalse(exists("overview.chart"));
        assertEquals(List.of("Not run yet"), texts(".status"));
        picture("11-overview-well");
        credential(contoso, CredentialStore.Kind.SECRET, NOW.plus(Duration.ofDays(3)));
        administrator = new Actor(administrator.userId(), "auditor", "window", java.util.EnumSet.of(
                Permission.VIEW_DIRECTORY, Permission.VIEW_ACTIVITY));
        open();
        assertTrue(fx(() -> node("overview.matter.0").isDisabled()));
        assertEquals("Needs the permission Manage tenants",
                fx(() -> node("overview.matter.0").getAccessibleHelp()));
        assertFalse(exists("overview.well"));
    }

    private WindowRoot open() {
        return showWith(window -> {
            var navigator = new Navigator() {
                @Override
                public void open(String target, Map<String, String> arguments) {
                    opened.add(target + arguments);
                }

                @Override
                public void cover(Node page) {}

                @Override
                public void uncover() {}
            };
            screen = new OverviewScreen(window, new OverviewViewModel(window.tasks(), new Figures(context)::read,
                    administrator), navigator, Label::new);
            var model = new ShellViewModel(List.of(List.of(screen)), window.tasks());
            model.userNameProperty().set("Maren Holt");
            model.showNext(context.schedules().next(), context.clock());
            var root = new WindowRoot(window);
            root.showShell(new ShellView(window, model, new NoSession()), model);
            model.open("overview", Map.of());
            return root;
        });
    }
}
