package org.rollcall.ui.common;

import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.PasswordTextField;

/// A password field with a button that reveals it, and a warning while Caps Lock is on.
public final class PasswordInput extends VBox {
    private final PasswordTextField field = new PasswordTextField();
    private final Label capsLock = Labels.of(Messages.get("common.password.capsLock"), "fg-warning");

    /// @param name for screen readers: "Password"
    public PasswordInput(String name) {
        super(4);
        getStyleClass().add("password-input");
        field.setAccessibleText(name);
        var eye = IconButton.flat(Icons.LOOK, Messages.get("common.password.show"), () -> {});
        eye.small();
        eye.getStyleClass().add("password-eye");
        eye.setOnAction(_ -> {
            boolean shown = !field.getRevealPassword();
            field.setRevealPassword(shown);
            eye.show(shown ? Icons.HIDE : Icons.LOOK,
                    Messages.get(shown ? "common.password.hide" : "common.password.show"));
        });
        field.setRight(eye);
        capsLock.setGraphic(Icons.of(Icons.WARNING, Icons.IN_TEXT, Tone.WARNING));
        showCapsLock(false);
        field.addEventHandler(KeyEvent.ANY, _ -> look());
        field.focusedProperty().subscribe(focused -> {
            if (focused) {
                look();
            } else {
                showCapsLock(false);
            }
        });
        getChildren().addAll(field, capsLock);
    }

    public PasswordTextField field() {
        return field;
    }

    /// The entered password; the caller wipes the array.
    public char[] password() {
        var text = field.getPassword();
        return text == null ? new char[0] : text.toCharArray();
    }

    public void clear() {
        field.clear();
    }

    private void look() {
        showCapsLock(field.isFocused() && Platform.isKeyLocked(KeyCode.CAPS).equals(Optional.of(true)));
    }

    private void showCapsLock(boolean on) {
        capsLock.setVisible(on);
        capsLock.setManaged(on);
    }
}
