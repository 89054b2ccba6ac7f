package org.rollcall.ui.common.wizard;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The steps at the left: what is done with its answer, what is open, what comes. Narrow, it shows numbers only.
final class WizardRail extends Pane {
    private static final double WIDE = 264;
    private static final double NARROW = 64;
    private static final double CIRCLE = 24;
    private static final double GAP = 8;
    private static final double LINE_OFF = 2;

    private final WizardModel model;
    private final List<ToggleButton> items = new ArrayList<>();
    private final List<Region> lines = new ArrayList<>();
    private final List<StackPane> circles = new ArrayList<>();
    private final Label note = Labels.wrapped("", "caption", "muted");
    private boolean narrow;

    WizardRail(WizardModel model) {
        this.model = model;
        getStyleClass().add("wizard-rail");
        for (int i = 0; i < model.steps().size(); i++) {
            var line = new Region();
            line.getStyleClass().add("step-line");
            lines.add(line);
            items.add(item(i));
        }
        getChildren().addAll(lines);
        getChildren().addAll(items);
        getChildren().add(note);
        model.currentProperty().subscribe(_ -> update());
        setNarrow(false);
    }

    void setNarrow(boolean now) {
        narrow = now;
        double width = now ? NARROW : WIDE;
        getStyleClass().remove("narrow");
        if (now) {
            getStyleClass().add("narrow");
        }
        setMinWidth(width);
        setPrefWidth(width);
        setMaxWidth(width);
        items.forEach(item -> ((HBox) item.getGraphic()).getChildren().get(1).setManaged(!now));
        items.forEach(item -> ((HBox) item.getGraphic()).getChildren().get(1).setVisible(!now));
        note.setVisible(!now);
        requestLayout();
    }

    private ToggleButton item(int index) {
        var step = model.steps().get(index);
        var circle = new StackPane();
        circle.getStyleClass().add("step-circle");
        circle.setMinSize(CIRCLE, CIRCLE);
        circle.setMaxSize(CIRCLE, CIRCLE);
        circles.add(circle);
        var title = Labels.of(step.title(), "step-title");
        var summary = Labels.wrapped("", "caption", "muted");
        var words = new VBox(title, summary);
        HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
        var row = new HBox(12, circle, words);
        var item = new ToggleButton();
        item.setId("wizard.step." + step.id());
        item.getStyleClass().add("step");
        item.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        item.setGraphic(row);
        item.setTooltip(new Tooltip(step.title()));
        item.setOnAction(_ -> {
            item.setSelected(index == model.currentProperty().get());
            model.openIfAllowed(index);
        });
        step.summaryProperty().subscribe(_ -> update());
        return item;
    }

    private void update() {
        int current = model.currentProperty().get();
        for (int i = 0; i < items.size() && items.size() == model.steps().size(); i++) {
            var step = model.steps().get(i);
            var item = items.get(i);
            boolean done = i < current;
            var state = done ? "done" : i == current ? "now" : "later";
            // A class that changes costs the looks of the whole item.
            if (!item.getStyleClass().contains(state)) {
                item.getStyleClass().removeAll("done", "now", "later");
                item.getStyleClass().add(state);
                circles.get(i).getChildren().setAll(done
                        ? Icons.of(Icons.CHECK, Icons.SMALL, Tone.ACCENT)
                        : Labels.of(Integer.toString(i + 1), "step-number"));
            }
            item.setSelected(i == current);
            item.setFocusTraversable(i == current || model.mayOpen(i));
            var words = (VBox) ((HBox) item.getGraphic()).getChildren().get(1);
            var summary = (Label) words.getChildren().get(1);
            summary.setText(DisplayText.text(step.summaryProperty().get()));
            boolean shown = done && !summary.getText().isEmpty();
            summary.setVisible(shown);
            summary.setManaged(shown);
            item.setAccessibleText(Messages.get("wizard.rail." + state, i + 1, items.size(), step.title(),
                    shown ? summary.getText() : ""));
            lines.get(i).setVisible(i < items.size() - 1 && i != current);
        }
        if (current >= 0) {
            note.textProperty().bind(model.step().noteProperty());
        }
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        var around = getInsets();
        double left = around.getLeft();
        double width = getWidth() - left - around.getRight();
        double y = around.getTop();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            double height = Math.max(40, item.prefHeight(width));
            item.resizeRelocate(left, y, width, height);
            double x = Math.floor(left + (narrow ? 7 : 12) + CIRCLE / 2);
            double from = y + GAP + CIRCLE + LINE_OFF;
            lines.get(i).resizeRelocate(x, from, 1, y + height + GAP + GAP - LINE_OFF - from);
            y += height + GAP;
        }
        double noteWidth = width - 24;
        double noteHeight = note.prefHeight(noteWidth);
        note.resizeRelocate(left + 12, getHeight() - around.getBottom() - noteHeight, noteWidth, noteHeight);
        note.setVisible(!narrow && y < note.getLayoutY());
    }
}
