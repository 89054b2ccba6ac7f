package org.rollcall.ui.importing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.Cloud;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.importing.draft.ImportDraft;
import org.rollcall.ui.importing.draft.ImportDraft.CredentialKind;
import org.rollcall.ui.importing.draft.ImportDraft.ScopeMode;
import org.rollcall.ui.importing.draft.ImportDraft.Way;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/// The wizard from end to end with nothing but keys: Tab, arrows, Space, Enter, Alt and an arrow, and letters. Nothing is
/// clicked, and nothing is given the focus but by the wizard itself.
class WalkByKeyboardTest extends WizardWalk {
    private static final int MOST_TABS = 120;

    private Node focused() {
        return Objects.requireNonNull(look(() -> scene().getFocusOwner()), "nothing has the focus");
    }

    private static boolean isWithin(Node node, String id) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (id.equals(up.getId())) {
                return true;
            }
        }
        return false;
    }

    private void tabTo(String id) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < MOST_TABS; i++) {
            Node now = focused();
            if (look(() -> isWithin(now, id))) {
                return;
            }
            seen.add(name(now) + now.getClass().getSimpleName() + System.identityHashCode(now) % 1000);
            key(KeyCode.TAB);
        }
        fail("Tab never gets to " + id + ": " + seen);
    }

    private static String name(Node node) {
        for (Node up = node; up != null; up = up.getParent()) {
            if (up.getId() != null && !up.getId().isEmpty()) {
                return up.getId();
            }
        }
        return node.getClass().getSimpleName();
    }

    private void backTo(String id) {
        var seen = new ArrayList<String>();
        for (int i = 0; i < MOST_TABS; i++) {
            Node now = focused();
            if (look(() -> isWithin(now, id))) {
                return;
            }
            seen.add(name(now));
            key(KeyCode.SHIFT, KeyCode.TAB);
        }
        fail("Shift and Tab never get to " + id + ": " + seen);
    }

    private void key(KeyCode... keys) {
        press(keys);
    }

    private void keys(int times, KeyCode key) {
        for (int i = 0; i < times; i++) {
            key(key);
        }
    }

    /// Types into whatever has the focus.
    private void letters(String text) {
        fx(() -> text.codePoints().mapToObj(Character::toString)
                .forEach(typed -> Event.fireEvent(scene().getFocusOwner(), new KeyEvent(KeyEvent.KEY_TYPED, typed, "",
                        KeyCode.UNDEFINED, false, false, false, false))));
    }

    private void altRight(String step) {
        waitFor("nothing in the way", () -> reason().isEmpty());
        key(KeyCode.ALT, KeyCode.RIGHT);
        waitForStep(step);
    }

    private void fillPlaceByKeys(String prefix) {
        tabTo(prefix + ".cloud");
        for (int i = 0; i < Cloud.values().length && look(() -> draft.cloudProperty().get()) != Cloud.CUSTOM; i++) {
            key(KeyCode.DOWN);
        }
        assertEquals(Cloud.CUSTOM, look(() -> draft.cloudProperty().get()));
        tabTo(prefix + ".tenant");
        letters(fixture.sample.domain());
        tabTo(prefix + ".authority");
        letters(fixture.sample.origin());
        tabTo(prefix + ".graph");
        letters(fixture.sample.origin());
        picker.next = fixture.sample.caFile();
        tabTo(prefix + ".ca");
        key(KeyCode.SPACE);
        assertTrue(look(() -> draft.caPemProperty().get()).contains("BEGIN CERTIFICATE"));
    }

    private void pickByKeys(String name) {
        waitFor("the dialog", () -> isWithin(focused(), "importing.pick.search"));
        letters(name);
        waitFor("the hit", () -> {
            var list = node("importing.pick.list", ListView.class);
            return !list.getItems().isEmpty() && list.getItems().getFirst() instanceof Ref ref
                    && ref.name().equals(name);
        });
        key(KeyCode.ENTER);
        waitFor("the dialog to close", () -> !window.dialogs().isOpen());
    }

    private void choose(String combo, String value) {
        tabTo(combo);
        @SuppressWarnings("unchecked")
        ComboBox<String> box = node(combo, ComboBox.class);
        int from = look(() -> box.getItems().indexOf(box.getValue()));
        int to = look(() -> box.getItems().indexOf(value));
        keys(Math.abs(to - from), to > from ? KeyCode.DOWN : KeyCode.UP);
        waitFor(value, () -> {
            @SuppressWarnings("unchecked")
            ComboBox<String> now = node(combo, ComboBox.class);
            return value.equals(now.getValue());
        });
    }

    @Test
    void byHandWithASecretGroupsAndRules() {
        draft = new ImportDraft();
        open(draft, Clock.systemUTC());
        assertTrue(FocusOrder.isWithin(focused(), wizard.view()), "the wizard takes the focus itself");
        tabTo("connect.way");
        for (int i = 0; i < 3 && look(() -> draft.wayProperty().get()) != Way.BY_HAND; i++) {
            key(KeyCode.RIGHT);
        }
        tabTo("connect.portal.1");
        key(KeyCode.SPACE);
        assertEquals(List.of(1), look(() -> List.copyOf(draft.portalSteps())));
        fillPlaceByKeys("connect.hand");
        backTo("connect.hand.client");
        letters(fixture.sample.clientId());
        tabTo("connect.hand.kind");
        for (int i = 0; i < 2 && look(() -> draft.credentialKindProperty().get()) != CredentialKind.SECRET; i++) {
            key(KeyCode.RIGHT);
        }
        tabTo("connect.hand.secret");
        letters(fixture.sample.clientSecret());
        altRight("verify");
        tabTo("verify.again");
        key(KeyCode.SPACE);
        waitFor("the report", () -> reason().isEmpty());
        altRight("choose");
        waitFor("the tenant", () -> exists("importing.choose.count") && !countOfChosen().isEmpty());

        tabTo("importing.choose.mode");
        for (int i = 0; i < 3 && look(() -> draft.scopeModeProperty().get()) != ScopeMode.GROUPS; i++) {
            key(KeyCode.RIGHT);
        }
        assertEquals("Choose at least one group to continue", reason());
        tabTo("importing.choose.tree");
        TreeTableView<?> tree = node("importing.choose.tree", TreeTableView.class);
        key(KeyCode.HOME);
        key(KeyCode.LEFT);
        waitFor("the branch to close", () -> !tree.getTreeItem(0).isExpanded());
        key(KeyCode.RIGHT);
        waitFor("the branch to open", () -> tree.getTreeItem(0).isExpanded());
        key(KeyCode.DOWN);
        key(KeyCode.SPACE);
        assertEquals(List.of("Engineering"), look(() -> draft.groups().stream().map(Ref::name).toList()));
        tabTo("importing.choose.guests");
        key(KeyCode.SPACE);
        assertEquals(false, look(() -> draft.guestsProperty().get()));
        tabTo("importing.choose.never.add");
        key(KeyCode.SPACE);
        pickByKeys("Engineering Platform");
        altRight("map");

        choose("importing.map.default", Role.AUDITOR);
        tabTo("importing.map.add");
        key(KeyCode.SPACE);
        pickByKeys("Engineering");
        tabTo("importing.map.add");
        key(KeyCode.SPACE);
        pickByKeys("Engineering Product");
        choose("importing.map.role.1", Role.ADMINISTRATOR);
        backTo("importing.map.rule.1");
        while (!look(() -> "importing.map.rule.1".equals(scene().getFocusOwner().getId()))) {
            key(KeyCode.SHIFT, KeyCode.TAB);
        }
        key(KeyCode.ALT, KeyCode.UP);
        assertEquals(List.of("Engineering Product", "Engineering"),
                look(() -> draft.rules().stream().map(each -> each.group().name()).toList()));
        altRight("preview");
        waitFor("the preview", () -> exists("importing.preview.table")
                && exists("importing.preview.allow.administratorsGiven"));
        tabTo("importing.preview.allow.administratorsGiven");
        key(KeyCode.SPACE);
        waitFor("nothing in the way", () -> reason().isEmpty());
        waitFor("its rows", () -> !node("importing.preview.table", TableView.class).getItems().isEmpty());

        tabTo("importing.preview.table");
        tabTo("wizard.next");
        assertTrue(nextLabel().startsWith("Import "), nextLabel());
        key(KeyCode.SPACE);
        waitForStep("done");
        waitFor("the result", () -> headings().stream().anyMatch(each -> each.endsWith("imported")));
        tabTo("importing.done.days");
        replaceNumber("0");
        tabTo("importing.done.hours");
        replaceNumber("8");
        tabTo("wizard.next");
        key(KeyCode.ENTER);
        waitFor("the wizard to close", () -> events.contains("closed"));
        assertEquals(8 * 60, look(() -> draft.everyMinutesProperty().get()));
        assertCameIn();
    }

    private void replaceNumber(String number) {
        key(KeyCode.CONTROL, KeyCode.A);
        letters(number);
    }

    @Test
    void automaticallyWithACodeAndPeople() {
        draft = new ImportDraft();
        open(draft, Clock.systemUTC());
        tabTo("connect.way");
        for (int i = 0; i < 3 && look(() -> draft.wayProperty().get()) != Way.AUTOMATIC; i++) {
            key(KeyCode.LEFT);
        }
        fillPlaceByKeys("connect.automatic");
        tabTo("connect.automatic.start");
        key(KeyCode.SPACE);
        waitFor("the code", () -> exists("connect.code"));
        tabTo("connect.code.open");
        key(KeyCode.SPACE);
        assertEquals(1, links.size());
        approve();
        waitFor("the review", () -> exists("connect.review"));
        tabTo("wizard.next");
        key(KeyCode.ENTER);
        waitForStep("verify");
        altRight("choose");
        waitFor("the tenant", () -> exists("importing.choose.count") && !countOfChosen().isEmpty());
        tabTo("importing.choose.mode");
        for (int i = 0; i < 3 && look(() -> draft.scopeModeProperty().get()) != ScopeMode.PEOPLE; i++) {
            key(KeyCode.RIGHT);
        }
        tabTo("importing.choose.search");
        letters("Ada");
        waitForNode("Ada", node -> node instanceof CheckBox box && box.getText().equals("Ada Lindqvist"));
        tabTo("importing.choose.found");
        key(KeyCode.HOME);
        key(KeyCode.SPACE);
        assertEquals(List.of("Ada Lindqvist"), look(() -> draft.people().stream().map(Ref::name).toList()));
        altRight("map");
        tabTo("importing.map.chooseAdministrator");
        key(KeyCode.SPACE);
        pickByKeys("Ada Lindqvist");
        altRight("preview");
        waitFor("the preview", () -> reason().isEmpty() && exists("importing.preview.table"));

        // A role in the preview, and then out with the rules again.
        waitFor("its rows", () -> !node("importing.preview.table", TableView.class).getItems().isEmpty());
        tabTo("importing.preview.table");
        key(KeyCode.HOME);
        key(KeyCode.ENTER);
        waitFor("the dialog", () -> window.dialogs().isOpen());
        tabTo("changeRole.role." + Role.ADMINISTRATOR);
        for (int i = 0; i < 5 && !look(() -> node("changeRole.act", Button.class).getText()).endsWith("Auditor"); i++) {
            key(KeyCode.DOWN);
        }
        assertTrue(look(() -> node("changeRole.act", Labeled.class).getText()).endsWith("Auditor"));
        key(KeyCode.ENTER);
        waitFor("the dialog to close", () -> !window.dialogs().isOpen());
        assertEquals(List.of(Role.AUDITOR), look(() -> List.copyOf(draft.rolesByHand().values())));
        altRight("done");
        waitFor("the result", () -> headings().stream().anyMatch(each -> each.endsWith("imported")));
        tabTo("importing.done.keep");
        key(KeyCode.SPACE);
        assertEquals(false, look(() -> draft.scheduledProperty().get()));
        altRightToEnd();
        assertCameIn();
    }

    private void altRightToEnd() {
        key(KeyCode.ALT, KeyCode.RIGHT);
        waitFor("the wizard to close", () -> events.contains("closed"));
    }
}
