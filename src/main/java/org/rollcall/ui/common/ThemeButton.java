package org.rollcall.ui.common;

import javafx.scene.layout.StackPane;

import org.kordamp.ikonli.Ikon;

/// Cycles through the themes, and shows the present one.
public final class ThemeButton extends StackPane {
    public ThemeButton(Theme theme) {
        var button = IconButton.flat(Icons.THEME_SYSTEM, "", theme::next);
        button.setId("shell.theme");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        getChildren().add(button);
        theme.choiceProperty().subscribe(choice -> {
            Ikon icon = switch (choice) {
                case SYSTEM -> Icons.THEME_SYSTEM;
                case LIGHT -> Icons.THEME_LIGHT;
                case DARK -> Icons.THEME_DARK;
            };
            var words = switch (choice) {
                case SYSTEM -> Messages.get("shell.theme.system");
                case LIGHT -> Messages.get("shell.theme.light");
                case DARK -> Messages.get("shell.theme.dark");
            };
            button.show(icon, words);
        });
    }
}
