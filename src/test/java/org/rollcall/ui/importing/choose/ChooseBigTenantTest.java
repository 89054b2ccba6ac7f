package org.rollcall.ui.importing.choose;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeTableRow;
import javafx.scene.layout.HBox;

import org.junit.jupiter.api.Test;

import org.rollcall.connect.JobControl;
import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.sync.choose.Forecast;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.sync.choose.TenantPictures;
import org.rollcall.sync.choose.TenantPictures.Limits;
import org.rollcall.task.JobContext;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.importing.WizardFixture;
import org.rollcall.ui.importing.WizardTest;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.ScopeMode;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.TenantFacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Choose before a tenant that is taken for one too big to be read whole; its numbers are compared with the tenant's own.
class ChooseBigTenantTest extends WizardTest {
    private final ImportDraft draft = new ImportDraft();

    @Override
    protected WizardFixture fixture(Path home) {
        return new WizardFixture(home,
                SampleTenant.start(SampleTenant.Options.defaults().withUsers(200).withGroups(60)), Clock.systemUTC());
    }

    private void choose(long comparable) {
        var sample = fixture.sample;
        fixture.limits = new Limits(0, 0, comparable);
        fixture.tenants().add(fixture.actor(),
                new NewTenant("Sample", sample.tenantId(), sample.clientId(),
                        new NewCredential(new Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                        sample.origin(), sample.origin(), sample.caPem(), null),
                true, JobContext.silent());
        draft.tenantNameProperty().set("Sample");
        draft.organizationProperty().set("Contoso Ltd");
        draft.stepProperty().set("choose");
        draft.scopeModeProperty().set(ScopeMode.GROUPS);
        open(draft, Clock.systemUTC());
        waitFor("the tree", () -> exists("importing.choose.tree"));
    }

    /// As far as Entra shows them to this application.
    private Set<UUID> people(UUID group, boolean nested) {
        var directory = fixture.sample.directory();
        if ("HiddenMembership".equals(directory.group(group.toString()).orElseThrow().text("visibility"))) {
            return Set.of();
        }
        var members = nested ? directory.effectiveMembers(group.toString()) : directory.directMembers(group.toString());
        return members.stream().filter(member -> member.kind() == ObjectKind.USER)
                .map(member -> UUID.fromString(member.id())).collect(Collectors.toSet());
    }

    /// Groups without groups below them, the largest first.
    private List<Ref> groups() {
        var directory = fixture.sample.directory();
        return directory.groups().stream().filter(group -> !"HiddenMembership".equals(group.text("visibility")))
                .filter(group -> directory.directMembers(group.id()).stream()
                        .noneMatch(member -> member.kind() == ObjectKind.GROUP))
                .map(group -> new Ref(UUID.fromString(group.id()), group.displayName()))
                .sorted(Comparator.comparingInt((Ref group) -> -people(group.id(), true).size())).toList();
    }

    private String text(String id) {
        return look(() -> exists(id) ? node(id, Label.class).getText() : "");
    }

    /// The number at the right of those words.
    private String sumOf(String words) {
        return look(() -> root.lookupAll(".label").stream().filter(each -> words.equals(((Labeled) each).getText()))
                .map(each -> ((HBox) each.getParent()).getChildren().getLast()).map(each -> ((Labeled) each).getText())
                .findFirst().orElseThrow());
    }

    private boolean says(String words) {
        return look(() -> root.lookupAll(".label").stream().map(each -> ((Labeled) each).getText())
                .anyMatch(words::equals));
    }

    private void waitForCount(long count, String words) {
        waitFor(count + " " + words, () -> text("importing.choose.count").equals(number(count))
                && text("importing.choose.count.words").equals(words) && says("Live"));
    }

    private static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    private long requests() {
        return fixture.sample.log().count(RequestLog.Part.GRAPH);
    }

    @Test
    void tellsHowManyPeopleTickedGroupsHold() {
        choose(1_000);
        Ref first = groups().get(1);
        Ref second = groups().stream().filter(other -> {
            var both = new HashSet<>(people(first.id(), true));
            both.retainAll(people(other.id(), true));
            return !both.isEmpty() && both.size() < Math.min(people(first.id(), true).size(),
                    people(other.id(), true).size());
        }).findFirst().orElseThrow();
        waitForRows();
        fixture.sample.faults().set("slow;ms=2000;path=$batch");
        long before = requests();
        fx(() -> draft.groups().add(first));
        waitFor("the word that it counts", () -> says("Counting"));
        assertEquals("", reason(), "going on is possible meanwhile");
        waitForCount(people(first.id(), true).size(), "people");
        fixture.sample.faults().clear();
        assertTrue(requests() - before <= 2, "at most its counts, then who they are");
        fx(() -> draft.groups().add(second));
        var both = new HashSet<>(people(first.id(), true));
        both.addAll(people(second.id(), true));
        waitForCount(both.size(), "people");
        assertNotEquals(people(first.id(), true).size() + people(second.id(), true).size(), both.size());
        long known = requests();
        assertTrue(known - before <= 4, "the first group is not asked for again");
        assertTrue(says(both.size() + " people in 2 groups"), "the foot says it too");
        var forecast = Forecast.groups(both.size(), 2);
        assertTrue(says(number(forecast.requests())), "the forecast is of that number");
        picture("06-wizard-choose-big");
        var guests = both.stream()
                .filter(id -> "Guest"
                        .equals(fixture.sample.directory().user(id.toString()).orElseThrow().text("userType")))
                .count();
        assertTrue(says(guests + " among the chosen"));
        fx(() -> draft.guestsProperty().set(false));
        waitForCount(both.size() - guests, "people");
        assertEquals(known, requests(), "who is a guest is known already");
    }

    /// The branch was never opened, yet what comes in with it is ticked once the tenant has told.
    @Test
    void groupsBelowATickedOneAreTickedToo() {
        choose(1_000);
        var directory = fixture.sample.directory();
        var parent = directory.groups().stream().filter(group -> directory.directMembers(group.id()).stream()
                .anyMatch(member -> member.kind() == ObjectKind.GROUP)).findFirst().orElseThrow();
        var below = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(parent.id()));
        while (!open.isEmpty()) {
            String id = open.remove();
            if (below.add(id)) {
                directory.directMembers(id).stream().filter(member -> member.kind() == ObjectKind.GROUP)
                        .forEach(member -> open.add(member.id()));
            }
        }
        fx(() -> draft.groups().add(new Ref(UUID.fromString(parent.id()), parent.displayName())));
        waitForCount(people(UUID.fromString(parent.id()), true).size(), "people");
        assertTrue(below.size() > 1);
        assertTrue(says(people(UUID.fromString(parent.id()), true).size() + " people in " + below.size() + " groups"));
        for (SampleObject child : directory.directMembers(parent.id())) {
            if (child.kind() == ObjectKind.GROUP) {
                fx(() -> node("importing.choose.search", TextField.class).setText(child.displayName()));
                waitFor(child.displayName(), () -> exists("importing.choose.tick." + child.displayName())
                        && node("importing.choose.tick." + child.displayName(), CheckBox.class).isSelected());
            }
        }
    }

