package org.rollcall.ui.common;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.Ikon;

/// A message for the whole page: icon, title, a sentence, buttons on the right. AtlantaFX's `Message` has no place for buttons,
/// so this is our own with the same style.
public final class Banner extends HBox {
    /// @param title    in bold; empty for a sentence alone
    /// @param sentence below; empty for a title alone
    public Banner(Tone tone, Ikon icon, String title, String sentence, Node... actions) {
        getStyleClass().add("banner");
        if (!tone.partClass().isEmpty()) {
            getStyleClass().add(tone.partClass());
        }
        var picture = new Label("", Icons.of(icon, Icons.IN_BANNER, tone == Tone.DEFAULT ? Tone.MUTED : tone));
        var words = new VBox();
        if (!title.isEmpty()) {
            words.getChildren().add(Labels.wrapped(title, "strong"));
        }
        if (!sentence.isEmpty()) {
            words.getChildren().add(Labels.wrapped(sentence));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setAlignment(Pos.CENTER_LEFT);
        setAlignment(sentence.isEmpty() || title.isEmpty() ? Pos.CENTER_LEFT : Pos.TOP_LEFT);
        getChildren().addAll(picture, words);
        if (actions.length > 0) {
            var buttons = new HBox(8, actions);
            buttons.setAlignment(Pos.CENTER_RIGHT);
            getChildren().add(buttons);
        }
        setFocusTraversable(false);
        setAccessibleText(Stream.of(title, sentence).filter(text -> !text.isEmpty()).collect(Collectors.joining(". ")));
    }

    /// An error with its remedy, in danger colors.
    public static Banner failure(org.rollcall.domain.RollcallException trouble, Node... actions) {
        return new Banner(Tone.DANGER, Icons.WRONG, Messages.capital(trouble.words().shown()),
                Messages.capital(trouble.remedyWords().shown()), actions);
    }
}
