package org.rollcall.ui.schedules;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.Tone;

/// Changes in dialogs: how many of each kind, and the first of them by name.
final class ChangeLines {
    private static final double ROW = 32;
    private static final int ROWS = 5;

    private ChangeLines() {}

    /// The kinds that change something, in two columns.
    static Node counts(Run run) {
        var left = new VBox(4);
        var right = new VBox(4);
        run.counts().forEach((kind, count) -> {
            if (count > 0 && kind.changesDirectory()) {
                var side = left.getChildren().size() <= right.getChildren().size() ? left : right;
                side.getChildren().add(new HBox(8, new StatusLabel(Look.of(kind)), Labels.spacer(),
                        Labels.of(Formats.number(count))));
            }
        });
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        left.setPrefWidth(0);
        right.setPrefWidth(0);
        return right.getChildren().isEmpty() ? new HBox(left) : new HBox(32, left, right);
    }

    /// Something that was changed since the run which is undone.
    static Look stays() {
        return new Look(Icons.WARNING, Tone.WARNING, Messages.get("schedules.undo.stays.word"));
    }

    /// @param name for screen readers
    static ListView<ChangeRow> list(String name, List<ChangeRow> rows) {
        var list = new ListView<ChangeRow>();
        list.setAccessibleText(name);
        list.getStyleClass().add("change-lines");
        list.setFixedCellSize(ROW);
        list.setCellFactory(_ -> new Line());
        show(list, rows);
        return list;
    }

    static void show(ListView<ChangeRow> list, List<ChangeRow> rows) {
        list.getItems().setAll(rows);
        double height = ROW * Math.max(1, Math.min(ROWS, rows.size())) + 2;
        list.setMinHeight(height);
        list.setPrefHeight(height);
        list.setMaxHeight(height);
    }

    private static final class Line extends ListCell<ChangeRow> {
        @Override
        protected void updateItem(@Nullable ChangeRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(empty || row == null ? null : line(row));
        }

        private static Node line(ChangeRow row) {
            var kind = new StatusLabel(row.kind() == ChangeKind.CONFLICT ? stays() : Look.of(row.kind()));
            kind.setMinWidth(150);
            kind.setPrefWidth(150);
            var who = Labels.of(row.who());
            who.setMinWidth(0);
            who.setPrefWidth(190);
            var values = Labels.muted(row.before().isEmpty() || row.after().isEmpty()
                    ? row.before() + row.after()
                    : row.before() + " → " + row.after());
            values.setMinWidth(0);
            HBox.setHgrow(values, Priority.ALWAYS);
            var line = new HBox(12, kind, who, values);
            line.setAlignment(Pos.CENTER_LEFT);
            line.setMinWidth(0);
            line.setPrefWidth(0);
            return line;
        }
    }
}
