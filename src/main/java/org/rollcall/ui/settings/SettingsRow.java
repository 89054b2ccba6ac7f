package org.rollcall.ui.settings;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// One setting: icon, name with a second line, its controls at the right. Says "Saved" for two seconds after a change.
final class SettingsRow extends HBox {
    private static final Duration SAVED_SHOWS = Duration.seconds(2);

    private final Label second;
    private final PauseTransition back = new PauseTransition(SAVED_SHOWS);
    private String caption;

    SettingsRow(Ikon icon, String name, String caption, Node... controls) {
        this.caption = caption;
        getStyleClass().add("settings-row");
        second = Labels.wrapped(caption, "caption", "muted");
        var picture = new StackPane(Icons.of(icon, Icons.IN_BANNER, Tone.MUTED));
        picture.getStyleClass().add("settings-icon");
        var words = new VBox(Labels.wrapped(name), second);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(picture, words);
        if (controls.length > 0) {
            var right = new HBox(8, controls);
            right.setAlignment(Pos.CENTER_RIGHT);
            right.setMinWidth(USE_PREF_SIZE);
            getChildren().add(right);
        }
        back.setOnFinished(_ -> show(this.caption));
    }

    void caption(String words) {
        caption = words;
        if (back.getStatus() != javafx.animation.Animation.Status.RUNNING) {
            show(words);
        }
    }

    void saved() {
        show(Messages.get("settings.saved"));
        back.playFromStart();
    }

    private void show(String words) {
        second.setText(DisplayText.text(words));
        second.setManaged(!words.isEmpty());
        second.setVisible(!words.isEmpty());
    }
}
