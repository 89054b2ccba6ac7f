package org.rollcall.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.rollcall.domain.DisplayText;

/// Creates labels: invisible characters are made visible, see [DisplayText]. Type styles: `title-1` to `title-4`, `strong`,
/// `medium`, `caption`, `mono`, `muted`.
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

    /// An error below the field or button it concerns; not laid out while empty.
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

    /// A wrapping text.
    public static Label wrapped(String text, String... styleClasses) {
        var label = of(text, styleClasses);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// A heading in a row: its neighbors shrink first. A short one keeps its width; a longer one, such as a name, wraps, and
    /// neither is truncated.
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

    /// A tooltip with the full text or more details.
    public static Tooltip tip(String text) {
        return new Tooltip(DisplayText.text(text));
    }

    /// A line of 1 px.
    public static Region line() {
        var line = new Region();
        line.getStyleClass().add("line");
        return line;
    }

    /// Takes the remaining width of a row.
    public static Region spacer() {
        var spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        return spacer;
    }
}
