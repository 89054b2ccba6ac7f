package org.rollcall.ui.common;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What is made backstage is the same when it is shown, and what is shown already is left alone.
class BackstageTest extends UiTest {
    private final FxDispatcher fx = new FxDispatcher();

    private static TableView<String> table() {
        var table = new TableView<String>();
        table.setFixedCellSize(40);
        table.getColumns().add(Columns.text("one", "One", 100, text -> text));
        return table;
    }

    private static List<Node> rows(TableView<String> table) {
        return table.lookupAll(".table-row-cell").stream().filter(TableRow.class::isInstance).toList();
    }

    @Test
    void aTableIsShownWithTheRowsThatWereMadeBefore() {
        var root = show(StackPane::new);
        var table = look(BackstageTest::table);
        var done = new boolean[1];
        fx(() -> {
            var backstage = new Backstage(fx, scene());
            backstage.layOut(table, () -> table.getItems().setAll("a", "b", "c"));
            backstage.later(() -> done[0] = true);
            return null;
        });
        waitFor("made", () -> done[0]);
        assertNull(look(table::getParent), "nobody sees it");
        List<Node> before = look(() -> rows(table));
        assertTrue(before.size() >= 3, "rows are there: " + before.size());

        fx(() -> root.getChildren().setAll(table));
        waitFor("laid out", () -> table.getHeight() > 0 && !table.isNeedsLayout());
        assertTrue(look(() -> before.containsAll(rows(table).stream()
                .filter(row -> row instanceof TableRow<?> shown && !shown.isEmpty()).toList())),
                "no row is made again");
        assertEquals(List.of("a", "b", "c"), look(() -> List.copyOf(table.getItems())));
    }

    @Test
    void whatIsShownAlreadyIsLeftAlone() {
        var table = look(BackstageTest::table);
        var root = show(() -> new StackPane(table));
        var filled = new boolean[1];
        var done = new boolean[1];
        fx(() -> {
            var backstage = new Backstage(fx, scene());
            backstage.layOut(table, () -> filled[0] = true);
            backstage.later(() -> done[0] = true);
            return null;
        });
        waitFor("its turn is over", () -> done[0]);
        assertEquals(root, look(table::getParent));
        assertFalse(filled[0]);
    }
}
