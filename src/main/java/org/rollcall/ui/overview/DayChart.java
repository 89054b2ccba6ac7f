package org.rollcall.ui.overview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.rollcall.text.Formats;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The changes of each day as bars without a grid: today in the accent colour, days with a stopped run outlined with a
/// cross, the highest and today's with their number; names begin at their bar, the last one ends with it. What a bar stands
/// for is in its tooltip.
final class DayChart extends Pane {
    private static final double NUMBERS = 18;
    private static final double DAYS = 26;
    private static final double GAP = 6;
    private static final double LEAST = 2;
    private static final double ROOM_FOR_A_CROSS = 36;
    private static final int WEEK = 7;

    private final List<OverviewFigures.Day> days;
    private final List<StackPane> bars = new ArrayList<>();
    private final Map<Integer, Label> numbers = new LinkedHashMap<>();
    private final Map<Integer, Label> names = new LinkedHashMap<>();
    private final Region ground = new Region();
    private final long most;

    DayChart(List<OverviewFigures.Day> days) {
        this.days = days;
        setId("overview.chart");
        getStyleClass().add("day-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        most = days.stream().mapToLong(OverviewFigures.Day::changes).max().orElse(0);
        int highest = days.stream().map(OverviewFigures.Day::changes).toList().indexOf(most);
        ground.getStyleClass().add("day-ground");
        getChildren().add(ground);
        for (int i = 0; i < days.size(); i++) {
            var day = days.get(i);
            boolean today = i == days.size() - 1;
            var bar = bar(day, today);
            bars.add(bar);
            if (day.changes() > 0 && (today || i == highest)) {
                numbers.put(i, Labels.caption(Messages.get("overview.figure", day.changes())));
            }
            if (today) {
                names.put(i, Labels.caption(Messages.get("overview.chart.today")));
            } else if (i % WEEK == 0) {
                names.put(i, Labels.caption(Formats.day(day.date())));
            }
        }
        getChildren().addAll(bars);
        getChildren().addAll(numbers.values());
        getChildren().addAll(names.values());
        setAccessibleText(days.stream().filter(day -> day.runs() > 0).map(DayChart::words)
                .collect(Collectors.joining("; ")));
    }

    private static StackPane bar(OverviewFigures.Day day, boolean today) {
        var bar = new StackPane();
        bar.getStyleClass().add("day-bar");
        if (day.stopped() > 0) {
            bar.getStyleClass().add("stopped");
            bar.getChildren().add(Icons.of(Icons.CLOSE, Icons.SMALL, Tone.DANGER));
        } else if (today) {
            bar.getStyleClass().add("today");
        }
        if (day.changes() > 0 || day.stopped() > 0) {
            Tooltip.install(bar, new Tooltip(words(day)));
        }
        return bar;
    }

    /// "21 Nov: 16 changes in 3 runs, 1 stopped".
    static String words(OverviewFigures.Day day) {
        var words = Messages.get("overview.chart.day", Formats.day(day.date()), day.changes(), day.runs());
        return day.stopped() == 0 ? words : Messages.get("overview.chart.day.stopped", words, day.stopped());
    }

    @Override
    protected void layoutChildren() {
        double bottom = getHeight() - DAYS;
        double room = bottom - NUMBERS;
        double step = getWidth() / Math.max(1, days.size());
        ground.resizeRelocate(0, snapPositionY(bottom), getWidth(), 1);
        for (int i = 0; i < days.size(); i++) {
            var day = days.get(i);
            double height = most == 0 || day.changes() == 0 ? 0 : Math.max(LEAST, room * day.changes() / most);
            if (day.stopped() > 0) {
                height = Math.max(height, Math.min(room, ROOM_FOR_A_CROSS));
            }
            double x = snapPositionX(i * step + GAP / 2);
            double width = snapSizeX(Math.max(2, step - GAP));
            bars.get(i).resizeRelocate(x, snapPositionY(bottom - height), width, snapSizeY(height));
            bars.get(i).setVisible(height > 0);
            var number = numbers.get(i);
            if (number != null) {
                place(number, x + (width - number.prefWidth(-1)) / 2, bottom - height - NUMBERS);
            }
            var name = names.get(i);
            if (name != null) {
                place(name, Math.min(x, getWidth() - name.prefWidth(-1) - GAP / 2), bottom + 6);
            }
        }
    }

    private void place(Label label, double x, double y) {
        label.resizeRelocate(snapPositionX(x), snapPositionY(y), label.prefWidth(-1), label.prefHeight(-1));
    }

    @Override
    protected double computePrefHeight(double width) {
        return 120;
    }
}
