package org.rollcall.ui.overview;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import org.rollcall.text.Formats;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;

/// Changes by day: the chart, or the same as a table, which screen readers can walk through.
final class DaysCard {
    private static final double HEIGHT = 124;
    private static final double TABLE_HEAD = 36;
    private static final double TABLE_ROW = 32;

    private DaysCard() {}

    /// @param asTable which of the two shows; the caller's, so that it stays when figures are read again
    static Card of(List<OverviewFigures.Day> days, BooleanProperty asTable) {
        var title = Labels.heading(Messages.get("overview.chart"), "strong");
        if (days.stream().allMatch(day -> day.changes() == 0 && day.stopped() == 0)) {
            var none = Labels.muted(Messages.get("overview.chart.none"));
            none.setId("overview.chart.none");
            return Card.of(title, none);
        }
        var place = new StackPane();
        var swap = Buttons.link("", () -> asTable.set(!asTable.get()));
        swap.setId("overview.chart.swap");
        swap.getStyleClass().add("caption");
        var chart = new DayChart(days);
        var table = new AtomicReference<@Nullable TableView<OverviewFigures.Day>>();
        var legend = new HBox(16, legend("applied", "overview.chart.applied"),
                legend("stopped", "overview.chart.stopped"));
        legend.setAlignment(Pos.CENTER_LEFT);
        asTable.subscribe(now -> {
            double height = now ? TABLE_HEAD + TABLE_ROW * days.size() : HEIGHT;
            place.setMinHeight(height);
            place.setPrefHeight(height);
            // The squares are the bars' colours.
            legend.setVisible(!now);
            place.getChildren().setAll(
                    now ? table.updateAndGet(made -> made == null ? table(days) : made) : chart);
            swap.setText(Messages.get(now ? "overview.chart.asChart" : "overview.chart.asTable"));
        });
        var head = new HBox(16, title, Labels.spacer(), legend, swap);
        head.setAlignment(Pos.CENTER_LEFT);
        return Card.of(head, place);
    }

    private static Label legend(String style, String key) {
        var dot = new Region();
        dot.getStyleClass().addAll("day-dot", style);
        var label = Labels.caption(Messages.get(key));
        label.setGraphic(dot);
        label.setGraphicTextGap(6);
        return label;
    }

    private static TableView<OverviewFigures.Day> table(List<OverviewFigures.Day> days) {
        var table = new TableView<OverviewFigures.Day>();
        table.setId("overview.chart.table");
        Columns.dress(table, Messages.get("overview.chart"));
        table.getStyleClass().add("compact");
        table.setFixedCellSize(TABLE_ROW);
        table.getItems().setAll(days.stream().sorted(Comparator.comparing(OverviewFigures.Day::date).reversed())
                .toList());
        table.getColumns().add(Columns.text("day", Messages.get("overview.chart.column.day"), 120,
                day -> Formats.day(day.date())));
        table.getColumns().add(Columns.number("changes", Messages.get("overview.chart.applied"), 140,
                day -> number(day.changes())));
        table.getColumns().add(Columns.number("runs", Messages.get("overview.chart.column.runs"), 100,
                day -> number(day.runs())));
        table.getColumns().add(Columns.number("stopped", Messages.get("overview.chart.stopped"), 100,
                day -> day.stopped() == 0 ? "" : number(day.stopped())));
        table.getColumns().forEach(column -> column.setSortable(false));
        return table;
    }

    private static String number(long count) {
        return Formats.number(count);
    }
}
