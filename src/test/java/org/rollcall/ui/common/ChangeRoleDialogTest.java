package org.rollcall.ui.common;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.ChangeRoleDialog.Choice;
import org.rollcall.ui.common.ChangeRoleDialog.RoleOption;
import org.rollcall.ui.common.ChangeRoleDialog.Subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChangeRoleDialogTest extends UiTest {
    private final List<Choice> chosen = new ArrayList<>();

    @Test
    void choosesARoleAndLooksAsDrawn() {
        open(new Subject("Chiamaka Eze", "chiamaka.eze@contoso.com, now Auditor by rule", 1, Map.of("Auditor", 1L),
                false, "Auditor", "The rules give Auditor", ""));
        click("changeRole.role.Operator");
        assertEquals("Change role to Operator", node("changeRole.act", Button.class).getText());
        picture("13-change-role");
        assertAccessible(scene().getRoot());
        click("changeRole.act");
        assertEquals(List.of(new Choice("Operator", true)), chosen);
    }

    @Test
    void letsTheRulesDecideAgain() {
        open(new Subject("Zoë Müller-Lüdenscheidt", "now User by hand", 1, Map.of("User", 1L), true, "Auditor",
                "The rules give Auditor", ""));
        assertTrue(node("changeRole.act").isDisabled(), "nothing would change");
        click("changeRole.byRules");
        click("changeRole.act");
        assertEquals(List.of(new Choice("", false)), chosen);
    }

    @Test
    void keepsTheLastAdministrator() {
        open(new Subject("Maren Holt", "maren, now Administrator by hand", 1, Map.of("Administrator", 1L), true, null,
                "", "Maren Holt is the last administrator who can sign in"));
        click("changeRole.role.User");
        assertTrue(node("changeRole.act").isDisabled());
        assertEquals("Maren Holt is the last administrator who can sign in",
                node("changeRole.wrong", Label.class).getText());
    }

    private void open(Subject subject) {
        var contexts = new ArrayList<WindowContext>();
        showWith(context -> {
            contexts.add(context);
            return new StackPane(context.dialogs().layer());
        });
        fx(() -> contexts.getFirst().dialogs().show(new ChangeRoleDialog(subject, options(), chosen::add).box()));
    }

    private static List<RoleOption> options() {
        return List.of(
                option("Administrator", "Everything, roles and sign-in included", 6, EnumSet.allOf(Permission.class)),
                option("Operator", "Import, schedules, groups; no roles, no sign-in settings", 31,
                        EnumSet.range(Permission.VIEW_OWN_PROFILE, Permission.MANAGE_USERS)),
                option("Auditor", "Read everything, activity, export", 15,
                        EnumSet.range(Permission.VIEW_OWN_PROFILE, Permission.VIEW_ACTIVITY)),
                option("User", "Only the own profile", 2434, EnumSet.of(Permission.VIEW_OWN_PROFILE)));
    }

    private static RoleOption option(String name, String words, long people, EnumSet<Permission> permissions) {
        return new RoleOption(new Role(name.length(), name, words, true, 1, permissions), people);
    }
}
