package org.rollcall.ui.importing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;

import atlantafx.base.controls.ToggleLabel;
import atlantafx.base.controls.ToggleSwitch;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.endtoend.TenantTruth;
import org.rollcall.sample.ObjectKind;
import org.rollcall.sample.SampleObject;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.ui.common.Segmented;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Walks the wizard through its seven steps by its own controls, and compares what came in with the tenant's truth.
abstract class WizardWalk extends WizardTest {
    /// The draft of the walk that is going on.
    ImportDraft draft = new ImportDraft();

    /// An empty wizard, as "Connect Microsoft Entra ID" opens it.
    void begin() {
        draft = new ImportDraft();
        open(draft, Clock.systemUTC());
    }

    /// Where the tenant is reached.
    String origin() {
        return fixture.sample.origin();
    }

    List<String> texts() {
        return look(() -> root.lookupAll(".label").stream().filter(Labeled.class::isInstance).map(Labeled.class::cast)
                .map(Labeled::getText).filter(Objects::nonNull).toList());
    }

    void assertSays(String words) {
        assertTrue(texts().stream().anyMatch(each -> each.contains(words)), () -> words + " is not among " + texts());
    }

    // Connect

    void choose(Way way) {
        segment("connect.way", switch (way) {
            case AUTOMATIC -> "Register automatically";
            case BY_HAND -> "By hand in the portal";
            case USER_TOKEN -> "User access token";
        });
    }

    /// @param prefix of the fields' ids: `connect.hand`
    void fillPlace(String prefix) {
        pick(prefix + ".cloud", Cloud.CUSTOM);
        type(prefix + ".tenant", fixture.sample.tenantId());
        type(prefix + ".authority", origin());
        type(prefix + ".graph", origin());
        picker.next = fixture.sample.caFile();
        click(prefix + ".ca");
    }

    void fillByHand() {
        choose(Way.BY_HAND);
        fillPlace("connect.hand");
        type("connect.hand.client", fixture.sample.clientId());
    }

    void connectWithSecret() {
        fillByHand();
        segment("connect.hand.kind", "Secret");
        type("connect.hand.secret", fixture.sample.clientSecret());
        next("verify");
    }

    String code() {
        waitFor("the code", () -> exists("connect.code"));
        return look(() -> node("connect.code", Label.class).getText());
    }

    void approve() {
        fixture.sample.identity().approveDeviceCode(code(), fixture.sample.adminUserName());
    }