    private Set<UUID> below(UUID group) {
        var directory = fixture.sample.directory();
        var below = new HashSet<UUID>();
        var open = new ArrayDeque<>(List.of(group));
        while (!open.isEmpty()) {
            directory.directMembers(open.remove().toString()).stream()
                    .filter(member -> member.kind() == ObjectKind.GROUP).map(member -> UUID.fromString(member.id()))
                    .filter(below::add).forEach(open::add);
        }
        return below;
    }

    private Ref ref(UUID group) {
        return new Ref(group, fixture.sample.directory().group(group.toString()).orElseThrow().displayName());
    }

    private void find(Ref group) {
        fx(() -> node("importing.choose.search", TextField.class).setText(group.name()));
        waitFor(group.name(), () -> exists("importing.choose.tick." + group.name()));
    }

    private boolean isTicked(Ref group) {
        return look(() -> node("importing.choose.tick." + group.name(), CheckBox.class).isSelected());
    }

    /// Of two groups below a ticked one each can be left out; what is below such a one is out, too.
    @Test
    void leavingOneGroupOutLeavesTheOthersTicked() {
        choose(1_000);
        var parent = fixture.sample.directory().groups().stream().map(group -> UUID.fromString(group.id()))
                .filter(id -> below(id).stream().anyMatch(inner -> !below(inner).isEmpty()
                        && below(inner).size() + 1 < below(id).size()))
                .findFirst().orElseThrow();
        Ref first = ref(below(parent).stream()
                .filter(inner -> !below(inner).isEmpty() && below(inner).size() + 1 < below(parent).size()).findFirst()
                .orElseThrow());
        Ref under = ref(below(first.id()).iterator().next());
        Ref second = ref(below(parent).stream()
                .filter(inner -> !inner.equals(first.id()) && !below(first.id()).contains(inner)
                        && !below(inner).contains(first.id()))
                .findFirst().orElseThrow());
        fx(() -> draft.groups().add(ref(parent)));
        waitFor("the groups below", () -> says(people(parent, true).size() + " people in " + (below(parent).size() + 1)
                + " groups"));
        find(first);
        click("importing.choose.tick." + first.name());
        assertEquals(List.of(first), look(() -> List.copyOf(draft.excludedGroups())));
        find(second);
        assertTrue(isTicked(second), "it comes in as before");
        waitFor("the end of counting", () -> says("Live"));
        assertTrue(isTicked(second));
        find(under);
        waitFor("what is below is out", () -> !isTicked(under) && says("Excluded"));
        find(second);
        click("importing.choose.tick." + second.name());
        assertEquals(List.of(first, second), look(() -> List.copyOf(draft.excludedGroups())));
        assertEquals(List.of(ref(parent)), look(() -> List.copyOf(draft.groups())));
        assertFalse(isTicked(second));
        var left = people(parent, true);
        left.removeAll(people(first.id(), true));
        left.removeAll(people(second.id(), true));
        waitForCount(left.size(), "people");
    }

