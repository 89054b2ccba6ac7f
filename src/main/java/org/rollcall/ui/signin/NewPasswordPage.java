package org.rollcall.ui.signin;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;

/// Asks for a password of one's own in place of the one-time one.
final class NewPasswordPage extends VBox {
    private final PasswordInput password = new PasswordInput(Messages.get("signin.change.new"));

    NewPasswordPage(SignInViewModel model) {
        super(20);
        password.field().setId("signin.new");
        var field = new FormField(Messages.get("signin.change.new"), password, Messages.get("signin.change.rules"));
        var go = Buttons.primary(Messages.get("signin.new.go"),
                () -> model.changePassword(password.password(), wrong -> {
                    field.errorProperty().set(wrong);
                    password.field().requestFocus();
                }));
        go.setId("signin.new.go");
        go.getStyleClass().add(Styles.LARGE);
        go.setMaxWidth(Double.MAX_VALUE);
        go.disableProperty().bind(model.busyProperty().or(password.field().textProperty().isEmpty()));
        HBox.setHgrow(go, Priority.ALWAYS);
        var cancel = Buttons.plain(Messages.get("common.cancel"), model::cancel);
        cancel.setId("signin.cancel");
        cancel.setCancelButton(true);
        cancel.getStyleClass().add(Styles.LARGE);
        password.field().textProperty().subscribe(_ -> field.errorProperty().set(""));
        getChildren().addAll(Labels.wrapped(Messages.get("signin.new.sentence"), "muted"), field,
                new HBox(8, go, cancel));
    }

    Node first() {
        return password.field();
    }
}
