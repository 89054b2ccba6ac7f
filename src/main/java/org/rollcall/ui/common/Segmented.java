package org.rollcall.ui.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.SegmentedControl;
import atlantafx.base.controls.ToggleLabel;

/// One of a few values, side by side, 34 px high. Exactly one is selected. Left and Right move.
public final class Segmented<T> extends SegmentedControl {
    /// As the sheet has them.
    private static final double AROUND = 8;
    private static final double BETWEEN = 2;

    private final ObjectProperty<T> value;
    private final List<T> values;
    private final List<ToggleLabel> labels = new ArrayList<>();

    public Segmented(String accessibleText, List<T> values, Function<? super T, String> words) {
        this.values = List.copyOf(values);
        this.value = new SimpleObjectProperty<>(values.getFirst());
        setAnimationDuration(javafx.util.Duration.ZERO);
        var group = new ToggleGroup();
        setToggleGroup(group);
        for (T one : values) {
            var label = new ToggleLabel(words.apply(one));
            label.setUserData(one);
            label.setToggleGroup(group);
            labels.add(label);
        }
        getSegments().setAll(labels);
        setAccessibleText(accessibleText);
        setMaxWidth(USE_PREF_SIZE);
        setMinWidth(USE_PREF_SIZE);
        setFocusTraversable(true);
        value.subscribe(_ -> select());
        for (int i = 0; i < labels.size(); i++) {
            T one = this.values.get(i);
            labels.get(i).selectedProperty().subscribe(selected -> {
                // The skin selects the first segment during creation, which is no choice of the person.
                if (selected && getSkin() != null) {
                    value.set(one);
                }
            });
        }
        skinProperty().subscribe(_ -> {
            select();
            // The skin's own handler consumes every key, so Tab would never leave.
            setOnKeyPressed(this::pressed);
        });
    }

    private void pressed(KeyEvent event) {
        if (event.isAltDown() || event.isControlDown() || event.isMetaDown() || event.isShiftDown()) {
            return;
        }
        int now = values.indexOf(value.get());
        int to = switch (event.getCode()) {
            case LEFT, KP_LEFT, UP, KP_UP -> now - 1;
            case RIGHT, KP_RIGHT, DOWN, KP_DOWN -> now + 1;
            case HOME -> 0;
            case END -> values.size() - 1;
            default -> -2;
        };
        if (to >= -1) {
            event.consume();
            value.set(values.get(Math.floorMod(to, values.size())));
        }
    }

    private void select() {
        labels.get(values.indexOf(value.get())).setSelected(true);
    }

    public ObjectProperty<T> valueProperty() {
        return value;
    }

    public T getValue() {
        return value.get();
    }

    public void setValue(T now) {
        value.set(now);
    }

    /// Takes the whole width, all segments alike, as in Sign-in.
    public Segmented<T> wide() {
        setMaxWidth(Double.MAX_VALUE);
        setMinWidth(0);
        labels.forEach(label -> label.setAlignment(javafx.geometry.Pos.CENTER));
        // The skin gives segments their preferred width only.
        widthProperty().subscribe(width -> {
            double each = Math.floor((width.doubleValue() - AROUND - BETWEEN * (labels.size() - 1)) / labels.size());
            if (each > 0) {
                labels.forEach(label -> label.setPrefWidth(each));
            }
        });
        return this;
    }
}
