package org.rollcall.ui.common;

import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;

/// A read-only value to copy, in a monospaced font, with "Copy" beside it, which reads "Copied" for two seconds.
public final class CopyField extends HBox {
    private static final double BUTTON_WIDTH = 76;

    private final TextField field = new TextField();
    private final Button copy;

    /// @param name what the value is, for screen readers: "Redirect address"
    public CopyField(String name, String value) {
        getStyleClass().add("copy-field");
        field.setEditable(false);
        field.getStyleClass().add("mono");
        field.setAccessibleText(name);
        field.setText(value);
        // As wide as its value if there is room.
        field.setPrefColumnCount(Math.clamp(value.length(), 25, 28));
        HBox.setHgrow(field, Priority.ALWAYS);
        copy = Buttons.plain(Messages.get("common.copy"), this::copy);
        copy.setMinWidth(BUTTON_WIDTH);
        copy.setGraphic(Icons.of(Icons.COPY, Icons.SMALL));
        copy.setAccessibleText(Messages.get("common.copy.what", name));
        getChildren().addAll(field, copy);
    }

    public TextField field() {
        return field;
    }

    public void setValue(String value) {
        field.setText(value);
    }

    private void copy() {
        var content = new ClipboardContent();
        content.putString(field.getText());
        Clipboard.getSystemClipboard().setContent(content);
        var before = copy.getAccessibleText();
        copy.setText(Messages.get("common.copied"));
        copy.setGraphic(Icons.of(Icons.CHECK, Icons.SMALL));
        copy.setAccessibleText(Messages.get("common.copied"));
        var wait = new PauseTransition(Duration.seconds(2));
        wait.setOnFinished(_ -> {
            copy.setText(Messages.get("common.copy"));
            copy.setGraphic(Icons.of(Icons.COPY, Icons.SMALL));
            copy.setAccessibleText(before);
        });
        wait.play();
    }
}
