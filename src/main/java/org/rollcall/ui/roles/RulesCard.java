package org.rollcall.ui.roles;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.FocusOrder;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.ShownAs;
import org.rollcall.ui.common.WindowContext;

/// The rules of one import, in order, with how many people each decides.
final class RulesCard extends VBox {
    private static final double TWO_RULES = 148;
    private static final double FIVE_RULES = 304;

    private final WindowContext context;
    private final RolesViewModel model;
    private final RulesViewModel rules;
    private final ComboBox<RuleSource> source = new ComboBox<>();
    private final Label only = Labels.muted("");
    private final VBox rows = new VBox();
    private final Label spoken = new Label();
    private int focus = -1;
    private boolean showing;

    RulesCard(WindowContext context, RolesViewModel model) {
        this.context = context;
        this.model = model;
        this.rules = model.rules();
        getStyleClass().addAll("card-box", "roles-rules-card");
        source.setId("roles.source");
        source.setConverter(new ShownAs<>(RuleSource::name));
        source.getStyleClass().add(Styles.SMALL);
        source.setMinWidth(0);
        source.setMaxWidth(150);
        source.setAccessibleText(Messages.get("roles.rules.of"));
        source.managedProperty().bind(source.visibleProperty());
        only.managedProperty().bind(only.visibleProperty());
        only.setMinWidth(0);
        var whole = Labels.tip("");
        whole.textProperty().bind(only.textProperty());
        only.setTooltip(whole);
        source.valueProperty().addListener((_, _, now) -> {
            if (now != null && !showing) {
                choose(now);
            }
        });
        var add = Buttons.small(Messages.get("roles.rules.add"),
                () -> AddRuleDialog.add(context, model, () -> focus = rules.rules().size()));
        add.setGraphic(Icons.of(Icons.ADD, Icons.SMALL));
        add.setId("roles.rules.add");
        var reason = new ReadOnlyStringWrapper(model.reason());
        rules.sourceProperty().subscribe(now -> reason
                .set(now == null && model.reason().isEmpty() ? Messages.get("roles.rules.noImport") : model.reason()));
        var head = new HBox(8, Labels.heading(Messages.get("roles.rules"), "strong"), source, only, Labels.spacer(),
                new Disallowed(add, reason));
        head.getStyleClass().addAll("card-head", "roles-head");
        // Screen readers say what this holds when it changes: where a rule went.
        spoken.setAccessibleRole(AccessibleRole.TEXT);
        spoken.setVisible(false);
        spoken.setManaged(false);
        spoken.setId("roles.rules.spoken");
        var scroll = new ScrollBody(rows, FIVE_RULES);
        getChildren().addAll(head, scroll, spoken);
        rules.rules().addListener((javafx.beans.Observable _) -> show());
        rules.previewProperty().subscribe(this::show);
        // Where there is trouble to be read the list gives way.
        rules.troubleProperty().subscribe(trouble -> scroll.setLeast(trouble == null ? FIVE_RULES : TWO_RULES));
        rules.previewProperty().subscribe(preview -> scroll.setLeast(preview == null
                || preview.administrators().refusal().isEmpty() ? FIVE_RULES : TWO_RULES));
        rules.unsavedProperty().subscribe(this::show);
        rules.sourceProperty().subscribe(this::show);
        rules.byDefaultProperty().subscribe(this::show);
        model.rolesProperty().subscribe(this::show);
    }

    /// Another import's rules; what is unsaved about these is asked for first.
    private void choose(RuleSource wanted) {
        var present = rules.sourceProperty().get();
        if (present != null && present.profile().id() == wanted.profile().id()) {
            return;
        }
        if (!rules.unsavedProperty().get()) {
            model.choose(wanted);
            return;
        }
        show();
        context.dialogs().confirmDanger(Messages.get("roles.leave.title"),
                Messages.get("roles.leave.rules", present == null ? "" : present.name()),
                Messages.get("roles.rules.other.do"), () -> {
                    rules.discard();
                    model.choose(wanted);
                });
    }

    private void show() {
        showing = true;
        var present = rules.sourceProperty().get();
        if (!source.getItems().equals(rules.sources())) {
            source.getItems().setAll(rules.sources());
        }
        source.setValue(present);
        source.setVisible(rules.sources().size() > 1);
        only.setVisible(rules.sources().size() == 1);
        only.setText(present == null ? "" : DisplayText.of(present.name()));
        showing = false;
        int focused = focusedRow();
        rows.getChildren().clear();
        if (present == null) {
            var none = Labels.wrapped(Messages.get("roles.rules.empty"), "muted");
            var button = Buttons.plain(Messages.get("roles.rules.import"), model.importPeople());
            button.setId("roles.import");
            var box = new VBox(12, none, button);
            box.getStyleClass().add("roles-none");
            rows.getChildren().add(box);
            return;
        }
        for (int i = 0; i < rules.rules().size(); i++) {
            rows.getChildren().add(new RuleRow(context, model, i, this::move));
        }
        var number = new Label(count(rules.others()));
        var others = new HBox(8,
                Labels.muted(Messages.get("roles.rules.others", model.roleName(present.profile().defaultRoleId()))),
                Labels.spacer(), number);
        number.setId("roles.rules.others");
        others.getStyleClass().add("roles-others");
        rows.getChildren().add(others);
        int wanted = focus >= 0 ? focus : focused;
        focus = -1;
        if (wanted >= 0 && !rules.rules().isEmpty()) {
            rows.getChildren().get(Math.min(wanted, rules.rules().size() - 1)).requestFocus();
        }
    }

    static String count(@org.jspecify.annotations.Nullable Long number) {
        return number == null ? "" : Messages.get("roles.number", number);
    }

    private int focusedRow() {
        var owner = getScene() == null ? null : getScene().getFocusOwner();
        for (int i = 0; i < rows.getChildren().size(); i++) {
            if (owner != null && FocusOrder.isWithin(owner, rows.getChildren().get(i))) {
                return i;
            }
        }
        return -1;
    }

    /// Moves a rule and says where it went; the focus goes with it.
    private void move(int from, int to) {
        var group = rules.rules().get(from).rule().group().name();
        focus = Math.clamp(to, 0, rules.rules().size() - 1);
        int place = rules.move(from, to);
        focus = -1;
        rows.getChildren().get(place).requestFocus();
        spoken.setText(Messages.get("roles.rules.moved", group, place + 1, rules.rules().size()));
        spoken.notifyAccessibleAttributeChanged(javafx.scene.AccessibleAttribute.TEXT);
    }
}
