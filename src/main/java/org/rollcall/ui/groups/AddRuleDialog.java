package org.rollcall.ui.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;

import org.rollcall.domain.Profile;
import org.rollcall.domain.Ref;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.roles.RuleService.RuleUse;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.FormField;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.WindowContext;

/// Adds a rule at the end of an import's rules: who is in the group gets a role, unless an earlier rule decides.
final class AddRuleDialog {
    private AddRuleDialog() {}

    static void open(WindowContext context, GroupsViewModel model, GroupDetail detail) {
        context.tasks().quietly(_ -> model.services().roles().roles().list(model.actor()).stream()
                .map(use -> use.role()).toList(), roles -> show(context, model, detail, roles),
                trouble -> context
                        .toasts().show(Toast.failed(trouble.words().shown())));
    }

    private static void show(WindowContext context, GroupsViewModel model, GroupDetail detail, List<Role> roles) {
        var group = detail.group();
        var profile = new ComboBox<String>();
        detail.profiles().forEach(each -> profile.getItems().add(each.name()));
        profile.getSelectionModel().selectFirst();
        var role = new ComboBox<String>();
        role.setId("groups.rule.role");
        roles.forEach(each -> role.getItems().add(each.name()));
        role.getSelectionModel().selectFirst();
        var nested = new CheckBox(Messages.get("groups.rule.nested"));
        nested.setSelected(true);
        var trouble = new VBox();
        var form = new VBox(16, new FormField(Messages.get("groups.rule.profile"), profile),
                new FormField(Messages.get("groups.rule.role"), role), nested, trouble);
        var dialog = new DialogBox(Messages.get("groups.rule.title", group.shownName()))
                .subtitle(Messages.get("groups.rule.subtitle")).content(form).firstFocus(role);
        var button = new Button[1];
        button[0] = Buttons.primary(Messages.get("groups.rule.do"), () -> {
            button[0].setDisable(true);
            Profile into = detail.profiles().get(Math.max(0, profile.getSelectionModel().getSelectedIndex()));
            Role gives = roles.get(Math.max(0, role.getSelectionModel().getSelectedIndex()));
            boolean below = nested.isSelected();
            context.tasks().start(Messages.get("groups.rule.saving"), _ -> {
                var rules = model.services().roles().rules();
                List<RoleRule> seen = rules.list(model.actor(), into.id()).stream().map(RuleUse::rule).toList();
                var all = new ArrayList<>(seen);
                all.add(new RoleRule(0, into.id(), seen.size(), new Ref(group.objectId(), group.shownName()), below,
                        gives.id()));
                return rules.save(model.actor(), into.id(), seen, all);
            }, edit -> {
                dialog.close();
                model.reload();
                context.toasts().show(Toast.done(Messages.get("groups.rule.added", Objects.requireNonNull(edit)
                        .changed())));
            }, refused -> {
                button[0].setDisable(false);
                trouble.getChildren().setAll(Banner.failure(refused));
            });
        });
        button[0].setId("groups.rule.do");
        context.dialogs().show(dialog.action(button[0]));
    }
}
