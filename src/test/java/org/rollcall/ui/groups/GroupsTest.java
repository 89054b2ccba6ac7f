package org.rollcall.ui.groups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.UserStatus;
import org.rollcall.store.ProfileStore;
import org.rollcall.ui.Office;
import org.rollcall.ui.UiTest;
import org.rollcall.ui.shell.WindowRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class GroupsTest extends UiTest {
    @TempDir
    Path folder;

    private Office office;
    private GroupsViewModel model;
    private GroupsScreen screen;

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
            var services = new GroupsServices(office.groups, office.people, office.roles, office.tenants::list,
                    new ProfileStore(office.directory.database, CLOCK)::ofTenant, office.past);
            model = new GroupsViewModel(given.tasks(), services, office.administrator,
                    () -> office.opened.add("import"));
            screen = new GroupsScreen(given, model, (title, name, chosen) -> chosen.accept(folder.resolve(name)),
                    office);
            return List.of(screen);
        }));
    }

    private GroupTree tree() {
        return node("groups.tree", GroupTree.class);
    }

    private List<String> rows() {
        return fx(() -> IntStream.range(0, tree().getExpandedItemCount()).mapToObj(row -> {
            var place = tree().getTreeItem(row).getValue();
            var name = place.group() == null ? place.tenant().tenant().name() : place.group().shownName();
            return place.cycle() ? name + " (cycle)" : name;
        }).toList());
    }

    private void expand(String name) {
        fx(() -> {
            for (int row = 0; row < tree().getExpandedItemCount(); row++) {
                var item = tree().getTreeItem(row);
                if (item.getValue().group() != null && item.getValue().group().shownName().equals(name)
                        && !item.getValue().cycle()) {
                    item.setExpanded(true);
                    return;
                }
            }
        });
    }

    private void show(String name) {
        fx(() -> screen.shown(Map.of("group", office.group(name).toString(), "tenant",
                Long.toString(office.contoso.id()))));
    }

    @Test
    void nestsAsInEntraAndEndsCycles() {
        var root = open();
        assertEquals(List.of("Contoso", "All Staff", "Global Readers"), rows());
        expand("All Staff");
        expand("Finance");
        expand("Treasury");
        show("Finance");
        assertEquals(List.of("Contoso", "All Staff", "Engineering", "Finance", "Accounts Payable", "Controlling",
                "Tax", "Treasury", "Cash and Liquidity Management Europe, Middle East and Africa", "Finance (cycle)",
                "IT Operations", "فريق المبيعات – الخليج", "Global Readers"), rows());
        assertEquals("Finance", node("groups.name", Label.class).getText());
        assertEquals(List.of("Controlling"), fx(() -> model.detailProperty().get().rules().stream()
                .map(use -> use.rule().group().name()).toList()));
        picture("14-groups");
        picture("14-groups-narrow", 1000, 700);
        picture("14-groups-wide", 1600, 1000);
        assertAccessible(root);
    }

    @Test
    void tellsWhoIsInAGroupAndThroughWhat() throws IOException {
        open();
        show("Finance");
        var lines = fx(() -> List.copyOf(model.members()));
        assertEquals(11, lines.size());
        assertEquals("Treasury › Cash and Liquidity Management Europe, Middle East and Africa",
                lines.stream().filter(line -> line.name().startsWith("Björn")).findFirst().orElseThrow().through());
        assertEquals("Direct",
                lines.stream().filter(line -> line.name().startsWith("Zoë")).findFirst().orElseThrow().through());
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.DIRECT));
        assertEquals(2, fx(() -> node("groups.members", TableView.class).getItems().size()));
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.GROUPS));
        assertEquals(4, fx(() -> model.members().size()));
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.EVERYONE));
        type("groups.members.search", "chiamaka");
        waitFor("one person", () -> model.members().size() == 1);
        click("groups.export");
        assertEquals(12, Files.readAllLines(folder.resolve("members.csv")).size());
    }

    @Test
    void membersAreShownAsTheyWere() {
        office.directory.sql("insert into past (at, what, subject) values (timestamp with time zone"
                + " '2026-03-01 08:00:00+00:00', 'RUN', 1)");
        office.roles.assignments().setRole(office.administrator, List.of(office.id("chiamaka.eze")), "Operator");
        office.edits.accounts().deactivate(office.administrator, List.of(office.id("zoe")));
        var root = open();
        show("Finance");
        click("groups.asOf");
        fx(() -> node("common.asOf.day", DatePicker.class).setValue(java.time.LocalDate.of(2000, 1, 1)));
        click("common.asOf.do");
        assertTrue(exists("common.asOf.do"), "what is too early keeps the dialog open");
        fx(() -> node("common.asOf.day", DatePicker.class).setValue(java.time.LocalDate.of(2026, 3, 1)));
        click("common.asOf.do");
        assertTrue(exists("groups.asOf.shown"));
        var lines = fx(() -> List.copyOf(model.members()));
        assertEquals(11, lines.size());
        assertEquals("Auditor", lines.stream().filter(line -> line.name().startsWith("Chiamaka")).findFirst()
                .orElseThrow().person().role());
        assertEquals(UserStatus.ACTIVE, lines.stream().filter(line -> line.name().startsWith("Zoë")).findFirst()
                .orElseThrow().person().status());
        picture("14-groups-as-of");
        assertAccessible(root);
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.DIRECT));
        assertEquals(2, fx(() -> model.members().size()));
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.GROUPS));
        assertEquals(4, fx(() -> model.members().size()));
        fx(() -> model.shownProperty().set(GroupsViewModel.Shown.EVERYONE));
        click("groups.asOf.back");
        assertFalse(exists("groups.asOf.shown"));
        assertEquals("Operator", fx(() -> model.members().stream().filter(line -> line.name().startsWith("Chiamaka"))
                .findFirst().orElseThrow().person().role()));
    }

    @Test
    void findsGroupsByName() {
        open();
        type("groups.search", "liquid");
        waitFor("one group", () -> tree().getExpandedItemCount() == 1);
        assertEquals(List.of("Cash and Liquidity Management Europe, Middle East and Africa"), rows());
        type("groups.search", "xyz");
        waitFor("none", () -> tree().getExpandedItemCount() == 0);
    }

    @Test
    void addsARuleThatHoldsAtOnce() {
        open();
        show("Tax");
        click("groups.rule.add");
        fx(() -> {
            var role = node("groups.rule.role", javafx.scene.control.ComboBox.class);
            role.getSelectionModel().select(role.getItems().indexOf("Auditor"));
        });
        picture("14-groups-rule");
        click("groups.rule.do");
        var profile = new ProfileStore(office.directory.database, CLOCK).byName(office.contoso.id(), "daily")
                .orElseThrow();
        assertEquals(3, office.roles.rules().list(office.administrator, profile.id()).size());
        assertTrue(
                fx(() -> model.detailProperty().get().rules().stream().anyMatch(use -> use.role().equals("Auditor"))));
    }
}
