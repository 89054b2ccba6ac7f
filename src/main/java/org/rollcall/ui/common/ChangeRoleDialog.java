package org.rollcall.ui.common;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;

/// Changes the role of one or many people: the roles with their permissions, the effect, and whether the role is manual or
/// follows the rules. Independent of services; [ChangeRoles] makes the change.
public final class ChangeRoleDialog {
    private static final double WIDTH = 760;
    private static final double ROLES_HEIGHT = 330;

    /// @param people number of people with it now
    public record RoleOption(Role role, long people) {}

    /// The people whose role changes.
    ///
    /// @param name       of the person, or of the first of many
    /// @param secondLine below the title: "chiamaka.eze@contoso.com, now Auditor by rule 4"
    /// @param present    number of them with each role
    /// @param byHand     whether the present role is manual
    /// @param underRules the role by the rules; null if it differs between them or is unknown
    /// @param ruleWords  the decision of the rules: "Rule 4 gives Auditor"; empty: following the rules is not offered
    /// @param lastAdministrator why they must stay administrator; empty if they need not
    public record Subject(String name, String secondLine, int count, Map<String, Long> present, boolean byHand,
            @Nullable String underRules, String ruleWords, String lastAdministrator) {
        public Subject {
            present = Map.copyOf(present);
        }
    }

    /// The choice.
    ///
    /// @param role   its name; meaningless if the rules decide
    /// @param byHand false: follow the rules
    public record Choice(String role, boolean byHand) {}

    private final Subject subject;
    private final List<RoleOption> options;
    private final ReadOnlyObjectWrapper<@Nullable Choice> choice = new ReadOnlyObjectWrapper<>();
    private final List<RadioButton> rows = new ArrayList<>();
    private final RadioButton byHand = keepRow(Messages.get("common.role.byHand"),
            Messages.get("common.role.byHand.caption"));
    private final RadioButton byRules;
    private final VBox changes = new VBox();
    private final Label wrong = new Label("", Icons.of(Icons.WRONG, Icons.IN_TEXT, Tone.DANGER));
    private final Button act;
    private final DialogBox box;
    private boolean busy;

    /// @param chosen receives the choice when the button is pressed; the dialog stays until [#close()] or [#failed]
    public ChangeRoleDialog(Subject subject, List<RoleOption> options, Consumer<Choice> chosen) {
        this.subject = subject;
        this.options = List.copyOf(options);
        byRules = keepRow(Messages.get("common.role.byRules"), subject.ruleWords());
        act = Buttons.primary("", () -> {
            Choice now = choice.get();
            if (now != null) {
                busy = true;
                update();
                chosen.accept(now);
            }
        });
        act.setId("changeRole.act");
        byHand.setId("changeRole.byHand");
        byRules.setId("changeRole.byRules");
        box = new DialogBox(title()).subtitle(subject.secondLine()).width(WIDTH).edgeToEdge(content()).action(act)
                .note(Messages.get("common.role.undo.note"));
        if (subject.count() == 1) {
            box.picture(new Avatar(subject.name(), 40));
        }
        rows.stream().filter(RadioButton::isSelected).findFirst().ifPresent(box::firstFocus);
        update();
    }

    /// For [Dialogs#show(DialogBox)].
    public DialogBox box() {
        return box;
    }

    /// The present choice; null while nothing would change.
    public ReadOnlyObjectProperty<@Nullable Choice> choiceProperty() {
        return choice.getReadOnlyProperty();
    }

    public void close() {
        box.close();
    }

    /// Shows an error in the dialog, and keeps it open.
    public void failed(RollcallException trouble) {
        busy = false;
        update();
        wrong.setText(Messages.trouble(trouble));
        wrong.setVisible(true);
    }

    private String title() {
        return subject.count() == 1
                ? Messages.get("common.role.title", subject.name())
                : Messages.get("common.role.title.many", subject.count());
    }

    private VBox content() {
        var group = new ToggleGroup();
        var list = new VBox(8);
        for (RoleOption option : options) {
            RadioButton row = roleRow(option);
            row.setToggleGroup(group);
            row.setSelected(isPresent(option.role().name()));
            rows.add(row);
            list.getChildren().add(row);
        }
        var scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("role-choices");
        scroll.setPrefHeight(Math.min(ROLES_HEIGHT, options.size() * 67.0));
        scroll.setMinHeight(Math.min(ROLES_HEIGHT, options.size() * 67.0));
        scroll.setPrefWidth(376);
        changes.getStyleClass().add("what-changes");
        changes.setMinWidth(314);
        var both = new HBox(20, scroll, changes);
        HBox.setHgrow(changes, Priority.ALWAYS);
        both.getStyleClass().add("change-role-body");
        var keep = new ToggleGroup();
        byHand.setToggleGroup(keep);
        byRules.setToggleGroup(keep);
        byHand.setSelected(true);
        byRules.setDisable(subject.ruleWords().isEmpty());
        wrong.getStyleClass().add("fg-danger");
        wrong.setWrapText(true);
        wrong.setMinHeight(Region.USE_PREF_SIZE);
        wrong.setVisible(false);
        wrong.setId("changeRole.wrong");
        wrong.managedProperty().bind(wrong.visibleProperty());
        var kept = new VBox(12, byHand, byRules, wrong);
        if (subject.ruleWords().isEmpty()) {
            kept.getChildren().remove(byRules);
        }
        kept.getStyleClass().add("change-role-keep");
        group.selectedToggleProperty().subscribe(this::update);
        keep.selectedToggleProperty().subscribe(this::update);
        rows.forEach(row -> row.setOnAction(_ -> byHand.setSelected(true)));
        var line = Labels.line();
        line.getStyleClass().add("strong");
        return new VBox(both, line, kept);
    }

