package org.rollcall.ui.common;

import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;

import atlantafx.base.theme.Styles;
import org.kordamp.ikonli.Ikon;

/// A square button without text; its label is the tooltip and the accessible text.
public final class IconButton extends Button {
    public IconButton(Ikon icon, String words, Runnable action) {
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        getStyleClass().add(Styles.BUTTON_ICON);
        setOnAction(_ -> action.run());
        show(icon, words);
    }

    public static IconButton flat(Ikon icon, String words, Runnable action) {
        var button = new IconButton(icon, words, action);
        button.getStyleClass().add(Styles.FLAT);
        return button;
    }

    public IconButton small() {
        getStyleClass().add(Styles.SMALL);
        return this;
    }

    /// Changes icon and label, for buttons with two states.
    public void show(Ikon icon, String words) {
        setGraphic(Icons.of(icon));
        setAccessibleText(words);
        setTooltip(Labels.tip(words));
    }
}
