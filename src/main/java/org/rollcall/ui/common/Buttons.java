package org.rollcall.ui.common;

import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;

import atlantafx.base.theme.Styles;
import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.DisplayText;

/// The kinds of buttons. One primary button for each screen; danger only inside a confirming dialog.
public final class Buttons {
    private Buttons() {}

    /// The accent button that Enter presses.
    public static Button primary(String text, Runnable action) {
        var button = plain(text, action);
        button.getStyleClass().add(Styles.ACCENT);
        button.setDefaultButton(true);
        return button;
    }

    public static Button plain(String text, Runnable action) {
        var button = new Button(DisplayText.text(text));
        button.setMnemonicParsing(false);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    public static Button plain(String text, Ikon icon, Runnable action) {
        var button = plain(text, action);
        button.setGraphic(Icons.of(icon));
        return button;
    }

    public static Button flat(String text, Runnable action) {
        var button = plain(text, action);
        button.getStyleClass().add(Styles.FLAT);
        return button;
    }

    public static Button outlined(String text, Runnable action) {
        var button = plain(text, action);
        button.getStyleClass().addAll(Styles.BUTTON_OUTLINED, Styles.ACCENT);
        return button;
    }

    public static Button danger(String text, Runnable action) {
        var button = plain(text, action);
        button.getStyleClass().add(Styles.DANGER);
        return button;
    }

    /// 26 high with 12 px text: in rows, heads of cards, banners.
    public static Button small(String text, Runnable action) {
        var button = plain(text, action);
        button.getStyleClass().add(Styles.SMALL);
        return button;
    }

    public static Hyperlink link(String text, Runnable action) {
        var link = new Hyperlink(DisplayText.text(text));
        link.setMinWidth(Hyperlink.USE_PREF_SIZE);
        link.setOnAction(_ -> action.run());
        return link;
    }

    /// A link that leaves the program, marked by an arrow.
    public static Hyperlink outside(String text, Runnable action) {
        var link = link(text, action);
        link.setGraphic(Icons.of(Icons.OUTSIDE, Icons.SMALL));
        link.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        return link;
    }
}
