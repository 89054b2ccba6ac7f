package org.rollcall.ui.roles;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;

import org.controlsfx.control.SearchableComboBox;
import org.controlsfx.control.textfield.CustomTextField;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Chooses a group for a new rule, or another one for a rule whose group is gone. Nothing is saved here: the rule joins
/// the unsaved ones.
final class AddRuleDialog {
    private static final int PAGE = 1000;

    private AddRuleDialog() {}

    /// @param before called before the rule joins the others
    static void add(WindowContext context, RolesViewModel model, Runnable before) {
        open(context, model, before, -1);
    }

    static void replace(WindowContext context, RolesViewModel model, int place) {
        open(context, model, () -> {}, place);
    }

    private static void open(WindowContext context, RolesViewModel model, Runnable before, int place) {
        var source = model.rules().sourceProperty().get();
        if (source == null) {
            return;
        }
        context.tasks().quietly(job -> {
            var all = new ArrayList<Ref>();
            String next = null;
            do {
                job.checkCancelled();
                var page = model.services().groups().list(model.actor(), source.tenant().id(), "", false, next, PAGE);
                for (GroupRow row : page.rows()) {
                    all.add(new Ref(row.objectId(), row.shownName()));
                }
                next = page.next();
            } while (next != null);
            return all;
        }, groups -> show(context, model, before, place, groups),
                trouble -> context.toasts().show(Toast.failed(Messages.trouble(trouble))));
    }

    private static void show(WindowContext context, RolesViewModel model, Runnable before, int place,
            List<Ref> groups) {
        var rules = model.rules();
        var group = new SearchableComboBox<Ref>();
        group.setId("roles.rule.group");
        group.getStyleClass().add("roles-groups");
        group.skinProperty().subscribe(() -> {
            if (group.lookup(".custom-text-field") instanceof CustomTextField field) {
                field.setLeft(Icons.of(Icons.SEARCH, Icons.IN_TEXT, Tone.MUTED));
                field.setPromptText(Messages.get("roles.rule.group.search"));
            }
        });
        group.setConverter(new ShownAs<>(Ref::name));
        group.getItems().setAll(groups);
        group.setPromptText(Messages.get("roles.rule.group.prompt"));
        var groupField = new FormField(Messages.get("roles.rule.group"), group);
        var role = new ComboBox<String>();
        role.setConverter(new ShownAs<>(each -> each));
        role.setId("roles.rule.role");
        var given = model.allRoles().stream()
                .filter(each -> model.actor().mayAll(each.permissions())).toList();
        given.forEach(each -> role.getItems().add(each.name()));
        role.setValue(role.getItems().contains(Role.OPERATOR) ? Role.OPERATOR : role.getItems().getFirst());
        var nested = new CheckBox(Messages.get("roles.rule.nested"));
        nested.setId("roles.rule.nested");
        nested.setSelected(true);
        boolean another = place >= 0;
        var form = another
                ? new VBox(16, groupField)
                : new VBox(16, groupField, new FormField(Messages.get("roles.rule.gives"), role), nested,
                        Labels.wrapped(Messages.get("roles.rule.add.last"), "caption", "muted"));
        group.valueProperty().addListener((_, _, now) -> groupField.hintProperty()
                .set(now == null ? "" : already(model, place, now)));
        var dialog = new DialogBox(Messages.get(another ? "roles.rule.another.title" : "roles.rule.add.title"))
                .subtitle(another ? rules.rules().get(place).rule().group().name() : "").content(form)
                .firstFocus(group);
        var button = Buttons.primary(Messages.get(another ? "roles.rule.another.do" : "roles.rules.add"), () -> {
            var chosen = group.getValue();
            dialog.close();
            if (another) {
                rules.set(place, rules.rules().get(place).withGroup(chosen));
            } else {
                before.run();
                rules.add(chosen, nested.isSelected(),
                        given.get(Math.max(0, role.getSelectionModel().getSelectedIndex())).id());
            }
        });
        button.setId("roles.rule.do");
        button.disableProperty().bind(group.valueProperty().isNull());
        context.dialogs().show(dialog.action(button));
    }

    /// That an earlier rule uses the group, in words.
    private static String already(RolesViewModel model, int except, Ref group) {
        for (int i = 0; i < model.rules().rules().size(); i++) {
            if (i != except && model.rules().rules().get(i).rule().group().id().equals(group.id())) {
                return Messages.get("roles.rule.already", i + 1);
            }
        }
        return "";
    }
}
