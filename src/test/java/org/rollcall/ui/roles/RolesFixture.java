package org.rollcall.ui.roles;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Screen;
import org.rollcall.ui.shell.WindowRoot;

/// Roles over a small company with an own role, five rules and somewhere else to go.
@SuppressWarnings("NullAway") // fields are set while the scene is made
abstract class RolesFixture extends UiTest {
    @TempDir
    Path folder;

    Office office;
    Profile daily;
    RoleStore stored;
    RolesViewModel model;
    RolesScreen screen;
    int otherShown;

    /// Somewhere else to go.
    private final class Other implements Screen {
        @Override
        public String id() {
            return "other";
        }

        @Override
        public String title() {
            return "Other";
        }

        @Override
        public Ikon icon() {
            return Icons.SETTINGS;
        }

        @Override
        public Node view() {
            return new Label("Other");
        }

        @Override
        public void shown(Map<String, String> arguments) {
            otherShown++;
        }
    }

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

    RoleRule rule(String group, boolean nested, String role) {
        return new RoleRule(0, daily.id(), 0, new Ref(office.group(group), group), nested, stored.require(role).id());
    }

    @AfterEach
    void closeOffice() {
        office.close();
    }

    WindowRoot open() {
        return open(office.administrator);
    }

    WindowRoot open(Actor actor) {
        return showWith(context -> office.window(context, given -> {
            var services = new RolesServices(office.roles, office.groups, office.tenants::list,
                    new ProfileStore(office.directory.database, CLOCK)::ofTenant);
            model = new RolesViewModel(given.tasks(), services, actor, given.toasts()::show,
                    () -> office.opened.add("import"));
            screen = new RolesScreen(given, model, office);
            return List.of(screen, new Other());
        }));
    }

    List<RoleRule> storedRules() {
        return new RuleStore(office.directory.database).ofProfile(daily.id());
    }

    long count(String role) {
        return stored.people().getOrDefault(stored.require(role).id(), 0L);
    }

    List<String> groups() {
        return storedRules().stream().map(rule -> rule.group().name()).toList();
    }

    Map<Long, Long> assignments() {
        var all = new TreeMap<Long, Long>();
        office.userQueries.forEach(UserFilter.everyone(), user -> all.put(user.id(), stored.require(user.role()).id()));
        return all;
    }

    void fill(String id, String text) {
        fx(() -> node(id, TextField.class).clear());
        type(id, text);
    }

    void pick(String id, String value) {
        fx(() -> {
            @SuppressWarnings("unchecked")
            var box = (ComboBox<Object>) node(id, ComboBox.class);
            box.setValue(box.getItems().stream().filter(each -> box.getConverter() == null
                    ? each.toString().equals(value)
                    : box.getConverter().toString(each).equals(value)).findFirst().orElseThrow());
        });
    }

    void choose(String menu, String item) {
        fx(() -> items(node(menu, MenuButton.class).getItems()).filter(each -> item.equals(each.getText())).findFirst()
                .orElseThrow().fire());
    }

    static Stream<MenuItem> items(List<MenuItem> of) {
        return of.stream().flatMap(each -> each instanceof Menu menu ? items(menu.getItems()) : Stream.of(each));
    }

    void tick(String role, Permission permission) {
        clickNode(node("roles.cell." + role + "." + permission.name()));
    }

    void press(Button button) {
        fx(button::fire);
    }

    Button button(String text) {
        return fx(() -> (Button) scene().getRoot().lookupAll(".button").stream()
                .filter(each -> each instanceof Button found && text.equals(found.getText())).findFirst()
                .orElseThrow());
    }

    boolean says(String words) {
        return fx(() -> scene().getRoot().lookupAll(".label").stream()
                .anyMatch(each -> each instanceof Label label && label.isVisible() && label.getText() != null
                        && label.getText().contains(words)));
    }

    Node focused(String id) {
        var node = node(id);
        node.requestFocus();
        return node;
    }

    static KeyEvent altUp() {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.UP, false, false, true, false);
    }

    void drag(String from, String to) {
        var row = node(from);
        var target = node(to);
        fx(() -> {
            var end = target.localToScene(10, target.getBoundsInLocal().getHeight() / 2 + (from.compareTo(to) > 0
                    ? -4
                    : 4));
            for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_DRAGGED, MouseEvent.MOUSE_RELEASED)) {
                Event.fireEvent(row, new MouseEvent(type, end.getX(), end.getY(), end.getX(), end.getY(),
                        MouseButton.PRIMARY, 1, false, false, false, false, true, false, false, false, false, true,
                        new PickResult(row, end.getX(), end.getY())));
            }
        });
    }
}
