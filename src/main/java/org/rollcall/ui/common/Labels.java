package org.rollcall.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.rollcall.domain.DisplayText;

/// Where words are drawn: what does not show in them is made visible, see [DisplayText]. Labels in the steps of type: `title-1` to `title-4`, `strong`, `medium`, `caption`, `mono`, `muted`.
public final class Labels {
    private static final double HEADING = 200;

    private Labels() {}

    private static final class Heading extends Label {
        @Override
        protected double computeMinWidth(double height) {
            return Math.min(computePrefWidth(Region.USE_COMPUTED_SIZE), HEADING);
        }
    }

    public static Label of(String text, String... styleClasses) {
        var label = new Label(DisplayText.text(text));
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    /// What went wrong, below the field or button that it is about; gone while it has no words.
    public static Label problem() {
        var label = wrapped("", "fg-danger");
        label.setGraphic(Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.DANGER));
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    public static Label muted(String text) {
        return of(text, "muted");
    }

    public static Label caption(String text) {
        return of(text, "caption", "muted");
    }

    /// A text that breaks into lines.
    public static Label wrapped(String text, String... styleClasses) {
        var label = of(text, styleClasses);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// A heading in a row with other things: what stands beside it gives way first. A short one keeps its width; one that
    /// is longer than that, a name for instance, breaks into lines, and neither is ever cut.
    public static Label heading(String text, String... styleClasses) {
        var label = new Heading();
        label.setText(DisplayText.text(text));
        label.getStyleClass().addAll(styleClasses);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    public static Label bound(ObservableValue<String> text, String... styleClasses) {
        var label = of("", styleClasses);
        label.textProperty().bind(text.map(DisplayText::text));
        return label;
    }

    /// The whole of what was cut, or more about it.
    public static Tooltip tip(String text) {
        return new Tooltip(DisplayText.text(text));
    }

    /// A line of 1 px.
    public static Region line() {
        var line = new Region();
        line.getStyleClass().add("line");
        return line;
    }

    /// Takes the room that is left in a row.
    public static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
