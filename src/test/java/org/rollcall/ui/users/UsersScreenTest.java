package org.rollcall.ui.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.CopyField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.TabsPane;
import org.rollcall.ui.common.WindowPreferences;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Users by its controls: every filter, order, columns, selection over the whole result, two administrators at once.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class UsersScreenTest extends UiTest {
    @TempDir
    Path folder;

    private Office office;
    private UsersViewModel model;
    private UsersScreen screen;
    private WindowPreferences preferences;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open(Actor actor) {
        return showWith(context -> office.window(context, given -> {
            var services = new UsersServices(office.people, office.edits, office.groups, office.roles, office.why,
                    office.runs,
                    office.audit, office.accounts, office.auth.authentication(), office.tenants::list, office.past);
            preferences = new WindowPreferences(folder.resolve("window.json"), Runnable::run);
            model = new UsersViewModel(given.tasks(), services, actor, () -> office.opened.add("import"));
            screen = new UsersScreen(given, services, model,
                    (title, name, chosen) -> chosen.accept(folder.resolve(name)), office, preferences);
            return List.of(screen);
        }));
    }

    private WindowRoot open() {
        return open(office.administrator);
    }

    private TableView<?> table() {
        return node("users.table", TableView.class);
    }

    private long[] shown() {
        return fx(() -> model.peopleProperty().get().ids().clone());
    }

    private long[] stored(UserFilter filter, UserSort sort) {
        return office.userQueries.ids(filter, sort);
    }

    /// Ticks or unticks a value in the menu of a chip.
    private void choose(String chip, String value) {
        fx(() -> node(chip, MenuButton.class).getItems().stream()
                .filter(item -> item instanceof CheckMenuItem && value.equals(item.getText())).findFirst()
                .orElseThrow(() -> new AssertionError(value)).fire());
    }

    private long role(String name) {
        return new RoleStore(office.directory.database).require(name).id();
    }

    private void search(String words) {
        fx(() -> model.filterProperty().set(UserFilter.everyone().withSearch(words)));
    }

    private void openPane(String username) {
        fx(() -> screen.shown(Map.of("user", String.valueOf(office.id(username)))));
    }

    private List<String> texts(String styleClass) {
        return fx(() -> scene().getRoot().lookupAll(styleClass).stream().filter(node -> node instanceof Label)
                .map(node -> ((Label) node).getText()).toList());
    }

    private boolean says(String words) {
        return fx(() -> scene().getRoot().lookupAll(".label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText() != null
                        && label.getText().contains(words)));
    }

    private void undo() {
        fx(() -> scene().getRoot().lookupAll(".toast .button").stream().map(Button.class::cast)
                .filter(button -> button.getText().equals("Undo")).reduce((_, last) -> last).orElseThrow().fire());
    }

    private void tab(String id) {
        fx(() -> ((TabsPane) node("users.tabs")).open(id));
    }

    @Test
    void everyChipNarrowsAsTheDatabaseDoes() {
        open();
        choose("users.filter.status", "Disabled");
        choose("users.filter.status", "Removed");
        var filter = UserFilter.everyone().withStatuses(Set.of(UserStatus.DISABLED, UserStatus.REMOVED));
        assertTrue(Arrays.equals(stored(filter, UserSort.BY_NAME), shown()));
        assertEquals(2, shown().length);
        assertEquals("Status: Disabled, Removed", node("users.filter.status", MenuButton.class).getText());
        fx(() -> node("users.filter.status").requestFocus());
        press(KeyCode.DELETE);
        assertEquals(14, shown().length, "Delete clears a chip");
        choose("users.filter.role", "Auditor");
        assertTrue(Arrays.equals(stored(UserFilter.everyone().withRoles(Set.of(role("Auditor"))), UserSort.BY_NAME),
                shown()));
        choose("users.filter.role", "Operator");
        assertEquals(4, shown().length, "three auditors and the operator");
        click("users.filter.clear");
        choose("users.filter.source", "by hand");
        assertTrue(Arrays.equals(stored(UserFilter.everyone().withSources(Set.of(RoleSource.MANUAL)),
                UserSort.BY_NAME), shown()));
        assertEquals(3, shown().length);
        click("users.filter.clear");
        choose("users.filter.mfa", "Registered");
        assertTrue(Arrays.equals(stored(UserFilter.everyone().withMfa(Set.of(MfaState.REGISTERED)), UserSort.BY_NAME),
                shown()));
        choose("users.filter.tenant", "Local accounts");
        assertEquals(0, shown().length);
        assertTrue(says("Tenant: Local accounts, MFA: Registered"), "the filters in words");
        assertTrue(exists("users.table"), "its heads stay");
        click("users.filter.clear");
        choose("users.filter.tenant", "Contoso");
        assertEquals(13, shown().length);
        fx(() -> model.findGroups("controll", found -> model.showGroup(found.getFirst())));
        assertEquals(3, shown().length);
        assertEquals("3 of 14 people", fx(() -> screen.countProperty().get()));
    }

    @Test
    void textFindsNameUserNameMailAndDepartment() {
        office.directory.person(office.contoso, "Quirin Zett", "qz-7", "post.box@elsewhere.org", "Lighthouse Keeping",
                UserStatus.ACTIVE);
        open();
        for (String words : List.of("quirin", "QZ-7", "post.box@else", "lighthouse", "keeping quirin")) {
            search(words);
            assertTrue(Arrays.equals(new long[]{ office.id("qz-7") }, shown()), words);
        }
    }

    @Test
    void aLetterKeepsTheChipsAndTheCellsShowWhoComesBy() {
        open();
        var chip = node("users.filter.status");
        for (String words : List.of("a", "nobody is called that", "", "controlling", "")) {
            search(words);
            var rows = office.userQueries.byIds(LongStream.of(shown()).boxed().toList());
            assertEquals(rows.stream().map(row -> Look.of(row.status()).word()).toList(), cells("status"), words);
            assertEquals(rows.stream().map(row -> Look.of(row.mfa()).word()).toList(), cells("mfa"), words);
            assertEquals(rows.stream().map(UserRow::role).toList(), cells("role"), words);
            assertEquals(rows.stream().map(row -> row.status() == UserStatus.REMOVED ? "" : "Change role").toList(),
                    cells("action"), words);
        }
        assertSame(chip, node("users.filter.status"));
        choose("users.filter.status", "Active");
        assertNotSame(chip, node("users.filter.status"));
    }

    @Test
    void sayingThatPeopleAreReadIsDoneOnce() {
        open();
        var said = new ArrayList<Integer>();
        fx(() -> screen.prepare(() -> said.add(model.peopleProperty().get().size())));
        assertEquals(List.of(14), said);
        search("chiamaka");
        assertEquals(1, shown().length);
        assertEquals(List.of(14), said);
    }

    /// The first words that show in each cell of a column, from the top; empty where none do.
    private List<String> cells(String column) {
        if (shown().length == 0) {
            return List.of(); // words stand in the place of rows
        }
        return fx(() -> {
            scene().getRoot().applyCss();
            scene().getRoot().layout();
            return table().lookupAll(".table-cell").stream().map(node -> (TableCell<?, ?>) node)
                    .filter(cell -> cell.getScene() != null && exists(cell) && !cell.isEmpty()
                            && column.equals(cell.getTableColumn().getId()))
                    .sorted(Comparator.comparing(cell -> cell.getTableRow().getIndex()))
                    .map(cell -> words(cell.getGraphic())).toList();
        });
    }

    private boolean exists(TableCell<?, ?> cell) {
        return cell.getTableRow() != null && cell.getTableRow().isVisible()
                && cell.getTableRow().getIndex() < table().getItems().size();
    }

    private static String words(Node node) {
        if (node == null || !node.isVisible()) {
            return "";
        }
        return node instanceof Labeled labeled
                ? labeled.getText()
                : ((Parent) node).getChildrenUnmodifiable().stream().map(UsersScreenTest::words).findFirst()
                        .orElse("");
    }

    @Test
    void aHeadOrdersUpThenDownThenNotAnyMore() {
        open();
        for (String id : List.of("department", "role", "status", "username")) {
            var column = column(id);
            var by = UserSort.By.valueOf(id.toUpperCase(java.util.Locale.ROOT));
            order(column, TableColumn.SortType.ASCENDING);
            assertTrue(Arrays.equals(stored(UserFilter.everyone(), new UserSort(by, false)), shown()), id);
            order(column, TableColumn.SortType.DESCENDING);
            assertTrue(Arrays.equals(stored(UserFilter.everyone(), new UserSort(by, true)), shown()), id);
            assertEquals(List.of(column), fx(() -> List.copyOf(table().getSortOrder())), "the arrow stays");
            assertEquals(Icons.DOWN, fx(() -> ((FontIcon) column.getGraphic()).getIconCode()), "beside its word");
            fx(() -> table().getSortOrder().clear());
            assertNull(fx(column::getGraphic));
            assertTrue(Arrays.equals(stored(UserFilter.everyone(), UserSort.BY_NAME), shown()), id);
        }
    }

    private void order(TableColumn<?, ?> column, TableColumn.SortType type) {
        fx(() -> {
            column.setSortType(type);
            ((UsersTable) table()).getSortOrder().setAll(List.of(typed(column)));
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private static TableColumn<PersonEntry, ?> typed(TableColumn<?, ?> column) {
        return (TableColumn<PersonEntry, ?>) column;
    }

    private TableColumn<?, ?> column(String id) {
        return fx(() -> table().getColumns().stream().filter(column -> id.equals(column.getId())).findFirst()
                .orElseThrow());
    }

    @Test
    void columnsAreChosenAndRememberedWithTheirWidthsAndOrder() {
        open();
        assertFalse(column("source").isVisible());
        column("Source", true);
        assertTrue(column("source").isVisible());
        column("Department", false);
        assertFalse(column("department").isVisible());
        fx(() -> {
            var columns = ((UsersTable) table()).getColumns();
            var status = columns.stream().filter(each -> "status".equals(each.getId())).findFirst().orElseThrow();
            columns.remove(status);
            columns.add(1, status);
        });
        double width = fx(() -> column("name").getWidth());
        fx(() -> preferences.flush());
        open();
        assertTrue(column("source").isVisible(), "a column that was asked for");
        assertFalse(column("department").isVisible(), "a column that was put away");
        assertEquals("status", fx(() -> table().getColumns().get(1).getId()));
        assertEquals(width, fx(() -> column("name").getWidth()), 1.0);
        picture("12-users-columns");
    }

    /// As the menu does it: ticks, then tells.
    private void column(String title, boolean shown) {
        fx(() -> {
            var item = (CheckMenuItem) node("users.columns", MenuButton.class).getItems().stream()
                    .filter(each -> title.equals(each.getText())).findFirst().orElseThrow();
            item.setSelected(shown);
            item.fire();
            return null;
        });
    }

    @Test
    void theSelectionReachesOverTheWholeResult() throws IOException {
        for (int i = 0; i < 240; i++) {
            office.directory.person(office.contoso, "Many " + i, "many" + i);
        }
        open();
        search("many");
        fx(() -> model.ticks().set(3, true));
        fx(() -> model.ticks().set(200, true));
        assertEquals("2 of 240 selected", node("users.selected", Label.class).getText());
        assertTrue(fx(() -> node("users.tickAll", CheckBox.class).isIndeterminate()));
        assertEquals("Select all 240", node("users.selectAll", Hyperlink.class).getText());
        picture("12-users-selection");
        click("users.selectAll");
        assertEquals("240 of 240 selected", node("users.selected", Label.class).getText());
        fx(() -> node("users.bulk.more", MenuButton.class).getItems().get(0).fire());
        assertTrue(LongStream.of(shown()).allMatch(id -> office.userQueries.byId(id).orElseThrow().excluded()));
        assertTrue(says("240 people excluded from synchronization"));
        undo();
        assertTrue(LongStream.of(shown()).noneMatch(id -> office.userQueries.byId(id).orElseThrow().excluded()));
        fx(() -> node("users.bulk.more", MenuButton.class).getItems().get(2).fire());
        assertEquals(241, Files.readAllLines(folder.resolve("people.csv")).size());
        click("users.bulk.deactivate");
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("many7").status(), "many are asked about first");
        fx(() -> scene().getRoot().lookupAll(".modal-box .button.danger").stream().map(Button.class::cast).findFirst()
                .orElseThrow().fire());
        assertEquals(240, office.userQueries.ids(UserFilter.everyone().withSearch("many")
                .withStatuses(Set.of(UserStatus.DISABLED)), UserSort.BY_NAME).length);
        click("users.bulk.activate");
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("many239").status());
        assertEquals(240 * 4, office.audit.count(office.administrator, new AuditFilter(null, null, "maren.holt", "user",
                "USER", null, null, "Many ")), "each of them has an event for each change");
        click("users.select.none");
        assertFalse(fx(() -> node("users.selected").getParent().isVisible()));
        fx(() -> table().requestFocus());
        press(KeyCode.CONTROL, KeyCode.A);
        assertEquals("240 of 240 selected", node("users.selected", Label.class).getText());
        press(KeyCode.CONTROL, KeyCode.C);
        assertEquals(240, fx(() -> Clipboard.getSystemClipboard().getString()).lines().count());
    }

    @Test
    void anAdministratorWhoIsLateIsToldAndOverwritesNothing() {
        open();
        search("chiamaka");
        openPane("chiamaka.eze");
        click("users.pane.role");
        click("changeRole.role.Operator");
        var other = new Actor(77L, "priya", "command line", office.administrator.permissions());
        office.roles.assignments().setRole(other, List.of(office.id("chiamaka.eze")), "User");
        click("changeRole.act");
        assertTrue(exists("changeRole.act"), "the dialog stays");
        var wrong = node("changeRole.wrong", Label.class);
        assertTrue(fx(wrong::isVisible));
        assertTrue(fx(wrong::getText).contains("changed"), fx(wrong::getText));
        picture("13-change-role-conflict");
        assertEquals("User", office.userQueries.find("chiamaka.eze").role(), "nothing was overwritten");
        press(KeyCode.ESCAPE);
        click("users.pane.role");
        click("changeRole.role.Operator");
        click("changeRole.act");
        assertEquals("Operator", office.userQueries.find("chiamaka.eze").role(), "with fresh eyes it works");
        office.roles.assignments().setRole(other, List.of(office.id("chiamaka.eze")), "Auditor");
        undo();
        assertEquals("Auditor", office.userQueries.find("chiamaka.eze").role(), "nor does Undo overwrite");
    }

    @Test
    void whyTellsRuleRunAndWaysToSignIn() {
        office.directory.sql("UPDATE role_assignment SET run_id = NULL");
        office.directory.sql("UPDATE directory_user SET first_run_id = 7 WHERE username = ?", "chiamaka.eze");
        open();
        openPane("chiamaka.eze");
        tab("why");
        assertTrue(says("No sign-in method for imported people is turned on in Authentication"));
        click("users.why.rule");
        assertEquals("roles{}", office.opened.getLast());
        fx(() -> scene().getRoot().lookupAll(".person-decision .hyperlink").stream().map(Hyperlink.class::cast)
                .filter(link -> link.getText().equals("Run 7")).findFirst().orElseThrow().fire());
        assertEquals("schedules{run=7}", office.opened.getLast());
        office.directory.signInWithEntra(true);
        fx(() -> screen.reload());
        assertFalse(says("No sign-in method for imported people is turned on in Authentication"));
        assertTrue(says("Code on another device"));
        assertTrue(says("Password: this way of Entra is off"));
        picture("12-users-why");
        openPane("linh");
        tab("why");
        assertTrue(says("Browser: the account is deactivated"));
        openPane("maren.holt");
        tab("why");
        assertTrue(says("Local password"));
    }

    private static boolean isInSight(javafx.scene.Node node) {
        for (javafx.scene.Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible() || each.getOpacity() < 1) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aPasswordIsResetToOneThatWorksOnce() {
        var sentence = "a long enough sentence";
        office.accounts.add(office.administrator, "ahmed.local", "Ahmed Local", null, "Operator",
                sentence.toCharArray());
        open();
        openPane("ahmed.local");
        more("Reset password");
        picture("12-users-reset-ask");
        agree("Reset password");
        var made = look(() -> ((CopyField) node("users.reset.password")).field().getText());
        waitFor("the dialog to be there", () -> isInSight(node("users.reset.password")));
        picture("12-users-reset");
        assertTrue(look(() -> isInSight(node("users.reset.password"))),
                "opened while the question hid, and there to stay");
        var local = office.auth.local();
        var refusal = assertThrows(SignInRefusedException.class,
                () -> local.signIn("ahmed.local", made.toCharArray(), "test"));
        assertEquals(SignInOutcome.PASSWORD_EXPIRED, refusal.outcome());
        assertEquals(SignInOutcome.WRONG_PASSWORD, assertThrows(SignInRefusedException.class,
                () -> local.signIn("ahmed.local", sentence.toCharArray(), "test")).outcome(), "the old one is gone");
        assertEquals("ahmed.local", local.signInChanging("ahmed.local", made.toCharArray(),
                "words of his own choice".toCharArray(), "test", new JobControl(JobContext.silent(), false)).name());
    }

    @Test
    void anAdministratorIsMadeTheBreakGlassAccount() {
        office.accounts.add(office.administrator, "second", "Second Administrator", null, "Administrator",
                "a long enough sentence".toCharArray());
        open();
        openPane("second");
        more("Make break-glass account");
        picture("12-users-glass");
        agree("Make break-glass account");
        assertTrue(says("Second Administrator is the break-glass account"), "said");
        assertEquals("second",
                office.auth.authentication().status(office.administrator).breakGlass().username());
        assertEquals(1, office.audit.list(office.administrator,
                new AuditFilter(null, null, null, "auth.break-glass", null, null, null, null), null, 9).rows().size());
    }

    /// Chooses from the menu of the person who is open.
    private void more(String words) {
        fx(() -> node("users.pane.more", MenuButton.class).getItems().stream()
                .filter(item -> words.equals(item.getText())).findFirst().orElseThrow().fire());
    }

    /// Presses the button of the dialog that asks.
    private void agree(String words) {
        clickNode(fx(() -> scene().getRoot().lookupAll(".button").stream().filter(Button.class::isInstance)
                .map(Button.class::cast).filter(button -> words.equals(button.getText())).findFirst().orElseThrow()));
    }

    @Test
    void whoCannotSignInIsFoundAndOneIsTested() {
        open();
        fx(() -> screen.shown(Map.of("signin", "no", "status", "ACTIVE", "tenant", "imported")));
        long cannot = fx(() -> model.peopleProperty().get().size());
        assertEquals(11, cannot, "as long as no way is on");
        office.directory.signInWithEntra(true);
        fx(() -> screen.reload());
        assertEquals(0, fx(() -> model.peopleProperty().get().size()));
        fx(() -> screen.shown(Map.of("signin", "yes")));
        assertEquals(12, fx(() -> model.peopleProperty().get().size()), "the local administrator too");
        openPane("chiamaka.eze");
        click("users.pane.test");
        assertTrue(office.opened.getLast().contains("test=chiamaka.eze"), office.opened.getLast());
    }

    @Test
    void historyTellsOldAndNewAndWhoOrWhichRun() {
        var runs = new RunStore(office.directory.database);
        var run = runs.start(office.contoso, null, "daily", RunKind.IMPORT, Trigger.SCHEDULE, "Schedule",
                CLOCK.instant(),
                null);
        new ChangeStore(office.directory.database).append(run.id(), 0, List.of(new Change.PersonChange(
                ChangeKind.UPDATE, TestDirectory.uuid("zoe"), "Zoë", Map.of("department", "Finance"),
                Map.of("department", "Treasury"), Change.Reason.of(ReasonCode.CHANGED_IN_ENTRA))));
        office.directory.sql("UPDATE run SET state = ? WHERE id = ?", RunState.SUCCEEDED.name(), run.id());
        office.roles.assignments().setRole(office.administrator, List.of(office.id("zoe")), "Operator");
        open();
        openPane("zoe");
        tab("history");
        assertTrue(says("Department: Finance → Treasury"));
        assertTrue(says("Role: User → Operator"));
        assertTrue(says("Was by default, now by hand"));
        assertEquals(List.of(Look.of(ChangeKind.UPDATE).icon(), Feather.REPEAT),
                fx(() -> scene().getRoot().lookupAll(".person-event").stream()
                        .map(row -> ((FontIcon) ((HBox) row).getChildren().getFirst()).getIconCode()).toList()));
        assertTrue(says("by maren.holt"));
        fx(() -> scene().getRoot().lookupAll(".hyperlink").stream().map(Hyperlink.class::cast)
                .filter(link -> link.getText().equals("Run " + run.id()) && link.isVisible()).findFirst().orElseThrow()
                .fire());
        assertEquals("schedules{run=" + run.id() + "}", office.opened.getLast());
    }

    @Test
    void profileShowsEveryMappedAttribute() {
        office.directory.sql("UPDATE directory_user SET job_title = 'Controller', company_name = 'Contoso Ltd',"
                + " employee_id = 'E-17', office_location = 'Kraków', mobile_phone = '+48 1', usage_location = 'PL',"
                + " preferred_language = 'pl-PL', given_name = 'Chiamaka', surname = 'Eze' WHERE username = ?",
                "chiamaka.eze");
        open();
        openPane("chiamaka.eze");
        tab("profile");
        for (String value : List.of("Controller", "Contoso Ltd", "E-17", "Kraków", "+48 1", "PL", "pl-PL", "Chiamaka",
                "Eze", "chiamaka.eze@contoso.com", TestDirectory.uuid("chiamaka.eze").toString(), "Yes")) {
            assertTrue(texts(".label").contains(value), value);
        }
    }

    @Test
    void linksOfOtherScreensLeadHere() {
        open();
        fx(() -> screen.shown(Map.of("status", "ACTIVE", "tenant", "imported")));
        assertTrue(Arrays.equals(stored(UserFilter.everyone().withStatuses(Set.of(UserStatus.ACTIVE))
                .withTenants(Set.of(office.contoso.id())), UserSort.BY_NAME), shown()));
        fx(() -> screen.shown(Map.of("status", "ACTIVE", "tenant", "local")));
        assertTrue(Arrays.equals(new long[]{ office.id("maren.holt") }, shown()));
        fx(() -> screen.shown(Map.of("role", "Auditor")));
        assertEquals(3, shown().length);
        fx(() -> node("users.add", MenuButton.class).getItems().getFirst().fire());
        assertEquals("import", office.opened.getLast());
    }

    @Test
    void whatIsNotAllowedIsDisabledAndSaysWhy() {
        var reader = new Actor(office.id("misaki"), "misaki", "window", Set.of(Permission.VIEW_DIRECTORY));
        open(reader);
        fx(() -> model.ticks().set(0, true));
        var reasons = new ArrayList<String>();
        for (String id : List.of("users.export", "users.bulk.role", "users.bulk.activate", "users.bulk.deactivate")) {
            Node node = node(id);
            assertTrue(fx(node::isDisabled), id);
            reasons.add(Objects.requireNonNull(fx(node::getAccessibleHelp)));
        }
        assertEquals(List.of("Needs the permission Export", "Needs the permission Change roles",
                "Needs the permission Manage people", "Needs the permission Manage people"), reasons);
        assertTrue(
                fx(() -> node("users.add", MenuButton.class).getItems().stream().allMatch(item -> item.isDisable())));
        openPane("zoe");
        assertTrue(fx(() -> node("users.pane.role").isDisabled()));
        assertNotNull(node("users.pane.more"));
    }
}
