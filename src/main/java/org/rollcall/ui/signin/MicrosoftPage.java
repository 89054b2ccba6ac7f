package org.rollcall.ui.signin;

import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.SignInMode;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The ways of Microsoft: the browser first, a code and a password below. What is off says so.
final class MicrosoftPage extends VBox {
    private final Button go;

    MicrosoftPage(SignInViewModel model) {
        super(20);
        var offer = model.offerProperty().get();
        var tenant = Labels.of(Objects.requireNonNullElse(offer.tenant(), ""), "medium");
        tenant.setId("signin.tenant");
        tenant.setGraphic(Icons.of(Icons.TENANT, Icons.IN_TEXT, Tone.MUTED));
        boolean browser = offer.isOn(SignInMode.BROWSER);
        boolean code = offer.isOn(SignInMode.DEVICE);
        boolean unlocks = model.locked() != null;
        var words = Messages.get(browser
                ? unlocks ? "signin.microsoft.unlock.sentence" : "signin.microsoft.sentence"
                : "signin.microsoft.other.sentence");
        go = browser
                ? wide("signin.microsoft.go", unlocks ? "signin.microsoft.unlock" : "signin.microsoft.go",
                        model::byBrowser, Icons.OUTSIDE)
                : code
                        ? wide("signin.code.use", "signin.code.use", model::byCode, Feather.SMARTPHONE)
                        : wide("signin.password.use", "signin.password.use", model::showMicrosoftPassword, Icons.LOCK);
        var rows = new VBox(8);
        if (browser) {
            rows.getChildren().add(row("signin.code.use", Feather.SMARTPHONE, code, model::byCode));
        } else {
            rows.getChildren().add(row("signin.microsoft.go", Icons.OUTSIDE, false, model::byBrowser));
            if (!code) {
                rows.getChildren().add(row("signin.code.use", Feather.SMARTPHONE, false, model::byCode));
            }
        }
        if (browser || code) {
            rows.getChildren().add(row("signin.password.use", Icons.LOCK, offer.isOn(SignInMode.PASSWORD),
                    model::showMicrosoftPassword));
        }
        getChildren().addAll(new VBox(8, tenant, Labels.wrapped(words, "muted")),
                new ProblemBox(model, browser ? SignInStage.Next.BROWSER : code ? SignInStage.Next.CODE : null), go,
                new VBox(12, divider(Messages.get("signin.microsoft.others")), rows));
    }

    private static Button wide(String id, String words, Runnable action, Ikon icon) {
        var button = Buttons.primary(Messages.get(words), action);
        button.setId(id);
        button.setGraphic(Icons.of(icon, Icons.SMALL));
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.getStyleClass().add(Styles.LARGE);
        button.setMaxWidth(Double.MAX_VALUE);
        return button;
    }

    private static Node divider(String words) {
        var left = Labels.line();
        var right = Labels.line();
        left.getStyleClass().add("strong");
        right.getStyleClass().add("strong");
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        var text = Labels.caption(words);
        text.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(12, left, text, right);
        row.setAlignment(Pos.CENTER);
        return row;
    }

    private static Button row(String key, Ikon icon, boolean on, Runnable action) {
        var name = Messages.get(key);
        var second = on
                ? Messages.get("signin.second." + key.substring("signin.".length()))
                : Messages.get("signin.off");
        var words = new VBox(Labels.of(name, "medium"), Labels.caption(second));
        words.setAlignment(Pos.CENTER_LEFT);
        var content = new HBox(14, Icons.of(icon, Icons.IN_BANNER, Tone.MUTED), words, Labels.spacer());
        content.setAlignment(Pos.CENTER_LEFT);
        if (on) {
            content.getChildren().add(Icons.of(Icons.NEXT, Icons.IN_TEXT, Tone.MUTED));
        }
        var button = new Button();
        button.setId(key);
        button.setGraphic(content);
        button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        button.getStyleClass().add("sign-in-row");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(Messages.get("signin.row", name, second));
        button.setOnAction(_ -> action.run());
        button.setDisable(!on);
        return button;
    }

    Node first() {
        return go;
    }
}
