package org.rollcall.ui.roles;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class RolesScreenTest extends UiTest {
    @TempDir
    Path folder;

    private Office office;
    private Profile daily;
    private RoleStore stored;
    private RolesViewModel model;
    private RolesScreen screen;

    @BeforeEach
    void openOffice() {
        office = new Office(folder.resolve("data"), CLOCK);
        daily = new ProfileStore(office.directory.database, CLOCK).byName(office.contoso.id(), "daily").orElseThrow();
        stored = new RoleStore(office.directory.database);
        stored.insert("Helpdesk", "Answers the phone", Set.of(Permission.VIEW_OWN_PROFILE, Permission.VIEW_DIRECTORY,
                Permission.MANAGE_USERS));
        office.role("zoe", "Helpdesk", RoleSource.MANUAL);
        office.roles.rules().save(office.administrator, daily.id(), null, List.of(
                rule("IT Operations", true, "Administrator"), rule("Accounts Payable", true, "Operator"),
                rule("Finance", true, "Helpdesk"), rule("Controlling", false, "Auditor"),
                rule("Treasury", true, "Operator")));
    }

    private RoleRule rule(String group, boolean nested, String role) {
        return new RoleRule(0, daily.id(), 0, new Ref(office.group(group), group), nested, stored.require(role).id());
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    private WindowRoot open() {
        return open(office.administrator);
    }

    private WindowRoot open(Actor actor) {
        return showWith(context -> office.window(context, given -> {
            var services = new RolesServices(office.roles, office.groups, office.tenants::list,
                    new ProfileStore(office.directory.database, CLOCK)::ofTenant);
            model = new RolesViewModel(given.tasks(), services, actor, given.toasts()::show,
                    () -> office.opened.add("import"));
            screen = new RolesScreen(given, model, office);
            return List.of(screen);
        }));
    }

    private List<RoleRule> storedRules() {
        return new RuleStore(office.directory.database).ofProfile(daily.id());
    }

    @Test
    void showsWhatEachRolePermitsAndTheRules() {
        var root = open();
        assertEquals("5 roles", fx(() -> model.countWordsProperty().get()));
        fx(() -> model.rules().move(3, 2));
        picture("15-roles");
        picture("15-roles-narrow", 1000, 700);
        picture("15-roles-wide", 1600, 1000);
        assertAccessible(root);
        assertEquals(5, storedRules().size());
    }
}
