package org.rollcall.ui.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import atlantafx.base.theme.Styles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class UsersTest extends UiTest {
    @TempDir
    Path folder;

    private Office office;
    private UsersViewModel model;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open() {
        return showWith(context -> office.window(context, given -> {
            var services = new UsersServices(office.people, office.edits, office.groups, office.roles, office.why,
                    office.runs,
                    office.audit, office.accounts, office.auth.authentication(), office.tenants::list, office.past);
            model = new UsersViewModel(given.tasks(), services, office.administrator,
                    () -> office.opened.add("import"));
            return List.of(new UsersScreen(given, services, model,
                    (title, name, chosen) -> chosen.accept(folder.resolve(name)), office));
        }));
    }

    private TableView<?> table() {
        return node("users.table", TableView.class);
    }

    @Test
    void looksLikeThePicture() {
        var root = open();
        assertEquals(14, fx(() -> table().getItems().size()));
        picture("12-users-alone");
        fx(() -> {
            model.ticks().set(1, true);
            model.ticks().set(2, true);
        });
        fx(() -> ((UsersTable) table()).getSelectionModel().select(3));
        fx(() -> table().requestFocus());
        press(KeyCode.ENTER);
        assertEquals("Chiamaka Eze", node("users.pane.name", Label.class).getText());
        tab("why");
        picture("12-users");
        assertEquals(3, fx(() -> ((UsersTable) table()).getSelectionModel().getSelectedIndex()));
        assertFalse(fx(() -> table().getStyleClass().contains("no-open")));
        picture("12-users-narrow", 1000, 700);
        picture("12-users-wide", 1600, 1000);
        tab("history");
        picture("12-users-history");
        tab("groups");
        picture("12-users-groups");
        tab("profile");
        picture("12-users-profile");
        assertAccessible(root);
    }

    private void tab(String id) {
        fx(() -> ((org.rollcall.ui.common.TabsPane) node("users.tabs")).open(id));
    }

    @Test
    void filtersOrdersAndSaysWhenNobodyFits() {
        open();
        type("users.search", "müller");
        waitFor("one person", () -> table().getItems().size() == 1);
        assertEquals("1 of 14 people", fx(() -> model.countWordsProperty().get()));
        type("users.search", " nobody");
        waitFor("no match", () -> model.stateProperty().get() instanceof org.rollcall.ui.common.ScreenState.NoMatch);
        picture("12-users-no-match");
        fx(model::clearFilters);
        assertEquals(14, fx(() -> table().getItems().size()));
        fx(() -> model.filterProperty()
                .set(UserFilter.everyone().withStatuses(Set.of(UserStatus.DISABLED, UserStatus.REMOVED))));
        assertEquals(2, fx(() -> table().getItems().size()));
        fx(() -> model.showGroup(office.contoso.id(), office.group("Treasury")));
        fx(() -> model.filterProperty().set(model.filterProperty().get().withStatuses(Set.of())));
        // Treasury and Finance contain each other: everybody in Finance is in Treasury too.
        assertEquals(11, fx(() -> table().getItems().size()));
        fx(() -> model.sortProperty().set(new UserSort(UserSort.By.NAME, true)));
        var first = fx(() -> model.peopleProperty().get().get(0).id());
        assertEquals(
                office.userQueries.list(model.filterProperty().get(), new UserSort(UserSort.By.NAME, true), null, 1)
                        .rows().getFirst().id(),
                first);
    }

    @Test
    void doesThingsToManyAndTakesThemBack() {
        open();
        fx(() -> model.filterProperty().set(UserFilter.everyone().withSearch("Controlling")));
        assertFalse(exists("users.bulk.deactivate") && fx(() -> node("users.bulk.deactivate").getParent().getParent()
                .isVisible()));
        fx(() -> model.ticks().all(true));
        assertEquals("3 of 3 selected", node("users.selected", Label.class).getText());
        click("users.bulk.deactivate");
        assertEquals(UserStatus.DISABLED, office.userQueries.find("misaki").status());
        assertTrue(office.userQueries.find("max").disabledByHand());
        fx(() -> undo());
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("misaki").status());
        assertEquals("3 of 3 selected", node("users.selected", Label.class).getText());
        click("users.bulk.role");
        click("changeRole.role.Operator");
        picture("13-change-role-many");
        click("changeRole.act");
        assertEquals("Operator", office.userQueries.find("max").role());
        assertEquals(RoleSource.MANUAL, office.userQueries.find("misaki").roleSource());
        fx(() -> undo());
        assertEquals("Auditor", office.userQueries.find("max").role());
        assertEquals(RoleSource.RULE, office.userQueries.find("misaki").roleSource());
    }

    @Test
    void changesTheRoleOfOneAndLetsThemFollowTheRulesAgain() {
        open();
        fx(() -> model.filterProperty().set(UserFilter.everyone().withSearch("chiamaka")));
        fx(() -> ((UsersTable) table()).getSelectionModel().select(0));
        fx(() -> table().requestFocus());
        press(KeyCode.ENTER);
        click("users.pane.role");
        click("changeRole.role.Operator");
        picture("13-change-role");
        click("changeRole.act");
        assertEquals("Operator", office.userQueries.find("chiamaka.eze").role());
        assertFalse(exists("changeRole.act"));
        click("users.pane.role");
        click("changeRole.byRules");
        click("changeRole.act");
        assertEquals("Auditor", office.userQueries.find("chiamaka.eze").role());
        assertEquals(RoleSource.RULE, office.userQueries.find("chiamaka.eze").roleSource());
    }

    private void undo() {
        var buttons = scene().getRoot().lookupAll(".toast .button");
        buttons.stream().filter(node -> node instanceof javafx.scene.control.Button button
                && button.getText().equals("Undo")).map(javafx.scene.control.Button.class::cast).findFirst()
                .orElseThrow().fire();
    }

    @Test
    void tellsWhoTheLastAdministratorIs() {
        open();
        fx(() -> model.filterProperty().set(UserFilter.everyone().withSearch("maren.holt")));
        fx(() -> model.ticks().all(true));
        click("users.bulk.deactivate");
        assertEquals(UserStatus.ACTIVE, office.userQueries.find("maren.holt").status());
        assertTrue(fx(() -> scene().getRoot().lookupAll(".toast .label").stream()
                .anyMatch(node -> node instanceof Label label && label.getText().contains("maren.holt"))));
    }

    @Test
    void exportsWithoutFormulas() throws IOException {
        office.directory.person(office.contoso, "=cmd|'/c calc'!A1", "evil");
        open();
        click("users.export");
        var lines = Files.readAllLines(folder.resolve("people.csv"));
        assertEquals(16, lines.size());
        assertTrue(lines.getFirst().replace("\"", "").startsWith("id,tenant,objectId,username,status,role"));
        assertTrue(lines.stream().anyMatch(line -> line.contains(",\"'=cmd|")), "the cell does not run as a formula");
    }

    @Test
    void addsALocalUserAndShowsWhatAnImportBroughtIn() {
        open();
        office.directory.person(office.contoso, "Nadia New", "nadia");
        press(KeyCode.F5);
        assertEquals("15 people", fx(() -> model.countWordsProperty().get()));
        fx(() -> {
            var items = node("users.add", javafx.scene.control.MenuButton.class).getItems();
            items.getLast().fire();
            return null;
        });
        type("users.add.name", "local.person");
        type("users.add.display", "Local Person");
        type("users.add.password", "short");
        click("users.add.do");
        assertTrue(exists("users.add.do"), "a password that is too short keeps the dialog open");
        assertEquals("The password has fewer than 12 characters. "
                + "Choose at least 12 characters: a few unrelated words are good.",
                fx(() -> node("users.add.password").getParent().getAccessibleHelp()));
        assertTrue(fx(() -> node("users.add.password").getParent().getPseudoClassStates()
                .contains(Styles.STATE_DANGER)));
        picture("12-users-add");
        type("users.add.password", " but now it is long");
        click("users.add.do");
        assertTrue(office.userQueries.find("local.person").isLocal());
        assertEquals("16 people", fx(() -> model.countWordsProperty().get()));
    }
}
