package org.rollcall.ui.common;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;

/// A label, its control, and below it either a hint or an error. The error is linked to the control: screen readers read it
/// with the field, and the field gets danger colors.
public final class FormField extends VBox {
    private final Node control;
    private final StringProperty error = new SimpleStringProperty("");
    private final StringProperty hint = new SimpleStringProperty("");

    public FormField(String label, Node control) {
        this.control = control;
        getStyleClass().add("field");
        var title = Labels.of(label, "field-label");
        title.setLabelFor(control);
        if (control.getAccessibleText() == null) {
            control.setAccessibleText(label);
        }
        if (control instanceof Region region) {
            region.setMaxWidth(Double.MAX_VALUE);
        }
        var hintText = line(hint, "caption", "muted");
        var errorText = line(error, "field-error");
        hintText.visibleProperty().bind(hint.isNotEmpty().and(error.isEmpty()));
        errorText.visibleProperty().bind(error.isNotEmpty());
        getChildren().addAll(title, control, hintText, errorText);
        error.subscribe(text -> {
            control.pseudoClassStateChanged(Styles.STATE_DANGER, !text.isEmpty());
            control.setAccessibleHelp(text.isEmpty() ? hint.get() : text);
        });
    }

    public FormField(String label, Node control, String hint) {
        this(label, control);
        this.hint.set(hint);
        control.setAccessibleHelp(hint);
    }

    /// The error as display text; empty: none.
    public StringProperty errorProperty() {
        return error;
    }

    public StringProperty hintProperty() {
        return hint;
    }

    public boolean isWrong() {
        return !error.get().isEmpty();
    }

    public Node control() {
        return control;
    }

    private static Label line(StringProperty text, String... styleClasses) {
        var label = Labels.wrapped("", styleClasses);
        label.textProperty().bind(text.map(DisplayText::text));
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }
}
