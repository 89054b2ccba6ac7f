package org.rollcall.ui.common;

import javafx.scene.control.Label;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// A state as icon, color and word.
public final class StatusLabel extends Label {
    private @Nullable Look shown;
    private @Nullable FontIcon icon;

    public StatusLabel() {
        getStyleClass().add("status");
    }

    public StatusLabel(Look look) {
        this();
        show(look);
    }

    /// Changes the state but keeps the icon node, since a new one would have to be styled first.
    public void show(Look look) {
        var before = shown;
        if (look.equals(before)) {
            return;
        }
        var kept = icon;
        if (before == null || kept == null) {
            icon = Icons.of(look.icon(), Icons.IN_TEXT, look.tone());
            setGraphic(icon);
        } else {
            kept.setIconCode(look.icon());
            Icons.tone(kept, before.tone(), look.tone());
        }
        shown = look;
        setText(look.word());
    }

    /// For reused cells.
    public void clear() {
        shown = null;
        setText("");
        setGraphic(null);
    }
}
