package org.rollcall.ui.roles;

import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.store.TestDirectory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SuppressWarnings("NullAway") // fields are set while the scene is made
class RulesScreenTest extends RolesFixture {
    @Test
    void savingDoesWhatThePreviewSaid() {
        open();
        var before = assignments();
        fx(() -> Event.fireEvent(focused("roles.rule.3"), altUp()));
        fx(() -> Event.fireEvent(focused("roles.rule.2"), altUp()));
        choose("roles.rule.menu.4", "With nested groups");
        choose("roles.rule.menu.0", "Operator");
        var preview = fx(() -> model.rules().previewProperty().get());
        assertEquals(before, assignments(), "nothing changes before saving");
        var expected = new TreeMap<>(before);
        preview.changes().forEach(change -> {
            assertEquals(before.get(change.userId()), change.fromRoleId());
            expected.put(change.userId(), change.toRoleId());
        });
        assertTrue(preview.changes().size() >= 4, preview::toString);
        assertEquals(List.of("Jürgen Weiß"), preview.administrators().lost());
        assertTrue(says("No longer administrator: Jürgen Weiß"));
        var decides = fx(() -> IntStream.range(0, 5).mapToObj(model.rules()::decides).toList());
        click("roles.rules.save");
        assertEquals(expected, assignments());
        for (var counted : preview.counts()) {
            assertEquals(counted.after(), count(counted.role().name()), counted.role().name());
        }
        assertEquals(decides, office.roles.rules().list(office.administrator, daily.id()).stream()
                .map(RuleUse::decides).toList());
        assertEquals(preview.administrators().after(), office.roles.guard().administrators());
        assertFalse(fx(() -> node("roles.ifYouSave").isVisible()));
        press(button("Undo"));
        assertEquals(before, assignments());
        assertEquals(List.of("IT Operations", "Accounts Payable", "Finance", "Controlling", "Treasury"), groups());
    }

    @Test
    void withoutRulesEverybodyIsCountedAsTheOthers() {
        office.roles.rules().save(office.administrator, daily.id(), null, List.of());
        long others = office.roles.rules().byDefault(office.administrator, daily.id());
        assertTrue(others > 0);
        open();
        assertEquals(Long.toString(others), fx(() -> node("roles.rules.others", Label.class).getText()));
    }

    @Test
    void theHeadingKeepsItsWordsBesideALongName() {
        office.directory.sql("UPDATE tenant SET name = ?", "Contoso Holding for Europe, Middle East and Africa");
        for (int width : new int[]{ 1280, 1000 }) {
            open();
            resize(width, 800);
            assertEquals(List.of(), fx(() -> cutHeadings()), "at " + width);
            picture("15-roles-long-name" + (width < 1280 ? "-narrow" : ""), width, 800);
        }
    }

    /// Headings of cards that show less than their words.
    private List<String> cutHeadings() {
        return scene().getRoot().lookupAll(".card-head > .strong").stream().map(Label.class::cast)
                .filter(each -> each.isTextTruncated() || each.getWidth() < 10).map(Label::getText).toList();
    }

    @Test
    void dragsRulesAndTakesThemBack() {
        open();
        drag("roles.rule.3", "roles.rule.0");
        assertEquals(List.of("Controlling", "IT Operations", "Accounts Payable", "Finance", "Treasury"),
                fx(() -> model.rules().rules().stream().map(each -> each.rule().group().name()).toList()));
        assertTrue(says("Moved up from 4"));
        click("roles.rules.discard");
        assertFalse(fx(() -> model.isUnsaved()));
        drag("roles.rule.0", "roles.rule.4");
        drag("roles.rule.4", "roles.rule.0");
        assertFalse(fx(() -> model.isUnsaved()), "back where it was nothing is unsaved");
        choose("roles.rule.menu.1", "Move down");
        click("roles.rules.save");
        assertEquals(List.of("IT Operations", "Finance", "Accounts Payable", "Controlling", "Treasury"), groups());
    }

