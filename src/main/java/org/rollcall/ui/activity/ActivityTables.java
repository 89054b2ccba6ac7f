package org.rollcall.ui.activity;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.Run;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Moments;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.common.WindowContext;

/// The two tables. The next page is loaded when the last quarter of the loaded rows is scrolled into view.
final class ActivityTables {
    private static final double NEAR_THE_END = 0.75;

    private static final double ALL_COLUMNS = 700;

    private ActivityTables() {}

    static TableView<AuditEvent> events(WindowContext context, EventsViewModel model) {
        var table = table("activity.events", Messages.get("activity.tab.events"), List.of(
                muted(Columns.<AuditEvent>text("when", Messages.get("activity.column.when"), 132,
                        event -> Moments.of(event.at(), context.clock()))),
                Columns.text("who", Messages.get("activity.column.who"), 176,
                        event -> EventWords.who(event.actor())),
                Columns.graphic("what", Messages.get("activity.column.what"), 176,
                        event -> new StatusLabel(EventWords.what(event)), (_, _) -> 0),
                Columns.text("about", Messages.get("activity.column.about"), 148,
                        event -> EventWords.about(event).lines().collect(Collectors.joining(" "))),
                muted(Columns.text("from", Messages.get("activity.column.from"), 116, EventWords::from))));
        atLeast(table, 128, 110, 156, 110, 88);
        hideNarrow(table, "from");
        wire(context, table, model.rows(), model.openProperty());
        return table;
    }

    static TableView<Run> runs(WindowContext context, RunsViewModel model, LongConsumer openRun) {
        var table = table("activity.runs", Messages.get("activity.tab.runs"), List.of(
                Columns.graphic("state", Messages.get("activity.column.state"), 180,
                        run -> new StatusLabel(Look.of(run.state())), (_, _) -> 0),
                Columns.text("schedule", Messages.get("activity.column.schedule"), 192, RunWords::name),
                muted(Columns.text("started", Messages.get("activity.column.started"), 132,
                        run -> Moments.of(run.startedAt(), context.clock()))),
                muted(Columns.text("took", Messages.get("activity.column.took"), 108, RunWords::took)),
                Columns.number("changes", Messages.get("activity.column.changes"), 104,
                        run -> number(RunWords.changes(run))),
                Columns.number("requests", Messages.get("activity.column.requests"), 96,
                        run -> number(run.requests()))));
        // "Stopped by a guard" and "20 Nov, 14:08" without truncation.
        atLeast(table, 188, 100, 128, 84, 72, 80);
        hideNarrow(table, "took", "requests");
        wire(context, table, model.rows(), model.openProperty());
        Runnable openChosen = () -> {
            var chosen = table.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                openRun.accept(chosen.id());
            }
        };
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                openChosen.run();
                event.consume();
            }
        });
        table.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                openChosen.run();
            }
        });
        return table;
    }

    private static void atLeast(TableView<?> table, double... widths) {
        for (int i = 0; i < widths.length; i++) {
            table.getColumns().get(i).setMinWidth(widths[i]);
        }
    }

    /// Hidden in narrow windows; the card beside the table contains them.
    private static void hideNarrow(TableView<?> table, String... ids) {
        table.widthProperty().map(width -> width.doubleValue() == 0 || width.doubleValue() >= ALL_COLUMNS)
                .subscribe(room -> table.getColumns().stream().filter(column -> List.of(ids).contains(column.getId()))
                        .forEach(column -> column.setVisible(room)));
    }

    private static String number(long count) {
        return Formats.number(count);
    }

    private static <T> TableColumn<T, String> muted(TableColumn<T, String> column) {
        column.getStyleClass().add("muted");
        return column;
    }

    private static <T> TableView<T> table(String id, String name, List<TableColumn<T, ?>> columns) {
        var table = new TableView<T>();
        table.setId(id);
        Columns.dress(table, name);
        // Always newest first: another order would need all rows.
        columns.forEach(column -> column.setSortable(false));
        columns.getFirst().getStyleClass().add("activity-first");
        table.getColumns().setAll(columns);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        return table;
    }

    private static <T> void wire(WindowContext context, TableView<T> table, PagedRows<T> rows,
            ObjectProperty<@Nullable T> open) {
        table.setItems(rows.rows());
        open.subscribe(now -> {
            var chosen = table.getSelectionModel().getSelectedItem();
            if (now == null) {
                table.getSelectionModel().clearSelection();
            } else if (chosen == null || rows.number(chosen) != rows.number(now)) {
                int place = place(rows, now);
                table.getSelectionModel().clearAndSelect(place);
                if (place > 0) {
                    context.fx().afterwards(() -> table.scrollTo(Math.max(0, place - 4)));
                }
            }
        });
        table.getSelectionModel().selectedItemProperty().addListener((_, _, chosen) -> {
            if (chosen != null) {
                open.set(chosen);
            }
        });
        table.skinProperty().addListener(_ -> context.fx().afterwards(() -> watch(context, table, rows)));
    }

    private static <T> int place(PagedRows<T> rows, T wanted) {
        var list = rows.rows();
        for (int i = 0; i < list.size(); i++) {
            if (rows.number(list.get(i)) == rows.number(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static void watch(WindowContext context, TableView<?> table, PagedRows<?> rows) {
        table.lookupAll(".scroll-bar").stream()
                .filter(node -> node instanceof ScrollBar bar && bar.getOrientation() == Orientation.VERTICAL)
                .map(ScrollBar.class::cast).forEach(bar -> bar.valueProperty().addListener((_, _, value) -> {
                    if (value.doubleValue() >= NEAR_THE_END * bar.getMax()) {
                        context.fx().afterwards(rows::readMore);
                    }
                }));
    }
}
