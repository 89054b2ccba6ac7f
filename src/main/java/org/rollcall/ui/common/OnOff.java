package org.rollcall.ui.common;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.ToggleSwitch;

/// A switch that Space toggles, as other controls; AtlantaFX's own reacts to the mouse only.
public final class OnOff extends ToggleSwitch {
    /// @param name to screen readers
    public OnOff(String name) {
        setAccessibleText(name);
        setFocusTraversable(true);
        // Otherwise the knob stays where it was until the next layout.
        selectedProperty().subscribe(_ -> requestLayout());
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                event.consume();
                setSelected(!isSelected());
            }
        });
    }
}
