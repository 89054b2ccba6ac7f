package org.rollcall.ui.signin;

import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.signin.SignInStage.Field;
import org.rollcall.ui.signin.SignInStage.Problem;

/// User name and password: of a local account, of Active Directory, or of Microsoft.
final class PasswordForm extends VBox {
    private final SignInViewModel model;
    private final TextField name = new TextField();
    private final PasswordInput password = new PasswordInput(Messages.get("signin.password"));

    /// @param kind `local`, `ad` or `microsoft`: what the texts are called by
    PasswordForm(SignInViewModel model, String kind) {
        super(20);
        this.model = model;
        name.setId("signin.name");
        name.setPromptText(Messages.get("signin.name.prompt." + kind));
        name.textProperty().bindBidirectional(model.nameProperty());
        password.field().setId("signin.passwordField");
        var nameField = new FormField(Messages.get(kind.equals("local") ? "signin.name" : "signin.name." + kind), name);
        var fields = new VBox(16);
        var locked = model.locked();
        if (locked == null) {
            fields.getChildren().add(nameField);
        }
        fields.getChildren().add(new FormField(Messages.get("signin.password"), password));
        var go = Buttons.primary(Messages.get(locked == null ? "signin.go" : "signin.unlock"), this::signIn);
        go.setId("signin.go");
        go.getStyleClass().add(Styles.LARGE);
        go.setMaxWidth(Double.MAX_VALUE);
        go.disableProperty().bind(model.busyProperty());
        model.busyProperty()
                .subscribe(busy -> go.setText(Messages.get(
                        busy ? "signin.checking" : locked == null ? "signin.go" : "signin.unlock")));
        getChildren().addAll(fields, new ProblemBox(model),
                new VBox(16, go, Labels.wrapped(LockoutWords.of("signin.hint." + kind), "caption", "muted")));
        model.problemProperty().subscribe(this::mark);
    }

    private void signIn() {
        model.byPassword(password.password());
    }

    private void mark(Problem problem) {
        name.pseudoClassStateChanged(Styles.STATE_DANGER, problem.at() == Field.NAME);
        // Where another way is what helps, the password may well be right.
        password.field().pseudoClassStateChanged(Styles.STATE_DANGER,
                problem.at() == Field.PASSWORD && problem.next() == null);
        name.setAccessibleHelp(problem.at() == Field.NAME ? problem.words() : null);
        password.field().setAccessibleHelp(problem.at() == Field.PASSWORD ? problem.words() : null);
        if (problem.at() == Field.NAME) {
            name.requestFocus();
        } else if (problem.at() == Field.PASSWORD) {
            password.clear();
            password.field().requestFocus();
        }
    }

    /// What is to be typed first.
    Node first() {
        boolean named = model.locked() != null || !Objects.requireNonNullElse(name.getText(), "").isEmpty();
        return named ? password.field() : name;
    }
}
