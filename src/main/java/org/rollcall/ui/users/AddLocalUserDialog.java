package org.rollcall.ui.users;

import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.PasswordInput;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Adds somebody who belongs to no tenant and signs in with a password kept here.
final class AddLocalUserDialog {
    private AddLocalUserDialog() {}

    static void open(WindowContext context, UsersServices services, Actor actor, List<Role> roles, Runnable added) {
        var name = new TextField();
        name.setId("users.add.name");
        var display = new TextField();
        display.setId("users.add.display");
        var mail = new TextField();
        mail.setId("users.add.mail");
        var password = new PasswordInput(Messages.get("users.add.password"));
        password.field().setId("users.add.password");
        var role = new ComboBox<String>();
        role.setConverter(new ShownAs<>(each -> each));
        role.setId("users.add.role");
        // Who may not change roles adds people with the least one.
        roles.stream().map(Role::name)
                .filter(each -> each.equals(Role.USER) || actor.may(Permission.CHANGE_ROLES))
                .forEach(role.getItems()::add);
        role.setValue(Role.USER);
        var trouble = new VBox();
        var nameField = new FormField(Messages.get("users.add.name"), name);
        var passwordField = new FormField(Messages.get("users.add.password"), password,
                Messages.get("users.add.password.hint"));
        var form = new VBox(16, nameField,
                new FormField(Messages.get("users.add.display"), display),
                new FormField(Messages.get("users.add.mail"), mail),
                passwordField, new FormField(Messages.get("users.add.role"), role), trouble);
        var dialog = new DialogBox(Messages.get("users.add.title")).subtitle(Messages.get("users.add.subtitle"))
                .content(form).firstFocus(name);
        var button = new Button[1];
        button[0] = Buttons.primary(Messages.get("users.add.do"), () -> {
            button[0].setDisable(true);
            nameField.errorProperty().set("");
            passwordField.errorProperty().set("");
            trouble.getChildren().clear();
            var typed = password.password();
            context.tasks().quietly(_ -> services.accounts().add(actor, name.getText().strip(), display.getText(),
                    mail.getText(), Objects.requireNonNullElse(role.getValue(), Role.USER), typed), person -> {
                        dialog.close();
                        added.run();
                        context.toasts().show(Toast.done(Messages.get("users.added", person.shownName())));
                    }, (RollcallException refused) -> {
                        button[0].setDisable(false);
                        if (refused.code().startsWith("password.")) {
                            passwordField.errorProperty().set(Messages.trouble(refused));
                            password.field().requestFocus();
                        } else if (refused.code().startsWith("username.") || refused.code().equals("user.name-taken")) {
                            nameField.errorProperty().set(Messages.trouble(refused));
                            name.requestFocus();
                        } else {
                            trouble.getChildren().setAll(Banner.failure(refused));
                        }
                    });
        });
        button[0].setId("users.add.do");
        context.dialogs().show(dialog.action(button[0]));
    }
}
