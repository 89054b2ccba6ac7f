package org.rollcall.ui.common;

import java.util.IdentityHashMap;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

import atlantafx.base.theme.Styles;
import atlantafx.base.theme.Tweaks;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import org.rollcall.domain.DisplayText;

/// The style of tables: edge to edge in a card, row lines only, ellipsis with the whole text in a tooltip, selectable columns.
/// Set an `id` on every column whose state is to be stored.
public final class Columns {
    private Columns() {}

    /// Styles a table in a card; `name` is read by screen readers.
    public static <T> TableView<T> dress(TableView<T> table, String name) {
        table.getStyleClass().add(Tweaks.EDGE_TO_EDGE);
        table.setAccessibleText(name);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        markOrder(table);
        table.sceneProperty().subscribe(scene -> {
            var id = table.getId();
            if (scene != null && id != null && !WindowPreferences.remembers(table)) {
                WindowPreferences.of(scene).ifPresent(memory -> memory.remember(id, table));
            }
        });
        return table;
    }

    /// Aligns the first column with the text above the table, inside a card.
    public static void alignToHead(TableView<?> table) {
        table.getColumns().getFirst().getStyleClass().add("edge-left");
    }

    /// Places the sort arrow after the column's title: JavaFX's own is at the far end of the header, beside the next title.
    private static <T> void markOrder(TableView<T> table) {
        table.getStyleClass().add("marked");
        var marks = new IdentityHashMap<TableColumn<T, ?>, FontIcon>();
        table.getSortOrder().addListener((Observable _) -> {
            marks.forEach((column, _) -> column.setGraphic(null));
            table.getSortOrder().forEach(column -> column.setGraphic(marks.computeIfAbsent(column, Columns::mark)));
        });
    }

    private static FontIcon mark(TableColumn<?, ?> column) {
        var icon = Icons.of(Icons.UP, Icons.IN_CHIP, Tone.MUTED);
        column.sortTypeProperty()
                .subscribe(type -> icon.setIconCode(type == SortType.ASCENDING ? Icons.UP : Icons.DOWN));
        return icon;
    }

    /// A column of plain text. Truncated text is shown in full in a tooltip.
    public static <T> TableColumn<T, String> text(String id, String title, double width, Function<T, String> value) {
        var column = new TableColumn<T, String>(title);
        column.setId(id);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setCellFactory(_ -> new TextCell<>());
        return column;
    }

    /// A column of numbers, at the right.
    public static <T> TableColumn<T, String> number(String id, String title, double width, Function<T, String> value) {
        var column = text(id, title, width, value);
        column.getStyleClass().add("align-right");
        return column;
    }

    /// A column whose cells are created from the row: a chip, a status, a button. Sorted by `order`.
    public static <T> TableColumn<T, T> graphic(String id, String title, double width, Function<T, Node> node,
            java.util.Comparator<T> order) {
        var column = new TableColumn<T, T>(title);
        column.setId(id);
        column.setPrefWidth(width);
        column.setComparator(order);
        column.setCellValueFactory(row -> new javafx.beans.property.ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new GraphicCell<>(node));
        return column;
    }

    /// Fixes the width of a column.
    public static <T, V> TableColumn<T, V> fixed(TableColumn<T, V> column, double width) {
        column.setMinWidth(width);
        column.setPrefWidth(width);
        column.setMaxWidth(width);
        return column;
    }

    /// The button with the list of columns to show or hide.
    public static MenuButton chooser(TableView<?> table) {
        var button = new MenuButton("", Icons.of(Icons.COLUMNS));
        button.getStyleClass().add(Styles.BUTTON_ICON);
        button.setAccessibleText(Messages.get("common.columns"));
        button.setTooltip(new Tooltip(Messages.get("common.columns")));
        for (var column : table.getColumns()) {
            if (!column.getText().isEmpty()) {
                var item = new CheckMenuItem(column.getText());
                item.selectedProperty().bindBidirectional(column.visibleProperty());
                button.getItems().add(item);
            }
        }
        return button;
    }

    private static final class TextCell<T> extends TableCell<T, String> {
        private final Tooltip whole = new Tooltip();

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            var shown = DisplayText.text(text);
            boolean none = empty || shown.isEmpty();
            setText(empty ? null : shown);
            whole.setText(none ? "" : shown);
            setTooltip(none ? null : whole);
        }

        @Override
        protected void layoutChildren() {
            super.layoutChildren();
            // Only a truncated text needs a tooltip.
            setTooltip(isTextTruncated() ? whole : null);
        }
    }

    private static final class GraphicCell<T> extends TableCell<T, T> {
        private final Function<T, Node> maker;

        GraphicCell(Function<T, Node> maker) {
            this.maker = maker;
        }

        @Override
        protected void updateItem(@Nullable T row, boolean empty) {
            super.updateItem(row, empty);
            var made = empty || row == null ? null : maker.apply(row);
            setGraphic(made);
            setAccessibleText(made instanceof Label label ? label.getText() : null);
        }
    }
}