    /// Rows that stood for something else are nothing that one may tick.
    @Test
    void theTreeIsEmptyUntilItsRowsAreSorted() {
        choose(1_000);
        fx(() -> {
            var session = new ImportSession(window, fixture, fixture.actor(), draft, picker);
            var facts = new TenantFacts(session);
            var tree = new GroupTree(session, facts, new GroupCounts(session, facts));
            tree.prepare();
            assertEquals(40, tree.getExpandedItemCount());
            tree.show(TenantPicture.empty(), new GroupTicks(draft, TenantPicture.empty()));
            assertEquals(0, tree.getExpandedItemCount());
        });
    }

    @Test
    void whatIsNotExactIsExplained() {
        choose(1_000);
        fx(() -> {
            draft.mfaRegisteredProperty().set(false);
            draft.scopeModeProperty().set(ScopeMode.EVERYONE);
        });
        waitForCount(200, "people at most");
        assertEquals("Only the preview knows who has MFA, so these people are still counted here.",
                text("importing.choose.atMost"));
        fx(() -> draft.guestsProperty().set(false));
        assertTrue(text("importing.choose.atMost").contains("people who are left out"));
        fx(() -> {
            draft.guestsProperty().set(true);
            draft.mfaRegisteredProperty().set(true);
        });
        waitForCount(200, "people");
        assertFalse(look(() -> node("importing.choose.atMost").isVisible()));
    }

    @Test
    void manyTicksInARowAreAskedForOnce() {
        choose(10_000);
        waitForRows();
        long before = requests();
        var ticked = groups().subList(0, 8);
        ticked.forEach(group -> fx(() -> draft.groups().add(group)));
        var all = new HashSet<UUID>();
        ticked.forEach(group -> all.addAll(people(group.id(), true)));
        waitForCount(all.size(), "people");
        // On a slow machine more than a pause may lie between two ticks: then each costs its own questions, never more.
        assertTrue(requests() - before <= 2 * ticked.size(), requests() - before + " requests");
    }

    @Test
    void tooManyToCompareAreTheMost() {
        choose(1);
        Ref first = groups().get(0);
        Ref second = groups().get(1);
        fx(() -> draft.groups().setAll(List.of(first, second)));
        int sum = Math.min(200, people(first.id(), true).size() + people(second.id(), true).size());
        waitForCount(sum, "people at most");
        assertTrue(says("At most " + sum + " people in 2 groups"));
        assertTrue(says("The preview shows how many"));
        assertTrue(text("importing.choose.atMost").contains("people in several groups"));
        long forecast = Forecast.groups(sum, 2).requests();
        assertTrue(says(number(forecast)), "what it costs is said of so many");
        assertEquals("–", sumOf("Chosen"), "how many were chosen is not known");
        assertFalse(look(() -> node("wizard.next", Button.class).isDisabled()));
        picture("06-wizard-choose-big-most");
        assertAccessible(scene().getRoot());
        fx(() -> draft.groups().remove(second));
        waitForCount(people(first.id(), true).size(), "people");
    }

