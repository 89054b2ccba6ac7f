package org.rollcall.ui.signin;

import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Brand;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.FxDispatcher;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;

/// The scene before the shell: who is it?
public final class SignInView extends StackPane {
    public SignInView(SignInViewModel model, FxDispatcher fx) {
        getStyleClass().add("sign-in");
        var name = new TextField();
        name.setId("signin.name");
        name.textProperty().bindBidirectional(model.nameProperty());
        var password = new PasswordInput(Messages.get("signin.password"));
        password.field().setId("signin.passwordField");
        var problem = Labels.problem();
        problem.setId("signin.problem");
        problem.textProperty().bind(model.problemProperty());
        var go = Buttons.primary(Messages.get("signin.go"), () -> model.signIn(password.password(), () -> {
            password.clear();
            password.field().requestFocus();
        }));
        go.setId("signin.go");
        go.getStyleClass().add("large");
        go.setMaxWidth(Double.MAX_VALUE);
        go.disableProperty().bind(model.nameProperty().isEmpty().or(model.busyProperty()));
        var lockout = Labels.wrapped(Messages.get("signin.lockout"), "caption", "muted");
        var form = new VBox(20, Labels.of(Messages.get("signin.title"), "title-3"),
                new VBox(16, new FormField(Messages.get("signin.name"), name),
                        new FormField(Messages.get("signin.password"), password)),
                problem, new VBox(16, go, lockout));
        var card = Card.roomy(form);
        card.getStyleClass().add("sign-in-card");
        var brand = new HBox(12, Brand.icon(40), Labels.of(Messages.get("shell.brand"), "title-2"));
        brand.setAlignment(Pos.CENTER);
        var middle = new VBox(24, brand, card);
        middle.setAlignment(Pos.CENTER);
        middle.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().add(middle);
        fx.afterwards(() -> (name.getText().isEmpty() ? name : password.field()).requestFocus());
    }
}
