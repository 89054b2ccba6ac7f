package org.rollcall.ui.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RoleService.RoleUse;
import org.rollcall.roles.RoleServices;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Banner;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.DialogBox;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Toast;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Asks which role people are to have: what each role permits, what changes for them, and whether the choice stays by
/// hand or the rules decide. Afterwards a toast takes it back.
public final class RoleDialog implements ChangeRoles {
    private static final int COUNTED = 2000;

    private final WindowContext context;
    private final UsersServices services;
    private final Actor actor;

    public RoleDialog(WindowContext context, UsersServices services, Actor actor) {
        this.context = context;
        this.services = services;
        this.actor = actor;
    }

    /// What the dialog speaks of.
    ///
    /// @param underRules the role that the rules give, for one person
    private record Facts(List<RoleUse> roles, List<UserRow> people, @Nullable String underRules) {}

    @Override
    public void ask(List<Long> userIds, Runnable changed) {
        var ids = List.copyOf(userIds);
        context.tasks().quietly(_ -> {
            var roles = services.roles().roles().list(actor);
            var people = services.people().byIds(actor, ids.subList(0, Math.min(COUNTED, ids.size())));
            String under = null;
            if (people.size() == 1 && !people.getFirst().isLocal()) {
                long roleId = assignments().underRules(actor, ids.getFirst()).roleId();
                under = roles.stream().map(RoleUse::role).filter(role -> role.id() == roleId).map(Role::name)
                        .findFirst().orElse(null);
            }
            return new Facts(roles, people, under);
        }, facts -> {
            if (!facts.people().isEmpty()) {
                new Question(ids, facts, changed).show();
            }
        }, this::refused);
    }

    private org.rollcall.roles.RoleAssignmentService assignments() {
        RoleServices roles = services.roles();
        return roles.assignments();
    }

    private void refused(RollcallException trouble) {
        context.toasts()
                .show(Toast.failed(Messages.get("common.failed.sentence", trouble.message(), trouble.remedy())));
    }

    /// One time of asking.
    private final class Question {
        private final List<Long> ids;
        private final Facts facts;
        private final Runnable changed;
        private final ToggleGroup choices = new ToggleGroup();
        private final VBox effect = new VBox(6);
        private final VBox trouble = new VBox();
        private final RadioButton follow = new RadioButton();
        private final DialogBox dialog;
        private final Button action;

        Question(List<Long> ids, Facts facts, Runnable changed) {
            this.ids = ids;
            this.facts = facts;
            this.changed = changed;
            var first = facts.people().getFirst();
            boolean one = ids.size() == 1;
            dialog = new DialogBox(one
                    ? Messages.get("users.role.of", first.shownName())
                    : Messages.get("users.role.many", ids.size()));
            if (one) {
                dialog.picture(new Avatar(first.shownName(), 40)).subtitle(Messages.get("users.role.now",
                        first.username(), first.role(), Look.of(first.roleSource()).word()));
            }
            action = Buttons.primary("", this::save);
            action.setId("users.role.save");
            dialog.width(760).note(Messages.get("users.role.note")).edgeToEdge(content()).action(action);
            choices.selectedToggleProperty().subscribe(_ -> look());
            follow.selectedProperty().subscribe(_ -> look());
        }

        void show() {
            context.dialogs().show(dialog);
        }

        private Node content() {
            var rows = new VBox(8);
            var common = facts.people().stream().map(UserRow::role).distinct().toList();
            for (var use : facts.roles()) {
                rows.getChildren().add(choice(use, common.size() == 1 && common.getFirst().equals(use.role().name())));
            }
            var scroll = new ScrollPane(rows);
            scroll.setFitToWidth(true);
            scroll.getStyleClass().addAll("edge-to-edge", "role-choices");
            rows.heightProperty().subscribe(height -> scroll.setPrefViewportHeight(Math.min(340, height.doubleValue())));
            scroll.setPrefWidth(380);
            scroll.setMinWidth(380);
            effect.getStyleClass().add("role-effect");
            HBox.setHgrow(effect, Priority.ALWAYS);
            var above = new HBox(24, scroll, effect);
            above.getStyleClass().add("role-above");
            var below = new VBox(8, sources(), trouble);
            below.getStyleClass().add("role-below");
            return new VBox(above, below);
        }

        private Node choice(RoleUse use, boolean now) {
            var button = new RadioButton();
            button.setId("users.role." + use.role().name());
            button.setToggleGroup(choices);
            button.setUserData(use.role());
            button.setAccessibleText(use.role().name() + ", " + use.role().description());
            button.setSelected(now);
            var name = new HBox(8, Labels.of(use.role().name(), "medium"));
            name.setAlignment(Pos.CENTER_LEFT);
            if (now) {
                name.getChildren().add(Chip.of(Messages.get("users.role.chip")));
            }
            name.getChildren().addAll(Labels.spacer(),
                    Labels.caption(Messages.get("users.role.people", use.people())));
            var words = new VBox(2, name, Labels.wrapped(use.role().description(), "caption", "muted"));
            HBox.setHgrow(words, Priority.ALWAYS);
            var row = new HBox(12, button, words);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("choice-row");
            row.setOnMouseClicked(_ -> {
                button.setSelected(true);
                button.requestFocus();
            });
            button.selectedProperty().subscribe(selected -> row
                    .pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("selected"), selected));
            return row;
        }