    @Test
    void aFailureIsToldAndTriedAgain() {
        choose(1_000);
        waitForRows();
        fixture.sample.faults().set("no-permission;path=$batch");
        var shown = rows().stream().map(TreeTableRow::getItem).toList();
        Ref group = groups().stream().filter(each -> !shown.contains(each.id())).findFirst().orElseThrow();
        fx(() -> draft.groups().add(group));
        waitFor("the failure", () -> exists("importing.choose.count.retry"));
        assertTrue(says("Incomplete"));
        assertTrue(says("requests"), "what it costs is not known either");
        assertFalse(look(() -> node("wizard.next", Button.class).isDisabled()), "it is no reason to stay");
        picture("06-wizard-choose-big-failed");
        assertAccessible(scene().getRoot());
        fixture.sample.faults().clear();
        click("importing.choose.count.retry");
        waitForCount(people(group.id(), true).size(), "people");
        assertFalse(exists("importing.choose.count.retry"));
    }

    @Test
    void rowsOnScreenAreCountedAndNoOthers() {
        choose(1_000);
        waitForRows();
        int shown = rows().size();
        assertTrue(shown < 40, "not all groups are on screen");
        for (TreeTableRow<?> row : rows()) {
            UUID id = (UUID) Objects.requireNonNull(row.getItem());
            assertEquals(List.of(number(people(id, false).size()), number(people(id, true).size())), numbers(row));
        }
        // Counting the tenant, its list of groups, and ten rows a request; twice that if rows came while it asked.
        assertTrue(requests() <= 3 + 2 * ((shown + 9) / 10), requests() + " requests");
    }

    /// Jobs wait for the test in a list.
    private record Counting(GroupCounts counts, TenantPicture picture, List<Runnable> jobs) {}

    private Counting counting() {
        var jobs = new CopyOnWriteArrayList<Runnable>();
        var facts = fx(() -> {
            var waiting = new WindowContext(window.theme(), window.motion(), window.fx(),
                    new UiTasks(jobs::add, window.fx(), window.clock()), window.dialogs(), window.toasts(), _ -> {},
                    window.clock());
            return new TenantFacts(new ImportSession(waiting, fixture, fixture.actor(), draft, picker));
        });
        fx(facts::load);
        jobs.removeFirst().run();
        waitFor("the tenant", () -> facts.pictureProperty().get() != null);
        return look(() -> new Counting(new GroupCounts(new ImportSession(window, fixture, fixture.actor(), draft,
                picker), facts), Objects.requireNonNull(facts.pictureProperty().get()), jobs));
    }

    @Test
    void rowsThatCouldNotBeCountedAreCountedOnRetry() {
        choose(1_000);
        waitForRows();
        var own = counting();
        var group = groups().getFirst().id();
        fixture.sample.faults().set("no-permission;path=$batch");
        fx(() -> {
            own.counts().start();
            own.counts().missing(own.picture(), () -> List.of(group));
        });
        waitFor("a question", () -> own.jobs().size() == 1);
        own.jobs().removeFirst().run();
        waitFor("the failure", () -> own.counts().stateProperty().get() instanceof GroupCounts.State.Failed);
        assertEquals(-1, own.picture().nested(group));
        fixture.sample.faults().clear();
        fx(own.counts()::retry);
        waitFor("the question again", () -> own.jobs().size() == 1);
        own.jobs().removeFirst().run();
        waitFor("the rows", () -> own.counts().rowsRevisionProperty().get() == 1);
        assertInstanceOf(GroupCounts.State.Known.class, own.counts().stateProperty().get());
        assertEquals(people(group, true).size(), own.picture().nested(group));
    }