    /// Does in the page that was opened last what a person and the page's script do.
    void signInWithBrowser() {
        waitFor("the browser", () -> !links.isEmpty());
        String address = links.removeLast() + "&sample_user=" + fixture.sample.adminUserName();
        try (HttpClient http = HttpClient.newBuilder().sslContext(fixture.sample.trust()).build()) {
            String page = http.send(HttpRequest.newBuilder(URI.create(address)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(page);
            assertTrue(action.find(), page);
            Matcher field = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"").matcher(page);
            var form = new ArrayList<String>();
            while (field.find()) {
                form.add(field.group(1) + "=" + URLEncoder.encode(
                        Objects.requireNonNull(field.group(2)).replace("&amp;", "&"), StandardCharsets.UTF_8));
            }
            http.send(HttpRequest.newBuilder(URI.create(Objects.requireNonNull(action.group(1))))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(String.join("&", form))).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // Choose

    /// From Verify, once Entra has said that all is there.
    void goOnToChoose() {
        waitFor("the report", () -> reason().isEmpty());
        next("choose");
        waitFor("the tenant", () -> exists("importing.choose.count") && !countOfChosen().isEmpty());
    }

    String countOfChosen() {
        if (!exists("importing.choose.count")) {
            return ""; // before the step is laid out
        }
        return look(() -> node("importing.choose.count", Label.class).getText());
    }

    void chooseEveryone() {
        segment("importing.choose.mode", "Everyone");
    }

    /// Finds each group and ticks it.
    void chooseGroups(String... names) {
        segment("importing.choose.mode", "Groups");
        for (String name : names) {
            search("importing.choose.search", name);
            waitFor("the group " + name, () -> exists("importing.choose.tick." + name));
            click("importing.choose.tick." + name);
        }
        assertEquals(names.length, look(() -> draft.groups().size()));
    }

    void choosePeople(String... names) {
        segment("importing.choose.mode", "People");
        for (String name : names) {
            search("importing.choose.search", name);
            clickNode(waitForNode("the person " + name, node -> node instanceof CheckBox box
                    && box.getText().equals(name)));
        }
        assertEquals(names.length, look(() -> draft.people().size()));
    }

    /// A group or person that never comes in.
    void never(String name) {
        click("importing.choose.never.add");
        pickInDialog(name);
    }

    void pickInDialog(String name) {
        waitFor("the dialog", () -> exists("importing.pick.search"));
        search("importing.pick.search", name);
        waitFor("hits for " + name, () -> {
            var list = node("importing.pick.list", ListView.class);
            return !list.getItems().isEmpty() && list.getItems().getFirst() instanceof Ref ref
                    && ref.name().equals(name);
        });
        click("importing.pick.act");
        waitFor("the dialog to close", () -> !window.dialogs().isOpen());
    }

    // Map

    void rule(String group, String role) {
        int index = look(() -> draft.rules().size());
        click("importing.map.add");
        pickInDialog(group);
        waitFor("the rule", () -> exists("importing.map.role." + index));
        pick("importing.map.role." + index, role);
    }

    void administratorFromMap(String name) {
        click("importing.map.chooseAdministrator");
        pickInDialog(name);
    }

    // Preview, Import, Done

    void goOnToPreview() {
        next("preview");
        waitFor("the preview", () -> exists("importing.preview.table")
                && (reason().isEmpty() || exists("importing.preview.allow.administratorsGiven")));
        // A rule that makes many people administrators is meant in these walks, and said to be.
        if (exists("importing.preview.allow.administratorsGiven")) {
            fx(() -> node("importing.preview.allow.administratorsGiven", CheckBox.class).fire());
        }
        waitFor("nothing in the way", () -> reason().isEmpty());
        waitFor("its rows", () -> !node("importing.preview.table", TableView.class).getItems().isEmpty());
    }

    /// Commits and waits for the last step with its result.
    void importAll() {
        click("wizard.next");
        waitForStep("done");
        waitFor("the result", () -> exists("importing.done.people") && !reason().equals("…")
                && headings().stream().anyMatch(each -> each.endsWith("imported") || each.endsWith("up to date")));
    }

    List<String> headings() {
        return look(() -> root.lookupAll(".title-2").stream().map(Labeled.class::cast).map(Labeled::getText).toList());
    }

    void every(int days, int hours, int minutes) {
        setSpinner("days", days);
        setSpinner("hours", hours);
        setSpinner("minutes", minutes);
    }

    private void setSpinner(String part, int value) {
        waitFor("the interval", () -> exists("importing.done." + part));
        fx(() -> {
            @SuppressWarnings("unchecked")
            Spinner<Integer> spinner = node("importing.done." + part, Spinner.class);
            spinner.getEditor().setText(String.valueOf(value));
            spinner.commitValue();
        });
    }

    void finish() {
        assertEquals("", reason());
        click("wizard.next");
        waitFor("the wizard to close", () -> events.contains("closed"));
        assertTrue(ImportWizard.saved(fixture, fixture.actor()).isEmpty(), "a finished draft is gone");
    }

    // The truth

    /// Everything in H2 is as the answers want it and as the tenant has it: people with all attributes, groups, edges,
    /// roles with where they come from, the profile, the schedule.
    void assertCameIn() {
        var app = fixture.context();
        var actor = fixture.actor();
        var directory = fixture.sample.directory();
        var config = look(draft::config);
        var stored = fixture.tenants().list(actor);
        assertEquals(1, stored.size());
        var profile = app.profile(actor, stored.getFirst().name(), Profile.DEFAULT_NAME);
        assertEquals(config, profile.config());
        var truth = TenantTruth.of(directory, config.scope(), config.filters());
        truth.assertEqualTo(TenantTruth.stored(actor, fixture.people(), fixture.groups()), "the directory");
        assertTrue(truth.size() > 0);
        assertEquals(expectedRoles(people()), roles(people()));
        assertEquals(look(() -> List.copyOf(draft.rules())), rules());
        var schedules = fixture.schedules().list(actor);
        if (look(() -> draft.scheduledProperty().get())) {
            assertEquals(1, schedules.size());
            assertEquals(profile.id(), schedules.getFirst().schedule().profileId());
            assertEquals(Duration.ofMinutes(look(() -> draft.everyMinutesProperty().get())),
                    schedules.getFirst().schedule().every());
        } else {
            assertEquals(List.of(), schedules);
        }
    }

    List<UserRow> people() {
        // Not by an export, which is recorded and so waits for a running import.
        var ids = fixture.people().ids(fixture.actor(), UserFilter.everyone(), UserSort.BY_NAME);
        List<UserRow> rows = fixture.people().byIds(fixture.actor(), Arrays.stream(ids).boxed().toList()).stream()
                .filter(row -> row.objectId() != null && row.status() != UserStatus.REMOVED).toList();
        return rows;
    }

    private static Map<String, String> roles(List<UserRow> rows) {
        return rows.stream().collect(Collectors.toMap(UserRow::username,
                row -> row.role() + " " + row.roleSource(), (one, _) -> one, TreeMap::new));
    }

    private Map<String, String> expectedRoles(List<UserRow> rows) {
        var members = new ArrayList<Set<String>>();
        var answers = look(() -> List.copyOf(draft.rules()));
        var chosen = look(() -> Map.copyOf(draft.rolesByHand()));
        String otherwise = look(() -> draft.defaultRoleProperty().get());
        var directory = fixture.sample.directory();
        for (RuleDraft rule : answers) {
            String group = rule.group().id().toString();
            members.add((rule.nested()
                    ? directory.effectiveMembers(group)
                    : directory.directMembers(group).stream().filter(each -> each.kind() == ObjectKind.USER).toList())
                    .stream().map(SampleObject::id).collect(Collectors.toSet()));
        }
        var expected = new TreeMap<String, String>();
        for (UserRow row : rows) {
            UUID id = Objects.requireNonNull(row.objectId());
            String byHand = chosen.get(id);
            String role = otherwise + " " + RoleSource.DEFAULT;
            for (int i = answers.size() - 1; i >= 0; i--) {
                if (members.get(i).contains(id.toString())) {
                    role = answers.get(i).role() + " " + RoleSource.RULE;
                }
            }
            expected.put(row.username(), byHand == null ? role : byHand + " " + RoleSource.MANUAL);
        }
        return expected;
    }

    private List<RuleDraft> rules() {
        var app = fixture.context();
        var actor = fixture.actor();
        var profile = app.profile(actor, fixture.tenants().list(actor).getFirst().name(), Profile.DEFAULT_NAME);
        return app.roles().rules().list(actor, profile.id()).stream()
                .map(use -> new RuleDraft(use.rule().group(), use.rule().nested(), use.role())).toList();
    }

    // Controls

    void next(String step) {
        assertEquals("", reason());
        click("wizard.next");
        waitForStep(step);
    }

    /// Clicks the segment with those words.
    void segment(String id, String words) {
        var control = node(id, Segmented.class);
        clickNode(Objects.requireNonNull(look(() -> find(control, node -> node instanceof ToggleLabel label
                && label.getText().equals(words))), words));
    }

    <T> void pick(String id, T value) {
        @SuppressWarnings("unchecked")
        ComboBox<T> box = node(id, ComboBox.class);
        fx(() -> {
            box.requestFocus();
            box.getSelectionModel().select(value);
        });
        assertEquals(value, look(box::getValue));
    }

    void flip(String id) {
        waitFor(id, () -> exists(id));
        var toggle = node(id, ToggleSwitch.class);
        boolean before = look(toggle::isSelected);
        fx(() -> {
            toggle.requestFocus();
            toggle.setSelected(!before);
        });
        drawn();
    }

    /// Replaces what stands in the field.
    void search(String id, String text) {
        fx(() -> node(id, javafx.scene.control.TextField.class).clear());
        type(id, text);
    }

    Node waitForNode(String what, Predicate<Node> fits) {
        waitFor(what, () -> find(scene().getRoot(), fits) != null);
        return Objects.requireNonNull(look(() -> find(scene().getRoot(), fits)));
    }

    static @org.jspecify.annotations.Nullable Node find(Node node, Predicate<Node> fits) {
        if (fits.test(node)) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = find(child, fits);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    String nextLabel() {
        return look(() -> node("wizard.next", Button.class).getText());
    }
}