    private boolean isPresent(String role) {
        return subject.present().size() == 1 && subject.present().containsKey(role);
    }

    private RadioButton roleRow(RoleOption option) {
        var name = option.role().name();
        var first = new HBox(8, Labels.of(name, "medium"));
        if (isPresent(name)) {
            first.getChildren().add(Chip.of(Messages.get("common.role.now")));
        }
        first.getChildren().addAll(Labels.spacer(), Labels.caption(Messages.get("common.people", option.people())));
        var words = new VBox(first, Labels.caption(option.role().description()));
        words.setPrefWidth(322);
        words.getStyleClass().add("radio-words");
        words.setMinWidth(0);
        var row = new RadioButton();
        row.setGraphic(words);
        row.setGraphicTextGap(0);
        row.getStyleClass().addAll("choice-row", "role-row");
        row.setMaxWidth(Double.MAX_VALUE);
        row.setMinHeight(Region.USE_PREF_SIZE);
        row.setId("changeRole.role." + name);
        row.setAccessibleText(Messages.get("common.role.row", name, option.people(), option.role().description()));
        return row;
    }

    private static RadioButton keepRow(String name, String caption) {
        var words = new VBox(Labels.of(name, "medium"), Labels.caption(caption));
        words.getStyleClass().add("radio-words");
        var row = new RadioButton();
        row.setGraphic(words);
        row.setGraphicTextGap(0);
        row.getStyleClass().add("keep-row");
        row.setAccessibleText(caption.isEmpty() ? name : Messages.get("common.role.keep", name, caption));
        return row;
    }

    private @Nullable RoleOption selected() {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).isSelected()) {
                return options.get(i);
            }
        }
        return null;
    }

    private void update() {
        boolean rules = byRules.isSelected();
        RoleOption option = selected();
        var target = rules ? subject.underRules() : option == null ? null : option.role().name();
        choice.set(found(rules, option));
        boolean last = !subject.lastAdministrator().isEmpty() && target != null && !target.equals(Role.ADMINISTRATOR);
        wrong.setVisible(last);
        wrong.setText(last ? DisplayText.text(subject.lastAdministrator()) : "");
        act.setText(rules
                ? Messages.get("common.role.byRules")
                : target == null
                        ? Messages.get("common.role.change")
                        : isPresent(target)
                                ? Messages.get("common.role.keepTo", target)
                                : Messages.get("common.role.changeTo", target));
        act.setDisable(busy || last || choice.get() == null);
        showChanges(target);
    }

    private @Nullable Choice found(boolean rules, @Nullable RoleOption option) {
        if (rules) {
            return new Choice("", false);
        }
        boolean same = option != null && isPresent(option.role().name()) && subject.byHand();
        return option == null || same ? null : new Choice(option.role().name(), true);
    }

    private void showChanges(@Nullable String target) {
        changes.getChildren().setAll(Labels.of(Messages.get("common.role.changes"), "strong"));
        if (target == null) {
            changes.getChildren().add(Labels.wrapped(Messages.get("common.role.changes.none"), "muted"));
            return;
        }
        if (subject.count() > 1) {
            changes.getChildren().add(Labels.of(Messages.get("common.role.changes.to", target), "medium"));
            listed("common.role.may", Feather.CHECK, Tone.MUTED, permissions(target));
            return;
        }
        var before = permissions(subject.present().keySet().stream().findFirst().orElse(""));
        var after = permissions(target);
        listed("common.role.gains", Feather.PLUS_CIRCLE, Tone.SUCCESS, without(after, before));
        listed("common.role.loses", Feather.MINUS_CIRCLE, Tone.DANGER, without(before, after));
        listed("common.role.keeps", Feather.CHECK, Tone.MUTED, without(after, without(after, before)));
    }

    private Set<Permission> permissions(String role) {
        return options.stream().filter(each -> each.role().name().equals(role)).findFirst()
                .map(each -> each.role().permissions()).orElse(Set.of());
    }

    private static Set<Permission> without(Set<Permission> all, Set<Permission> taken) {
        var rest = EnumSet.noneOf(Permission.class);
        rest.addAll(all);
        rest.removeAll(taken);
        return rest;
    }

    private void listed(String heading, org.kordamp.ikonli.Ikon icon, Tone tone, Set<Permission> which) {
        if (which.isEmpty()) {
            return;
        }
        changes.getChildren().add(Labels.caption(Messages.get(heading)));
        for (Permission each : which) {
            var line = new Label(Messages.recalled(each.words()), Icons.of(icon, Icons.IN_TEXT, tone));
            changes.getChildren().add(line);
        }
    }
}