    @Test
    void answersToACancelledQuestionAreShown() {
        choose(1_000);
        var own = counting();
        var groups = groups().stream().map(Ref::id).limit(3).toList();
        fx(() -> {
            own.counts().start();
            own.counts().missing(own.picture(), () -> groups);
        });
        waitFor("a question", () -> own.jobs().size() == 1);
        try (var reader = fixture.tenants().open(fixture.tenants().byName("Sample"))) {
            TenantPictures.count(own.picture(), groups, reader, new JobControl(JobContext.silent(), true));
        }
        long before = requests();
        own.jobs().removeFirst().run();
        waitFor("the rows", () -> own.counts().rowsRevisionProperty().get() == 1);
        assertEquals(before, requests());
    }

    @Test
    void nothingIsCountedOnceNobodyLooks() {
        choose(1_000);
        waitForRows();
        fx(() -> back());
        waitForStep("verify");
        var own = counting();
        Ref group = groups().getFirst();
        fx(() -> {
            draft.groups().add(group);
            own.counts().start();
            own.counts().missing(own.picture(), () -> List.of(group.id()));
        });
        waitFor("two questions", () -> own.jobs().size() == 2);
        fx(own.counts()::stop);
        long before = requests();
        own.jobs().forEach(Runnable::run);
        own.jobs().clear();
        assertEquals(before, requests(), "what was about to be asked is not asked");
        fx(own.counts()::start);
        waitFor("both questions again", () -> own.jobs().size() == 2);
        own.jobs().forEach(Runnable::run);
        waitFor("the answers", () -> own.counts().stateProperty().get() instanceof GroupCounts.State.Known);
        assertEquals(people(group.id(), true).size(), own.picture().nested(group.id()));
    }

    @Test
    void countingGoesOnWhenChooseIsOpenedAgain() {
        choose(1_000);
        waitForRows();
        Ref group = groups().getFirst();
        fx(() -> {
            draft.groups().add(group);
            back();
        });
        waitForStep("verify");
        waitFor("going on", () -> !node("wizard.next", Button.class).isDisabled());
        click("wizard.next");
        waitForStep("choose");
        waitForCount(people(group.id(), true).size(), "people");
    }

    @Test
    void aClosedWizardCountsNothing() {
        choose(1_000);
        waitForRows();
        click("wizard.close");
        waitFor("the question", () -> window.dialogs().isOpen());
        clickText("Close");
        waitFor("closed", () -> events.contains("closed"));
        fx(() -> draft.groups().add(groups().getFirst()));
        assertFalse(says("Counting"));
    }

    /// Nobody was asked who is in the groups of rules: no number is better than a wrong one.
    @Test
    void mapClaimsNoNumbers() {
        choose(1_000);
        fx(() -> {
            draft.groups().add(groups().getFirst());
            draft.rules().add(new RuleDraft(groups().getFirst(), true, Role.AUDITOR));
        });
        click("wizard.next");
        waitForStep("map");
        waitFor("the rule", () -> exists("importing.map.rule.0"));
        assertTrue(look(() -> node("importing.map.rule.0").lookupAll(".label").stream()
                .anyMatch(each -> "–".equals(((Labeled) each).getText())
                        && "The preview shows for how many it decides".equals(each.getAccessibleText()))));
        assertTrue(exists("importing.map.comesTo.later"));
        assertTrue(exists("importing.map.source.department"), "where details come from can be said all the same");
        picture("07-wizard-map-big");
        assertAccessible(scene().getRoot());
    }

    private List<TreeTableRow<?>> rows() {
        return look(() -> root.lookupAll(".tree-table-row-cell").stream().map(each -> (TreeTableRow<?>) each)
                .filter(row -> !row.isEmpty() && row.isVisible()).<TreeTableRow<?>>map(row -> row).toList());
    }

    private List<String> numbers(TreeTableRow<?> row) {
        return look(() -> row.getChildrenUnmodifiable().stream().filter(Labeled.class::isInstance)
                .map(cell -> ((Labeled) cell).getText()).skip(2).toList());
    }

    private void waitForRows() {
        waitFor("numbers in the rows on screen", () -> !rows().isEmpty() && rows().stream()
                .allMatch(row -> numbers(row).size() == 2 && numbers(row).stream().noneMatch(String::isEmpty)));
    }
}
