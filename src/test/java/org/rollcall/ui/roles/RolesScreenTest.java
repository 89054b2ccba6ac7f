package org.rollcall.ui.roles;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.event.Event;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class RolesScreenTest extends RolesFixture {
    @Test
    void showsWhatEachRolePermitsAndTheRules() {
        var root = open();
        assertEquals("5 roles", fx(() -> model.countWordsProperty().get()));
        assertEquals("Operator may: Import",
                fx(() -> node("roles.cell.Operator.IMPORT").getAccessibleText()));
        assertEquals("Auditor may not: Import",
                fx(() -> node("roles.cell.Auditor.IMPORT").getAccessibleText()));
        assertFalse(exists("roles.ifYouSave") && fx(() -> node("roles.ifYouSave").isVisible()));
        fx(() -> node("roles.rule.3").requestFocus());
        fx(() -> Event.fireEvent(node("roles.rule.3"), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.UP, false,
                false, true, false)));
        assertEquals("Controlling is now rule 3 of 5", fx(() -> node("roles.rules.spoken", Label.class).getText()));
        assertTrue(fx(() -> node("roles.rule.2").isFocused()), "the focus goes with the rule");
        assertTrue(fx(() -> node("roles.rule.2").getAccessibleText()).startsWith("Rule 3 of 5: Controlling"));
        picture("15-roles");
        picture("15-roles-narrow", 1000, 700);
        picture("15-roles-wide", 1600, 1000);
        assertAccessible(root);
        assertEquals(List.of("IT Operations", "Accounts Payable", "Finance", "Controlling", "Treasury"), groups());
        click("roles.people.Helpdesk");
        assertEquals(List.of("users{role=Helpdesk}"), office.opened);
    }

    @Test
    void theMatrixIsWalkedByKeyboard() {
        open();
        fx(() -> node("roles.cell.Administrator.VIEW_DIRECTORY").requestFocus());
        for (var code : List.of(KeyCode.RIGHT, KeyCode.DOWN, KeyCode.DOWN)) {
            pressed(code);
        }
        assertTrue(fx(() -> node("roles.cell.Operator.IMPORT").isFocused()));
        pressed(KeyCode.END);
        assertTrue(fx(() -> node("roles.cell.Helpdesk.IMPORT").isFocused()));
        fx(() -> node("roles.cell.Helpdesk.IMPORT", CheckBox.class).fire());
        assertEquals("Helpdesk may: Import", fx(() -> node("roles.cell.Helpdesk.IMPORT").getAccessibleText()));
        assertTrue(fx(() -> node("roles.cell.Helpdesk.IMPORT").isFocused()), "a tick keeps the focus");
        pressed(KeyCode.RIGHT);
        assertTrue(fx(() -> node("roles.cell.Helpdesk.IMPORT").isFocused()), "at the end it stays");
        pressed(KeyCode.HOME);
        assertTrue(fx(() -> node("roles.cell.Administrator.IMPORT").isFocused()));
    }

    private void pressed(KeyCode code) {
        fx(() -> Event.fireEvent(scene().getFocusOwner(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    @Test
    void makesCopiesAndRenamesRoles() {
        var root = open();
        click("roles.add");
        assertTrue(exists("roles.permit.IMPORT"));
        picture("15-roles-new");
        click("roles.dialog.do");
        assertTrue(says("A role needs a name"));
        fill("roles.name", "AUDITOR");
        assertTrue(says("A role called Auditor already exists"), "said while typing");
        fill("roles.name", "x".repeat(101));
        assertTrue(says("has more than 100 characters"));
        assertTrue(fx(() -> node("roles.dialog.do").isDisabled()));
        fill("roles.name", "  Night shift 🌙 ");
        clickNode(node("roles.permit.IMPORT"));
        click("roles.dialog.do");
        var made = stored.require("Night shift 🌙");
        assertEquals(EnumSet.of(Permission.VIEW_OWN_PROFILE, Permission.IMPORT), EnumSet.copyOf(made.permissions()));
        assertTrue(exists("roles.menu.Night shift 🌙"));

        click("roles.copy");
        pick("roles.copy.from", "Auditor");
        assertEquals("Copy of Auditor", fx(() -> node("roles.name", TextField.class).getText()));
        assertAccessible(root);
        click("roles.dialog.do");
        assertEquals(stored.require("Auditor").permissions(), stored.require("Copy of Auditor").permissions());
        assertFalse(stored.require("Copy of Auditor").builtIn());

        choose("roles.menu.Copy of Auditor", "Rename…");
        fill("roles.name", "Helpdesk");
        assertTrue(says("A role called Helpdesk already exists"));
        fill("roles.name", "Revision");
        click("roles.dialog.do");
        assertTrue(stored.byName("Copy of Auditor").isEmpty());
        assertEquals(stored.require("Auditor").permissions(), stored.require("Revision").permissions());
        assertEquals("7 roles", fx(() -> model.countWordsProperty().get()));
    }

    @Test
    void anotherOneTakesTheNameWhileItIsTyped() {
        open();
        click("roles.add");
        fill("roles.name", "Late");
        office.roles.roles().add(office.administrator, "late", "", Set.of());
        click("roles.dialog.do");
        assertTrue(says("A role called late already exists") || says("A role called Late already exists"));
        assertTrue(exists("roles.dialog.do"), "the dialog stays");
        assertEquals(6, stored.list().size());
    }

    @Test
    void editsOwnRolesInPlace() {
        open();
        tick("Helpdesk", Permission.EXPORT);
        tick("Helpdesk", Permission.MANAGE_USERS);
        assertTrue(says("Helpdesk gains: Export; loses: Manage people. 7 people have it."));
        picture("15-roles-edit");
        assertFalse(stored.require("Helpdesk").permissions().contains(Permission.EXPORT), "not before it is saved");
        click("roles.discard");
        assertFalse(exists("roles.save") && fx(() -> node("roles.save").getParent().getParent().isVisible()));
        tick("Helpdesk", Permission.EXPORT);
        click("roles.save");
        assertTrue(stored.require("Helpdesk").permissions().contains(Permission.EXPORT));
        press(button("Undo"));
        assertFalse(stored.require("Helpdesk").permissions().contains(Permission.EXPORT));
    }

    @Test
    void theSecondWhoEditsARoleIsTold() {
        open();
        tick("Helpdesk", Permission.EXPORT);
        Role before = stored.require("Helpdesk");
        office.roles.roles().edit(office.administrator, new Role(before.id(), "Help desk", before.description(), false,
                before.version(), EnumSet.of(Permission.VIEW_DIRECTORY)));
        click("roles.save");
        assertTrue(exists("roles.trouble"));
        assertTrue(says("omebody else has changed"));
        assertEquals(Set.of(Permission.VIEW_DIRECTORY), stored.require("Help desk").permissions());
        click("roles.discard");
        assertTrue(exists("roles.cell.Help desk.EXPORT"));
    }

    @Test
    void removesARoleAndMovesItsPeople() {
        open();
        long before = count("Auditor");
        choose("roles.menu.Helpdesk", "Remove…");
        assertTrue(says("7 people have it, 1 rule gives it"));
        picture("15-roles-remove");
        pick("roles.remove.to", "Auditor");
        click("roles.remove.do");
        assertTrue(stored.byName("Helpdesk").isEmpty());
        assertEquals(before + 7, count("Auditor"));
        assertEquals("Auditor", office.userQueries.find("zoe").role());
        assertEquals(RoleSource.MANUAL, office.userQueries.find("zoe").roleSource());
        assertEquals(stored.require("Auditor").id(), storedRules().get(2).roleId());
        assertEquals("role.moved", office.audit
                .history(office.administrator, "USER", Long.toString(office.id("zoe")), 1).getFirst().action());
        assertFalse(exists("roles.menu.Helpdesk"));
    }

    @Test
    void leavingAsks() {
        var root = open();
        fx(() -> root.open("other", Map.of()));
        assertEquals(1, otherShown);
        fx(() -> root.open("roles", Map.of()));
        tick("Helpdesk", Permission.EXPORT);
        drag("roles.rule.3", "roles.rule.0");
        click("nav.other");
        assertEquals(1, otherShown, "not yet");
        assertTrue(fx(() -> node("nav.roles", ToggleButton.class).isSelected()), "the open screen stays selected");
        assertTrue(says("The rules of Contoso and the permissions of Helpdesk have unsaved changes."));
        press(button("Cancel"));
        assertTrue(fx(() -> model.isUnsaved()));
        fx(() -> root.open("other", Map.of()));
        press(button("Leave without saving"));
        assertEquals(2, otherShown);
        assertFalse(fx(() -> model.isUnsaved()));
        assertEquals(List.of("IT Operations", "Accounts Payable", "Finance", "Controlling", "Treasury"), groups());
    }

    @Test
    void whoMayOnlyLookSeesWhatItNeeds() {
        open(new Actor(null, "auditor", "window", Set.of(Permission.VIEW_DIRECTORY)));
        assertEquals("Needs the permission Manage roles and rules",
                fx(() -> node("roles.add").getAccessibleHelp()));
        assertTrue(fx(() -> node("roles.rules.add").isDisabled()));
        assertTrue(node("roles.cell.Helpdesk.EXPORT") instanceof Label);
        fx(() -> Event.fireEvent(focused("roles.rule.3"), altUp()));
        drag("roles.rule.3", "roles.rule.0");
        assertFalse(fx(() -> model.isUnsaved()));
        assertTrue(fx(() -> node("roles.menu.Helpdesk", MenuButton.class).getItems().stream()
                .allMatch(MenuItem::isDisable)));
    }

    @Test
    void whoMayNotImportCannotLetOthersDoIt() {
        var own = EnumSet.of(Permission.VIEW_DIRECTORY, Permission.VIEW_OWN_PROFILE, Permission.MANAGE_ROLES,
                Permission.MANAGE_USERS);
        open(new Actor(null, "deputy", "window", own));
        assertTrue(fx(() -> node("roles.cell.Helpdesk.IMPORT").isDisabled()));
        assertFalse(fx(() -> node("roles.cell.Helpdesk.MANAGE_USERS").isDisabled()));
        assertTrue(fx(() -> items(node("roles.rule.menu.0", MenuButton.class).getItems())
                .filter(item -> "Administrator".equals(item.getText())).allMatch(MenuItem::isDisable)));
    }

    @Test
    void hostileNamesAreOnlyNames() {
        for (String name : List.of("_Mnemonic & {0} <b>bold</b>", "مدير النظام", "W".repeat(100),
                "=HYPERLINK(\"x\")")) {
            office.roles.roles().add(office.administrator, name, name, Set.of(Permission.EXPORT));
        }
        var root = open();
        assertEquals("9 roles", fx(() -> model.countWordsProperty().get()));
        tick("_Mnemonic & {0} <b>bold</b>", Permission.IMPORT);
        tick("W".repeat(100), Permission.IMPORT);
        assertTrue(says("_Mnemonic & {0} <b>bold</b> gains: Import"));
        choose("roles.rule.menu.1", "W".repeat(100));
        picture("15-roles-hostile");
        assertAccessible(root);
        click("roles.save");
        assertTrue(stored.require("_Mnemonic & {0} <b>bold</b>").permissions().contains(Permission.IMPORT));
        choose("roles.menu." + "W".repeat(100), "Remove…");
        assertTrue(says("Remove the role " + "W".repeat(100)));
    }
}
