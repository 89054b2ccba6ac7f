package org.rollcall.ui.common;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import org.rollcall.domain.DisplayText;
import org.rollcall.text.Formats;

/// A bar, 8 px high, divided into shares; every share is also a text in the legend.
public final class GaugeBar extends Pane {
    private static final double GAP = 2;
    private static final double THINNEST = 4;

    /// @param styleClass `gauge-1` (accent) to `gauge-4` (quiet), `gauge-success`, `gauge-warning`, `gauge-danger`
    public record Part(String word, long amount, String styleClass) {}

    private List<Part> parts = List.of();

    public GaugeBar() {
        getStyleClass().add("gauge");
        setAccessibleRole(AccessibleRole.TEXT);
    }

    public void setParts(List<Part> now) {
        parts = now.stream().filter(part -> part.amount() > 0).toList();
        getChildren().setAll(parts.stream().map(part -> {
            var region = new Region();
            region.getStyleClass().addAll("gauge-part", part.styleClass());
            return region;
        }).toList());
        setAccessibleText(now.stream().map(part -> part.word() + " " + number(part.amount()))
                .collect(Collectors.joining(", ")));
        requestLayout();
    }

    /// Dots with labels and numbers for all parts, including zero; wraps.
    public static FlowPane legend(List<Part> parts) {
        var row = new FlowPane(14, 4);
        for (var part : parts) {
            var dot = new Region();
            dot.getStyleClass().addAll("gauge-dot", part.styleClass());
            var word = new Label(DisplayText.text(part.word()), dot);
            word.getStyleClass().addAll("caption", "muted");
            var amount = Labels.of(number(part.amount()), "caption", "medium");
            var pair = new HBox(4, word, amount);
            pair.setMinWidth(USE_PREF_SIZE);
            pair.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            row.getChildren().add(pair);
        }
        return row;
    }

    @Override
    protected void layoutChildren() {
        if (parts.isEmpty()) {
            return;
        }
        double room = getWidth() - GAP * (parts.size() - 1);
        double sum = parts.stream().mapToLong(Part::amount).sum();
        double[] widths = parts.stream().mapToDouble(part -> Math.max(THINNEST, room * part.amount() / sum)).toArray();
        double tooMuch = java.util.Arrays.stream(widths).sum() - room;
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] > widths[widest] ? i : widest;
        }
        widths[widest] = Math.max(THINNEST, widths[widest] - tooMuch);
        double x = 0;
        for (int i = 0; i < widths.length; i++) {
            getChildren().get(i).resizeRelocate(snapPositionX(x), 0, snapSizeX(widths[i]), getHeight());
            x += widths[i] + GAP;
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return 160;
    }

    private static String number(long amount) {
        return Formats.number(amount);
    }
}
