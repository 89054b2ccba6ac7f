package org.rollcall.ui.roles;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.roles.RoleNames;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.WindowContext;

/// Makes, copies and renames roles. What is wrong with a name is said at the field while it is typed.
final class RoleDialog {
    private static final int LONGEST_DESCRIPTION = 500;

    /// Two columns of permissions in every language.
    private static final double WIDTH = 540;

    private final WindowContext context;
    private final RolesViewModel model;
    private final long except;
    private final TextField name = new TextField();
    private final TextField description = new TextField();
    private final FormField nameField = new FormField(Messages.get("roles.name"), name);
    private final FormField descriptionField = new FormField(Messages.get("roles.description"), description);
    private final VBox trouble = new VBox();
    private boolean touched;
    private boolean busy;
    private @Nullable Button act;

    private RoleDialog(WindowContext context, RolesViewModel model, long except) {
        this.context = context;
        this.model = model;
        this.except = except;
        name.setId("roles.name");
        description.setId("roles.description");
    }

    static void add(WindowContext context, RolesViewModel model) {
        var dialog = new RoleDialog(context, model, 0);
        var chosen = EnumSet.of(Permission.VIEW_OWN_PROFILE);
        var ticks = new GridPane(24, 8);
        // Two columns: a third would squeeze the words.
        int rows = (RoleMatrix.ORDER.size() + 1) / 2;
        for (int i = 0; i < RoleMatrix.ORDER.size(); i++) {
            var permission = RoleMatrix.ORDER.get(i);
            var box = new CheckBox(Messages.recalled(permission.words()));
            box.setId("roles.permit." + permission.name());
            box.setSelected(chosen.contains(permission));
            box.setOnAction(_ -> {
                if (box.isSelected()) {
                    chosen.add(permission);
                } else {
                    chosen.remove(permission);
                }
            });
            ticks.add(new Disallowed(box, new ReadOnlyStringWrapper(
                    Disallowed.reason(model.actor().may(permission), permission.words()))), i / rows, i % rows);
        }
        var permits = new VBox(8, Labels.of(Messages.get("roles.permits"), "field-label", "medium"), ticks);
        dialog.show(Messages.get("roles.add"), Messages.get("roles.add.subtitle"), Messages.get("roles.add.do"),
                new VBox(16, dialog.nameField, dialog.descriptionField, permits, dialog.trouble),
                (done, failed) -> model.add(dialog.name.getText(), dialog.description.getText(), chosen, done,
                        failed));
    }

    /// @param from what to copy; null: it is chosen in the dialog
    static void copy(WindowContext context, RolesViewModel model, @Nullable Role from) {
        var dialog = new RoleDialog(context, model, 0);
        var byName = new LinkedHashMap<String, Role>();
        model.allRoles().forEach(role -> byName.put(role.name(), role));
        var original = new ComboBox<String>();
        original.setConverter(new ShownAs<>(each -> each));
        original.setId("roles.copy.from");
        original.getItems().setAll(byName.keySet());
        var field = new FormField(Messages.get("roles.copy.from"), original);
        original.valueProperty().addListener((_, before, now) -> {
            var role = byName.get(now);
            if (role != null) {
                var earlier = before == null ? null : byName.get(before);
                if (dialog.name.getText().isEmpty()
                        || (earlier != null && dialog.name.getText().equals(dialog.copyOf(earlier)))) {
                    dialog.name.setText(dialog.copyOf(role));
                }
                if (earlier == null || dialog.description.getText().equals(earlier.description())) {
                    dialog.description.setText(role.description());
                }
                field.errorProperty().set(dialog.beyond(role));
                dialog.check();
            }
        });
        original.setValue(from == null ? Role.OPERATOR : from.name());
        dialog.show(Messages.get("roles.copy"), Messages.get("roles.copy.subtitle"), Messages.get("roles.copy.do"),
                new VBox(16, field, dialog.nameField, dialog.descriptionField, dialog.trouble), (done, failed) -> {
                    var role = byName.get(original.getValue());
                    var permissions = role == null ? Set.<Permission>of() : role.permissions();
                    model.add(dialog.name.getText(), dialog.description.getText(), permissions, done, failed);
                });
    }

    static void rename(WindowContext context, RolesViewModel model, Role role) {
        var dialog = new RoleDialog(context, model, role.id());
        dialog.name.setText(role.name());
        dialog.description.setText(role.description());
        dialog.show(Messages.get("roles.rename.title", role.name()), "", Messages.get("roles.rename.do"),
                new VBox(16, dialog.nameField, dialog.descriptionField, dialog.trouble),
                (done, failed) -> model.rename(role, dialog.name.getText(), dialog.description.getText(), done,
                        failed));
    }

    /// Does what the dialog is for.
    private interface Action {
        void run(Runnable done, Consumer<RollcallException> failed);
    }

    private void show(String title, String subtitle, String verb, VBox form, Action action) {
        var box = new DialogBox(title).subtitle(subtitle).content(form).firstFocus(name).width(WIDTH);
        var button = Buttons.primary(verb, () -> {
            touched = true;
            if (!check()) {
                name.requestFocus();
                return;
            }
            busy = true;
            check();
            action.run(box::close, refused -> {
                busy = false;
                check();
                // What the name is refused for stands at its field.
                if (refused.code().startsWith("role.name")) {
                    nameField.errorProperty().set(Messages.trouble(refused));
                    name.requestFocus();
                } else {
                    trouble.getChildren().setAll(Banner.failure(refused));
                }
            });
        });
        button.setId("roles.dialog.do");
        act = button;
        name.textProperty().addListener(_ -> {
            touched = true;
            check();
        });
        description.textProperty().addListener(_ -> check());
        check();
        context.dialogs().show(box.action(button));
        name.selectAll();
    }

    private boolean check() {
        var wrong = RoleNames.trouble(name.getText(), model.allRoles(), except);
        nameField.errorProperty().set(touched ? wrong.map(Messages::trouble).orElse("") : "");
        boolean tooLong = description.getText().strip().length() > LONGEST_DESCRIPTION;
        descriptionField.errorProperty()
                .set(tooLong ? Messages.get("roles.description.long", LONGEST_DESCRIPTION) : "");
        if (act != null) {
            act.setDisable(busy || (touched && wrong.isPresent()) || tooLong);
        }
        return wrong.isEmpty() && !tooLong;
    }

    /// "Copy of Operator", with a number where that is taken.
    private String copyOf(Role role) {
        var words = Messages.get("roles.copy.name", role.name());
        for (int i = 2; RoleNames.trouble(words, model.allRoles(), 0).filter(each -> each.code()
                .equals("role.name-taken")).isPresent(); i++) {
            words = Messages.get("roles.copy.name.number", role.name(), i);
        }
        return words;
    }

    private String beyond(Role role) {
        return model.actor().mayAll(role.permissions())
                ? ""
                : Messages.get("roles.copy.beyond");
    }
}
