package org.rollcall.ui.common;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.ToggleSwitch;

/// A switch that Space turns, as it does every other box; AtlantaFX's own hears the mouse alone.
public final class OnOff extends ToggleSwitch {
    /// @param name to screen readers
    public OnOff(String name) {
        setAccessibleText(name);
        setFocusTraversable(true);
        // Without it the knob stays where it was until something else is laid out.
        selectedProperty().subscribe(_ -> requestLayout());
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                event.consume();
                setSelected(!isSelected());
            }
        });
    }
}
