package org.rollcall.ui.roles;

import javafx.geometry.Pos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Role;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// One rule: its place, whose members, the role they get, how many it decides. Dragged, moved by Alt with the arrows,
/// or by its menu.
final class RuleRow extends HBox {
    /// Puts a rule somewhere else.
    interface Mover {
        void move(int from, int to);
    }

    private static final int LONG_NAME = 14;
    private static final double WIDEST_ROLE = 108;

    private final WindowContext context;
    private final RolesViewModel model;
    private final RulesViewModel rules;
    private final int place;
    private final Mover mover;
    private final DraftRule draft;
    private int dropAt = -1;

    RuleRow(WindowContext context, RolesViewModel model, int place, Mover mover) {
        this.context = context;
        this.model = model;
        this.rules = model.rules();
        this.place = place;
        this.mover = mover;
        this.draft = rules.rules().get(place);
        getStyleClass().add("roles-rule");
        if (draft.storedPlace() < 0 || (draft.moved() && draft.storedPlace() != place)) {
            getStyleClass().add("changed");
        }
        setId("roles.rule." + place);
        setFocusTraversable(true);
        var group = draft.rule().group().name();
        var name = Labels.of(group);
        name.setTooltip(Labels.tip(DisplayText.of(group)));
        var words = new VBox(name, second());
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        var role = model.role(draft.rule().roleId());
        var chip = Chip.role(role == null ? "" : role.name(), role != null && role.isAdministrator());
        if (role != null && role.name().length() > LONG_NAME) {
            chip.setMinWidth(WIDEST_ROLE);
            chip.setPrefWidth(WIDEST_ROLE);
        }
        chip.setTooltip(Labels.tip(role == null ? "" : role.name()));
        var number = new Label(RulesCard.count(rules.decides(place)));
        number.getStyleClass().add("roles-decides");
        boolean allowed = model.reason().isEmpty();
        var grip = new Label("", Icons.of(Icons.DRAG, Icons.IN_TEXT, Tone.MUTED));
        grip.setTooltip(new Tooltip(allowed ? Messages.get("roles.rule.drag") : model.reason()));
        var at = Labels.muted(Integer.toString(place + 1));
        at.getStyleClass().add("roles-place");
        getChildren().addAll(grip, at, words, chip, number, menu(allowed));
        setAccessibleRole(javafx.scene.AccessibleRole.LIST_ITEM);
        setAccessibleText(Messages.get("roles.rule.row", place + 1, rules.rules().size(), group,
                role == null ? "" : role.name(), secondWords(), RulesCard.count(rules.decides(place))));
        addEventHandler(KeyEvent.KEY_PRESSED, this::keys);
        if (allowed) {
            addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> requestFocus());
            addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
            addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> dropped());
        }
    }

    private String secondWords() {
        if (!draft.groupPresent()) {
            return Messages.get("roles.rule.vanished");
        }
        var nested = Messages.get(draft.rule().nested() ? "roles.rule.nested" : "roles.rule.direct");
        if (draft.storedPlace() < 0) {
            return Messages.get("roles.rule.new", nested);
        }
        if (draft.moved() && draft.storedPlace() != place) {
            return Messages.get(draft.storedPlace() > place ? "roles.rule.up" : "roles.rule.down",
                    draft.storedPlace() + 1);
        }
        return nested;
    }

    private javafx.scene.Node second() {
        if (draft.groupPresent()) {
            return Labels.caption(secondWords());
        }
        var gone = new Label(secondWords(), Icons.of(Icons.WARNING, Icons.IN_CHIP, Tone.WARNING));
        gone.getStyleClass().addAll("caption", "fg-warning");
        gone.setTooltip(new Tooltip(Messages.get("roles.rule.vanished.remedy")));
        var another = Buttons.link(Messages.get("roles.rule.another"),
                () -> AddRuleDialog.replace(context, model, place));
        another.setId("roles.rule.another." + place);
        var remove = Buttons.link(Messages.get("roles.rule.remove.short"), () -> rules.remove(place));
        remove.setId("roles.rule.drop." + place);
        another.getStyleClass().add("caption");
        remove.getStyleClass().add("caption");
        another.setDisable(!model.reason().isEmpty());
        remove.setDisable(!model.reason().isEmpty());
        return new VBox(gone, new HBox(8, another, remove));
    }

    private MenuButton menu(boolean allowed) {
        var menu = new MenuButton("", Icons.of(Icons.ROW_MENU));
        menu.setId("roles.rule.menu." + place);
        menu.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        menu.setAccessibleText(Messages.get("roles.rule.menu", draft.rule().group().name()));
        var nested = new CheckMenuItem(Messages.get("roles.rule.nested"));
        nested.setSelected(draft.rule().nested());
        nested.setOnAction(_ -> rules.set(place, draft.withNested(nested.isSelected())));
        var gives = new Menu(Messages.get("roles.rule.gives"));
        var group = new ToggleGroup();
        for (Role role : model.allRoles()) {
            var item = new RadioMenuItem(DisplayText.of(role.name()));
            item.setMnemonicParsing(false);
            item.setToggleGroup(group);
            item.setSelected(role.id() == draft.rule().roleId());
            item.setDisable(!model.actor().mayAll(role.permissions()));
            item.setOnAction(_ -> rules.set(place, draft.withRole(role.id())));
            gives.getItems().add(item);
        }
        menu.getItems().setAll(item("roles.rule.moveUp", place > 0, () -> mover.move(place, place - 1)),
                item("roles.rule.moveDown", place < rules.rules().size() - 1, () -> mover.move(place, place + 1)),
                new SeparatorMenuItem(), nested, gives,
                item("roles.rule.another", true, () -> AddRuleDialog.replace(context, model, place)),
                new SeparatorMenuItem(), item("roles.rule.remove", true, () -> rules.remove(place)));
        if (!allowed) {
            menu.getItems().forEach(each -> each.setDisable(true));
            menu.setTooltip(new Tooltip(model.reason()));
        }
        return menu;
    }

    private static MenuItem item(String key, boolean allowed, Runnable action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!allowed);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private void keys(KeyEvent event) {
        if (!isFocused()) {
            return;
        }
        boolean up = event.getCode() == KeyCode.UP;
        boolean down = event.getCode() == KeyCode.DOWN;
        if (event.isAltDown() && (up || down)) {
            event.consume();
            if (model.reason().isEmpty()) {
                mover.move(place, up ? place - 1 : place + 1);
            }
        } else if (up || down) {
            event.consume();
            sibling(up ? place - 1 : place + 1);
        } else if (event.getCode() == KeyCode.DELETE && model.reason().isEmpty()) {
            event.consume();
            rules.remove(place);
        }
    }

    private void sibling(int at) {
        if (getParent() instanceof VBox rows && at >= 0 && at < rules.rules().size()) {
            rows.getChildren().get(at).requestFocus();
        }
    }

    /// While it is dragged a line shows where it would go.
    private void dragged(MouseEvent event) {
        if (!(getParent() instanceof VBox rows)) {
            return;
        }
        double y = rows.sceneToLocal(event.getSceneX(), event.getSceneY()).getY();
        int target = 0;
        for (int i = 0; i < rules.rules().size(); i++) {
            if (i != place && y > rows.getChildren().get(i).getBoundsInParent().getCenterY()) {
                target++;
            }
        }
        mark(rows, target);
    }

    private void mark(VBox rows, int target) {
        for (var each : rows.getChildren()) {
            each.getStyleClass().removeAll("drop-above", "drop-below", "dragging");
        }
        dropAt = target;
        if (target >= 0) {
            getStyleClass().add("dragging");
            if (target != place) {
                rows.getChildren().get(target).getStyleClass().add(target < place ? "drop-above" : "drop-below");
            }
        }
    }

    private void dropped() {
        int target = dropAt;
        if (getParent() instanceof VBox rows && target >= 0) {
            mark(rows, -1);
            if (target != place) {
                mover.move(place, target);
            }
        }
    }
}
