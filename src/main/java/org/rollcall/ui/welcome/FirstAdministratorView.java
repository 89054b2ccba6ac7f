package org.rollcall.ui.welcome;

import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
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
    /// @param guide opens a page of the guide
    public FirstAdministratorView(FirstAdministratorViewModel model, Consumer<String> guide) {
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
        var restore = Buttons.link(Messages.get("welcome.restore"), () -> guide.accept("recovery#restore"));
        restore.setId("welcome.restore");
        var read = Buttons.link(Messages.get("welcome.guide"), () -> guide.accept("index"));
        read.setId("welcome.guide");
        var links = new HBox(24, restore, read);
        links.setAlignment(Pos.CENTER);
        column().getChildren().addAll(card, links);
        FirstFocus.of(this, name);
    }
}
