package org.rollcall.ui.users;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.RoleStore;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// People as they were, accounts that were made anew, and purging, in Users.
@SuppressWarnings("NullAway") // fields are set while the scene is made
class PeopleWhoComeAndGoTest extends UiTest {
    /// After everything that the office begins with.
    private static final Instant THEN = Instant.parse("2026-03-02T00:00:00Z");

    @TempDir
    Path folder;

    private Office office;
    private UsersViewModel model;
    private UsersScreen screen;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        office.directory.sql("insert into past (at, what, subject) values (timestamp with time zone"
                + " '2026-03-01 08:00:00+00:00', 'RUN', 1)");
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
            model = new UsersViewModel(given.tasks(), services, actor, () -> office.opened.add("import"));
            screen = new UsersScreen(given, services, model,
                    (title, name, chosen) -> chosen.accept(folder.resolve(name)), office);
            return List.of(screen);
        }));
    }

    private WindowRoot open() {
        return open(office.administrator);
    }

    private TableView<?> table() {
        return node("users.table", TableView.class);
    }

    private boolean shows(String column) {
        return fx(() -> table().getColumns().stream()
                .anyMatch(each -> column.equals(each.getId()) && each.isVisible()));
    }

    @Test
    void peopleAreShownAsTheyWere() {
        office.roles.assignments().setRole(office.administrator, List.of(office.id("chiamaka.eze")), "Operator");
        office.edits.accounts().deactivate(office.administrator, List.of(office.id("zoe"), office.id("max")));
        office.accounts.add(office.administrator, "newcomer", "Newcomer", null, "User",
                "a long enough sentence".toCharArray());
        var root = open();
        assertEquals(15, fx(() -> table().getItems().size()));
        click("users.filter.asOf");
        fx(() -> {
            node("common.asOf.day", DatePicker.class).setValue(java.time.LocalDate.of(2026, 3, 2));
            return true;
        });
        type("common.asOf.time", "25:61");
        click("common.asOf.do");
        assertTrue(exists("common.asOf.do"), "what is no time keeps the dialog open");
        fx(() -> node("common.asOf.time", TextField.class).setText(""));
        fx(() -> {
            node("common.asOf.day", DatePicker.class).setValue(java.time.LocalDate.of(2000, 1, 1));
            return true;
        });
        click("common.asOf.do");
        assertTrue(exists("common.asOf.do"), "what is too early keeps the dialog open");
        picture("12-users-as-of-ask");
        fx(() -> {
            node("common.asOf.day", DatePicker.class).setValue(java.time.LocalDate.of(2026, 3, 1));
            return true;
        });
        click("common.asOf.do");
        waitFor("the past", () -> table().getItems().size() == 14);
        assertFalse(exists("common.asOf.do"));
        assertTrue(exists("users.past"));
        assertFalse(shows("tick") || shows("action"), "nothing is done to people as they were");
        assertEquals("14 people", fx(() -> model.countWordsProperty().get()));
        var auditor = new RoleStore(office.directory.database).require("Auditor").id();
        fx(() -> model.filterProperty().set(UserFilter.everyone().withRoles(java.util.Set.of(auditor))));
        waitFor("auditors", () -> table().getItems().size() == 3);
        fx(model::clearFilters);
        waitFor("everybody", () -> table().getItems().size() == 14);
        fx(() -> {
            int at = model.peopleProperty().get().placeOf(office.id("chiamaka.eze"));
            ((UsersTable) table()).getSelectionModel().select(at);
            table().requestFocus();
        });
        press(KeyCode.ENTER);
        assertEquals("Chiamaka Eze", node("users.pane.name", Label.class).getText());
        assertFalse(exists("users.pane.role") && fx(() -> node("users.pane.role").getParent().getParent().isVisible()));
        picture("12-users-as-of");
        assertAccessible(root);
        press(KeyCode.SPACE);
        assertEquals(0, fx(() -> model.ticks().countProperty().get()));
        click("users.past.back");
        waitFor("the present", () -> table().getItems().size() == 15);
        assertTrue(shows("tick") && shows("action"));
        assertFalse(exists("users.past"));
        fx(() -> screen.shown(Map.of("asof", THEN.toString())));
        waitFor("the past again", () -> table().getItems().size() == 14);
        fx(() -> screen.shown(Map.of("status", "DISABLED")));
        waitFor("deactivated now", () -> table().getItems().size() == 3);
    }

    private void anew(String name, String username) {
        long old = office.directory.person(office.contoso, name, username, username, "Tax", UserStatus.REMOVED);
        office.directory.role(old, "Operator", RoleSource.MANUAL);
        office.directory.sql("update directory_user set object_id = random_uuid(), first_run_id = 1, last_run_id = 3"
                + " where id = " + old);
        long made = office.directory.person(office.contoso, name, username, username, "Tax", UserStatus.ACTIVE);
        office.directory.sql("update directory_user set first_run_id = 4, last_run_id = 4 where id = " + made);
    }

    @Test
    void accountsThatWereMadeAnewAreLinked() {
        anew("Clara Anew", "clara.anew");
        anew("Dora Anew", "dora.anew");
        var root = open();
        assertEquals(18, fx(() -> table().getItems().size()));
        picture("12-users-links");
        click("users.link");
        picture("12-users-link");
        assertAccessible(root);
        click("users.link.do." + office.id("clara.anew"));
        assertTrue(exists("users.link.do." + office.id("dora.anew")), "the other one is still offered");
        assertEquals("Operator", office.userQueries.find("clara.anew").role());
        click("users.link.do." + office.id("dora.anew"));
        waitFor("both are linked", () -> table().getItems().size() == 16);
        assertFalse(exists("users.links"));
        assertEquals(RoleSource.MANUAL, office.userQueries.find("dora.anew").roleSource());
    }

    @Test
    void whoMayNotChangeRolesIsOfferedNothing() {
        anew("Clara Anew", "clara.anew");
        open(new Actor(null, "auditor", "window", java.util.Set.of(Permission.VIEW_DIRECTORY)));
        assertEquals(16, fx(() -> table().getItems().size()));
        assertFalse(exists("users.links"));
        assertTrue(fx(() -> node("users.menu", MenuButton.class).getItems().getFirst().isDisable()));
    }

    @Test
    void removedPeopleArePurgedOnceTheirNumberIsKnown() {
        office.directory.sql("update directory_user set removed_at = timestamp with time zone"
                + " '2026-03-01 08:00:00+00:00' where status = 'REMOVED'");
        open();
        fx(() -> node("users.menu", MenuButton.class).getItems().getFirst().fire());
        waitFor("counted", () -> !node("users.purge.do", Button.class).isDisabled());
        assertEquals("Delete 1 person", fx(() -> node("users.purge.do", Button.class).getText()));
        picture("12-users-purge");
        fx(() -> node("users.purge.days", Spinner.class).getEditor().setText("3000"));
        assertTrue(fx(() -> node("users.purge.do", Button.class).isDisabled()));
        waitFor("nobody", () -> node("users.purge.do", Button.class).getText().equals("Nobody to delete"));
        fx(() -> node("users.purge.days", Spinner.class).getEditor().setText("1"));
        waitFor("counted again", () -> !node("users.purge.do", Button.class).isDisabled());
        click("users.purge.do");
        waitFor("purged", () -> table().getItems().size() == 13);
        fx(() -> model.asOfProperty().set(THEN.plus(Duration.ofHours(1))));
        waitFor("what cannot be told is said", () -> exists("users.past")
                && accessible(node("users.past")).contains("1 person who has been purged since is not shown."));
        picture("12-users-as-of-untold");
    }

    private static String accessible(Node node) {
        return node.getAccessibleText();
    }
}
