package org.rollcall.ui.common;

import javafx.scene.control.Label;

/// A state as icon, colour and word together.
public final class StatusLabel extends Label {
    public StatusLabel() {
        getStyleClass().add("status");
    }

    public StatusLabel(Look look) {
        this();
        show(look);
    }

    public void show(Look look) {
        setText(look.word());
        setGraphic(Icons.of(look.icon(), Icons.IN_TEXT, look.tone()));
    }

    /// For cells that are reused.
    public void clear() {
        setText("");
        setGraphic(null);
    }
}