        private Node sources() {
            var group = new ToggleGroup();
            var keep = new RadioButton(Messages.get("users.role.keep"));
            keep.setId("users.role.keep");
            keep.setToggleGroup(group);
            keep.setSelected(true);
            follow.setText(Messages.get("users.role.follow"));
            follow.setId("users.role.follow");
            follow.setToggleGroup(group);
            boolean local = facts.people().stream().allMatch(UserRow::isLocal);
            follow.setDisable(local);
            var gives = local
                    ? Messages.get("users.role.follow.local")
                    : facts.underRules() == null
                            ? Messages.get("users.role.follow.many")
                            : Messages.get("users.role.follow.gives", facts.underRules());
            return new VBox(8, new VBox(2, keep, indented(Messages.get("users.role.keep.hint"))),
                    new VBox(2, follow, indented(gives)));
        }

        private static Node indented(String text) {
            var label = Labels.wrapped(text, "caption", "muted");
            var pane = new StackPane(label);
            StackPane.setAlignment(label, Pos.CENTER_LEFT);
            pane.getStyleClass().add("role-indented");
            return pane;
        }

        private @Nullable Role chosen() {
            if (follow.isSelected()) {
                return facts.roles().stream().map(RoleUse::role)
                        .filter(role -> role.name().equals(facts.underRules())).findFirst().orElse(null);
            }
            var toggle = choices.getSelectedToggle();
            return toggle == null ? null : (Role) toggle.getUserData();
        }

        private void look() {
            var role = chosen();
            trouble.getChildren().clear();
            action.setText(follow.isSelected()
                    ? Messages.get("users.role.follow.do")
                    : role == null ? Messages.get("users.changeRole") : Messages.get("users.role.do", role.name()));
            boolean same = ids.size() == 1 && role != null && !follow.isSelected()
                    && role.id() == facts.people().getFirst().roleId()
                    && facts.people().getFirst().roleSource() == RoleSource.MANUAL;
            action.setDisable(same || (role == null && !follow.isSelected()));
            effect.getChildren().setAll(Labels.of(Messages.get("users.role.changes"), "strong"));
            if (ids.size() > 1) {
                counts().forEach((name, people) -> effect.getChildren()
                        .add(Labels.of(Messages.get("users.role.have", people, name))));
                return;
            }
            var before = permissions(facts.people().getFirst().role());
            var after = role == null ? before : role.permissions();
            part("users.role.gains", after, permission -> !before.contains(permission), Feather.PLUS_CIRCLE,
                    Tone.SUCCESS);
            part("users.role.loses", before, permission -> !after.contains(permission), Feather.MINUS_CIRCLE,
                    Tone.DANGER);
            part("users.role.keeps", after, before::contains, Icons.CHECK, Tone.MUTED);
        }

        private Map<String, Long> counts() {
            return facts.people().stream()
                    .collect(Collectors.groupingBy(UserRow::role, TreeMap::new, Collectors.counting()));
        }

        private Set<Permission> permissions(String name) {
            return facts.roles().stream().map(RoleUse::role).filter(role -> role.name().equals(name))
                    .map(Role::permissions).findFirst().orElse(Set.of());
        }

        private void part(String key, Set<Permission> of, Predicate<Permission> which, org.kordamp.ikonli.Ikon icon,
                Tone tone) {
            var lines = new ArrayList<Node>();
            of.stream().sorted().filter(which).forEach(permission -> {
                var line = new Label(permission.words(), Icons.of(icon, Icons.IN_TEXT, tone));
                lines.add(line);
            });
            if (!lines.isEmpty()) {
                effect.getChildren().add(Labels.caption(Messages.get(key)));
                effect.getChildren().addAll(lines);
            }
        }

        private void save() {
            var role = chosen();
            boolean byRules = follow.isSelected();
            Map<Long, Integer> seen = facts.people().stream().collect(Collectors.toMap(UserRow::id, UserRow::version));
            action.setDisable(true);
            context.tasks().start(Messages.get("users.changing", ids.size()), _ -> byRules || role == null
                    ? assignments().clear(actor, ids, seen)
                    : assignments().setRole(actor, ids, seen, role.name()), edit -> {
                        dialog.close();
                        changed.run();
                        done(edit, byRules || role == null ? "" : role.name());
                    }, refused -> {
                        action.setDisable(false);
                        trouble.getChildren().setAll(Banner.failure(refused));
                    });
        }

        private void done(RoleEdit edit, String role) {
            var who = ids.size() == 1
                    ? facts.people().getFirst().shownName()
                    : Messages.get("users.role.people", edit.changed());
            if (edit.changed() == 0) {
                context.toasts().show(Toast.done(Messages.get("users.role.same")));
                return;
            }
            var words = role.isEmpty()
                    ? Messages.get("users.role.followed", who)
                    : Messages.get("users.role.done", who, role, ids.size());
            context.toasts().show(Toast.undoable(words, () -> context.tasks().quietly(_ -> {
                assignments().undo(actor, edit);
                return edit.changed();
            }, _ -> {
                changed.run();
                context.toasts().show(Toast.done(Messages.get("users.undone")));
            }, RoleDialog.this::refused)));
        }
    }
}
