package org.rollcall.ui.welcome;

import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.FirstFocus;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;

/// The page of the very first start: one card that makes the administrator.
public final class FirstAdministratorView extends WelcomeColumn {
    public FirstAdministratorView(FirstAdministratorViewModel model) {
        super(Messages.get("welcome.first.heading"), Messages.get("welcome.first.sentence"));
        var name = new TextField();
        name.setId("welcome.first.name");
        var password = new PasswordInput(Messages.get("welcome.first.password"));
        password.field().setId("welcome.first.passwordField");
        var nameField = new FormField(Messages.get("welcome.first.name"), name);
        var passwordField = new FormField(Messages.get("welcome.first.password"), password);
        passwordField.hintProperty().bind(model.strengthProperty());
        model.strengthProperty().subscribe(words -> password.field().setAccessibleHelp(words));
        var problem = Labels.problem();
        problem.setId("welcome.first.problem");
        problem.textProperty().bind(model.problemProperty());
        var create = Buttons.primary(Messages.get("welcome.first.create"),
                () -> model.create(name.getText(), password.password()));
        create.setId("welcome.first.create");
        create.getStyleClass().add("large");
        create.setMaxWidth(Double.MAX_VALUE);
        create.disableProperty().bind(model.completeProperty().not().or(model.busyProperty()));
        name.textProperty().subscribe(text -> model.typed(text, password.password()));
        password.field().passwordProperty().subscribe(_ -> model.typed(name.getText(), password.password()));
        var form = new VBox(16, Labels.of(Messages.get("welcome.first.title"), "title-4"), nameField, passwordField,
                problem, create);
        var card = Card.roomy(form);
        card.setMaxWidth(416);
        column().getChildren().add(card);
        FirstFocus.of(this, name);
    }
}
