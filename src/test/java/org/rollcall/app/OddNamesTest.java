package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;

import atlantafx.base.controls.TabLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.connect.NewCredential;
import org.rollcall.connect.NewTenant;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Cloud;
import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.Connection.Credential;
import org.rollcall.sync.Draft.RuleDraft;
import org.rollcall.task.JobContext;
import org.rollcall.ui.NoSession;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.importing.ImportWizard;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.shell.ShellView;
import org.rollcall.ui.shell.ShellViewModel;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// People and a group whose names hide something, through the wizard and every screen: what is drawn hides nothing, and
/// the data stays as Entra has it.
@SuppressWarnings("NullAway") // fields are set before each test
class OddNamesTest extends UiTest {
    private static final String HIDDEN = "bo\u200bss";
    private static final String REVERSED = "Ann \u202egnp.exe";
    private static final String TAGGED = "Cleo\udb40\udc61\udb40\udc64\udb40\udc6d Tagg";
    private static final String SHIFTED = " \t Dora Blank";
    private static final String WORDLESS = "-- !! --";
    private static final String GROUP = "Sa\u200bles";
    private static final Set<String> NAMES = Set.of(HIDDEN, REVERSED, TAGGED, SHIFTED, WORDLESS);

    @TempDir
    Path folder;
    private SampleTenant sample;
    private WindowServices services;
    private Actor actor;
    private ShellViewModel shell;
    private final Set<String> seen = new HashSet<>();

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
        var directory = sample.directory();
        var group = directory.createGroup(Map.of("displayName", GROUP));
        int number = 0;
        for (String name : NAMES) {
            String upn = (name.equals(HIDDEN) ? HIDDEN : "odd" + number++) + "@" + sample.domain();
            var person = directory.hire(Map.of("displayName", name, "userPrincipalName", upn, "mail", upn, "jobTitle",
                    "Head\u200b of " + GROUP));
            directory.addMember(group.id(), person.id());
        }
        services = WindowServices.open(folder.resolve("home"), Clock.systemUTC());
        services.context().signIn().createFirstAdministrator("maren", "a long pass phrase".toCharArray(), "test");
        actor = services.context().signIn().signIn("maren", "a long pass phrase".toCharArray(), "test");
        services.context().tenants().add(actor,
                new NewTenant("Sam\u200bple", sample.tenantId(), sample.clientId(),
                        new NewCredential(new Credential.Secret(sample.clientSecret()), null, null), Cloud.CUSTOM,
                        sample.origin(), sample.origin(), sample.caPem(), null),
                true, JobContext.silent());
    }

    @AfterEach
    void close() {
        services.close();
        sample.close();
    }

    @Test
    void nothingThatIsDrawnHidesAnything() {
        walkTheWizard();
        var stored = services.context().people()
                .list(actor, UserFilter.everyone(), UserSort.BY_NAME, null, 500).rows();
        var names = stored.stream().map(row -> row.displayName()).toList();
        assertTrue(names.containsAll(NAMES), "the data stays as it is: " + names);
        assertTrue(stored.stream().anyMatch(row -> row.username().startsWith(HIDDEN)), "user names, too");
        int blank = names.indexOf(SHIFTED);
        assertTrue(blank > names.indexOf("Deniz Disabled") && blank < names.indexOf("Formerly Synced"),
                "in its place by its letters: " + names);
        walkTheScreens();
    }

    private void walkTheWizard() {
        var ref = new Ref(UUID.fromString(sample.directory().groups().stream()
                .filter(each -> GROUP.equals(each.displayName())).findFirst().orElseThrow().id()), GROUP);
        var draft = new ImportDraft();
        var wizards = new ArrayList<ImportWizard>();
        showWith(context -> {
            draft.tenantNameProperty().set("Sam\u200bple");
            draft.organizationProperty().set("Con\u200btoso");
            draft.stepProperty().set("choose");
            var wizard = new ImportWizard(context, services.context(), actor, draft, () -> {});
            wizards.add(wizard);
            return new StackPane(wizard.view(), context.toasts(), context.dialogs().layer());
        });
        fx(() -> draft.scopeModeProperty().set(ImportDraft.ScopeMode.GROUPS));
        assertDrawn("the groups to choose", "Sa␣les");
        fx(() -> {
            draft.groups().add(ref);
            draft.people().add(new Ref(UUID.randomUUID(), HIDDEN));
        });
        assertHarmless("what is chosen");
        fx(() -> draft.people().clear());
        fx(() -> draft.scopeModeProperty().set(ImportDraft.ScopeMode.EVERYONE));
        click("wizard.next");
        fx(() -> draft.rules().setAll(new RuleDraft(ref, true, Role.AUDITOR)));
        assertDrawn("the rules", "Sa␣les");
        click("wizard.next");
        waitFor("the preview", () -> draft.previewRunProperty().get() != null);
        scrollThrough("importing.preview.table", "the preview");
        picture("odd-names-preview");
        click("wizard.next");
        waitFor("the last step", () -> "done".equals(draft.stepProperty().get()) || exists("importing.done.people"));
        scrollThrough("importing.done.people", "the people who came in");
        assertTrue(seen.containsAll(Set.of("bo␣ss", "Ann ␣gnp.exe", "Cleo␣ Tagg", "Dora Blank", "-- !! --")),
                "the wizard has shown them: " + seen);
        seen.clear();
    }

    private void walkTheScreens() {
        var people = services.context().people().list(actor, UserFilter.everyone(), UserSort.BY_NAME, null, 500).rows()
                .stream().filter(row -> NAMES.contains(row.displayName())).toList();
        assertEquals(NAMES.size(), people.size());
        var group = services.context().groups().list(actor, null, "les", false, null, 50).rows().stream()
                .filter(row -> GROUP.equals(row.displayName())).findFirst().orElseThrow();
        showWith(context -> {
            var root = new WindowRoot(context);
            var screens = new Screens(context, services, actor, new Leading(),
                    new WindowPreferences(folder.resolve("window.json"), Runnable::run), () -> {}, _ -> {}, () -> {})
                    .of(_ -> {},
                            _ -> {},
                            _ -> {});
            shell = new ShellViewModel(screens, context.tasks());
            shell.userNameProperty().set(HIDDEN);
            root.showShell(new ShellView(context, shell, new NoSession()), shell);
            shell.open("overview", Map.of());
            return root;
        });
        assertHarmless("overview");
        open("users", Map.of());
        scrollThrough("users.table", "users");
        assertTrue(seen.contains("bo␣ss") && seen.contains("Dora Blank"), seen.toString());
        for (var person : people) {
            open("users", Map.of("user", String.valueOf(person.id())));
            assertEquals(DisplayText.of(person.displayName()), node("users.pane.name", Label.class).getText());
            assertHarmless("the pane of " + DisplayText.of(person.displayName()));
            for (int tab = 0; tab < 4; tab++) {
                int chosen = tab;
                fx(() -> texts(TabLine.class).forEach(each -> each.getSelectionModel().select(chosen)));
                assertHarmless("tab " + tab);
            }
        }
        picture("odd-names-users");
        click("users.pane.role");
        waitFor("the dialog", () -> exists("changeRole.role.Operator"));
        assertHarmless("the dialog");
        picture("odd-names-dialog");
        fx(() -> node("changeRole.role.Operator", RadioButton.class).fire());
        fx(() -> texts(Labeled.class)
                .filter(each -> each.getText() != null && each.getText().startsWith("Change role to"))
                .map(javafx.scene.control.Button.class::cast).findFirst().orElseThrow().fire());
        waitFor("the toast", () -> texts(Labeled.class).anyMatch(each -> String.valueOf(each.getText())
                .contains("Operator") && each.getParent().getStyleClass().contains("toast")));
        assertHarmless("the toast");
        open("groups", Map.of("group", String.valueOf(group.id())));
        waitFor("the group", () -> exists("groups.name"));
        assertDrawn("the group", "Sa␣les");
        assertHarmless("groups");
        picture("odd-names-groups");
        open("roles", Map.of());
        assertDrawn("the rule", "Sa␣les");
        open("schedules", Map.of("run", String.valueOf(services.pulse().newest().orElseThrow().id())));
        assertHarmless("the run");
        assertTrue(texts(Labeled.class).anyMatch(each -> "bo␣ss".equals(each.getText())), "the run's changes");
        picture("odd-names-run");
        open("activity", Map.of());
        assertHarmless("activity");
        assertTrue(look(() -> scene().getRoot().lookupAll(".avatar").stream()
                .allMatch(each -> !((Label) each).getText().isBlank())), "no empty circle");
    }

    private void open(String screen, Map<String, String> arguments) {
        fx(() -> shell.open(screen, arguments));
        drawn();
    }

    private void scrollThrough(String id, String where) {
        var table = node(id, TableView.class);
        for (int row = 0; row < look(() -> table.getItems().size()); row += 8) {
            int at = row;
            fx(() -> table.scrollTo(at));
            drawn();
            assertHarmless(where);
        }
    }

    private void assertDrawn(String where, String words) {
        drawn();
        assertHarmless(where);
        assertTrue(look(() -> texts(Labeled.class).anyMatch(each -> String.valueOf(each.getText()).contains(words))),
                () -> where + " shows " + look(() -> texts(Labeled.class).map(Labeled::getText).toList()));
    }

    /// Nothing drawn, told in a tooltip or offered in a menu or list holds a character that does not show, or begins with
    /// a blank.
    private void assertHarmless(String where) {
        var bad = look(() -> {
            var words = new ArrayList<String>();
            texts(Text.class).map(Text::getText).forEach(words::add);
            texts(Labeled.class).forEach(each -> {
                words.add(each.getText());
                if (each.getTooltip() != null) {
                    words.add(each.getTooltip().getText());
                }
                if (each instanceof MenuButton menu) {
                    menu.getItems().stream().map(MenuItem::getText).forEach(words::add);
                }
            });
            texts(ComboBox.class).map(OddNamesTest::offered).forEach(words::addAll);
            words.removeIf(Objects::isNull);
            seen.addAll(words);
            return words.stream().filter(each -> !DisplayText.text(each).equals(each.strip())).toList();
        });
        assertEquals(List.of(),
                bad.stream().map(each -> each.codePoints().mapToObj(Integer::toHexString).toList()).toList(),
                () -> where + " draws " + bad);
        assertFalse(seen.isEmpty());
    }

    private static <T> List<String> offered(ComboBox<T> box) {
        return box.getItems().stream().map(each -> box.getConverter().toString(each)).toList();
    }

    private <T extends Node> Stream<T> texts(Class<T> type) {
        var found = new ArrayList<T>();
        gather(scene().getRoot(), type, found);
        return found.stream();
    }

    private static <T extends Node> void gather(Node node, Class<T> type, List<T> found) {
        if (type.isInstance(node)) {
            found.add(type.cast(node));
        }
        if (node instanceof Parent parent && !(node instanceof TextField)) {
            parent.getChildrenUnmodifiable().forEach(each -> gather(each, type, found));
        }
    }

    private final class Leading implements Navigator {
        @Override
        public void open(String screen, Map<String, String> arguments) {
            shell.open(screen, arguments);
        }

        @Override
        public void cover(Node page) {}

        @Override
        public void uncover() {}
    }
}