    @Test
    void addsARuleAndSaysWhoElseChanges() {
        open();
        click("roles.rules.add");
        assertTrue(fx(() -> node("roles.rule.do").isDisabled()), "without a group there is no rule");
        fx(() -> node("roles.rule.group", ComboBox.class).show());
        fx(() -> node("roles.rule.group", ComboBox.class).hide());
        pick("roles.rule.group", "Tax");
        pick("roles.rule.role", "Auditor");
        picture("15-roles-rule");
        click("roles.rule.do");
        assertEquals(6, fx(() -> model.rules().rules().size()));
        assertEquals("New, With nested groups", fx(() -> ((Label) node("roles.rule.5").lookup(".caption")).getText()));
        for (int i = 5; i > 0; i--) {
            choose("roles.rule.menu." + i, "Move up");
        }
        click("roles.rules.save");
        assertEquals("Tax", groups().getFirst());
        assertEquals("Operator", office.userQueries.find("oleksandra").role(), "chosen by hand");
        fx(() -> Event.fireEvent(focused("roles.rule.0"),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DELETE, false, false, false, false)));
        click("roles.rules.save");
        assertEquals(5, storedRules().size());
    }

    @Test
    void whoeverChangesIsFoundAmongMany() {
        open();
        for (int i = 4; i >= 1; i--) {
            int last = i;
            fx(() -> model.rules().remove(last));
        }
        assertEquals(8, fx(() -> model.rules().previewProperty().get().changes().size()), "all but those by hand");
        click("roles.save.all");
        assertEquals(8, fx(() -> node("roles.people.rows", VBox.class).getChildren().size()));
        type("roles.people.search", "controlling chia");
        waitFor("nobody", () -> node("roles.people.rows", VBox.class).getChildren().size() == 1);
        picture("15-roles-people");
    }

    @Test
    void theSecondWhoSavesRulesIsTold() {
        open();
        drag("roles.rule.3", "roles.rule.0");
        office.roles.rules().remove(office.administrator, storedRules().getLast().id());
        var theirs = storedRules();
        click("roles.rules.save");
        assertTrue(exists("roles.rules.trouble"));
        picture("15-roles-conflict");
        assertEquals(theirs, storedRules());
        assertTrue(fx(() -> node("roles.rules.save").isDisabled()));
        fx(() -> model.reload());
        assertTrue(fx(() -> model.isUnsaved()), "what is unsaved outlives reading again");
        click("roles.rules.again");
        assertEquals(theirs, fx(() -> model.rules().inOrder()));
        assertFalse(fx(() -> model.isUnsaved()));
    }

    @Test
    void aRuleWhoseGroupIsGoneSaysWhatToDo() {
        office.roles.rules().save(office.administrator, daily.id(), null, List.of(
                new RoleRule(0, daily.id(), 0, new Ref(TestDirectory.uuid("gone"), "Vendors 2019"), true,
                        stored.require("Operator").id()),
                rule("IT Operations", true, "Administrator"), new RoleRule(0, daily.id(), 0,
                        new Ref(TestDirectory.uuid("gone too"), "Interns"), true, stored.require("User").id())));
        open();
        assertTrue(says("The group is gone"));
        picture("15-roles-vanished");
        click("roles.rule.another.0");
        pick("roles.rule.group", "Tax");
        click("roles.rule.do");
        click("roles.rule.drop.2");
        click("roles.rules.save");
        assertEquals(List.of("Tax", "IT Operations"), groups());
        assertFalse(says("The group is gone"));
    }

    @Test
    void theLastAdministratorIsNamed() {
        office.directory.signInWithEntra(true);
        // She may as much as an administrator, and is none.
        office.roles.roles().add(office.administrator, "Everything", "", EnumSet.allOf(Permission.class));
        office.role("maren.holt", "Everything", RoleSource.MANUAL);
        open();
        fx(() -> model.rules().remove(0));
        assertTrue(says("Jürgen Weiß is the last administrator who can sign in"));
        picture("15-roles-last");
        assertTrue(fx(() -> node("roles.rules.save").isDisabled()));
        assertThrows(RollcallException.class, () -> office.roles.rules().remove(office.administrator,
                storedRules().getFirst().id()), "and saving is refused as well");
        assertEquals("Administrator", office.userQueries.find("juergen").role());
    }

    @Test
    void withoutAnImportThereAreNoRules() {
        office.directory.sql("DELETE FROM role_rule");
        office.directory.sql("DELETE FROM profile_object");
        office.directory.sql("DELETE FROM import_profile");
        open();
        assertTrue(fx(() -> node("roles.rules.add").isDisabled()));
        click("roles.import");
        assertEquals(List.of("import"), office.opened);
    }

    @Test
    void rulesOfSeveralImportsAreChosenBetween() {
        var second = office.directory.profile(office.contoso, "weekly");
        open();
        @SuppressWarnings("unchecked")
        ComboBox<RuleSource> source = node("roles.source", ComboBox.class);
        assertEquals(List.of("Contoso, daily", "Contoso, weekly"),
                fx(() -> source.getItems().stream().map(RuleSource::toString).toList()));
        drag("roles.rule.3", "roles.rule.0");
        pick("roles.source", "Contoso, weekly");
        assertEquals(daily.id(), fx(() -> model.rules().sourceProperty().get().profile().id()), "asks first");
        press(button("Discard and show the other rules"));
        assertEquals(second.id(), fx(() -> model.rules().sourceProperty().get().profile().id()));
        assertEquals(0, fx(() -> model.rules().rules().size()));
    }
}
