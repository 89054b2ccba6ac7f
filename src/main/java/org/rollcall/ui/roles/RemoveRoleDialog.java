package org.rollcall.ui.roles;

import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Role;
import org.rollcall.roles.RoleService.RoleUse;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.WindowContext;

/// Removes an own role; whoever holds it, and what gives it, gets another one that is chosen here.
final class RemoveRoleDialog {
    private RemoveRoleDialog() {}

    static void open(WindowContext context, RolesViewModel model, RoleUse use) {
        var role = use.role();
        var target = new ComboBox<String>();
        target.setConverter(new ShownAs<>(each -> each));
        target.setId("roles.remove.to");
        model.allRoles().stream().filter(each -> each.id() != role.id()
                && model.actor().mayAll(each.permissions())).map(Role::name)
                .forEach(target.getItems()::add);
        target.setValue(target.getItems().contains(Role.USER) ? Role.USER : null);
        var trouble = new VBox();
        var form = new VBox(16,
                Labels.wrapped(Messages.get("roles.remove.sentence", use.people(), use.rules())),
                new FormField(Messages.get("roles.remove.to"), target, Messages.get("roles.remove.hint")), trouble);
        var dialog = new DialogBox(Messages.get("roles.remove.title", role.name())).content(form).firstFocus(target);
        var button = Buttons.danger(Messages.get("roles.remove.do", use.people()), () -> {
            trouble.setDisable(true);
            model.remove(role, target.getValue(), dialog::close, refused -> {
                trouble.setDisable(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        button.setId("roles.remove.do");
        button.disableProperty().bind(trouble.disabledProperty().or(target.valueProperty().isNull()));
        context.dialogs().show(dialog.action(button));
    }
}
