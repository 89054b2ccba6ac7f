package org.rollcall.ui.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.roles.RoleService.RoleUse;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// Permissions down, roles across. One stop of Tab; the arrows go from cell to cell, so that a screen reader reads
/// "Operator may Import" wherever it stands.
final class RoleMatrix extends HBox {
    /// From what is done daily to what is done seldom.
    static final List<Permission> ORDER = List.of(Permission.VIEW_DIRECTORY, Permission.MANAGE_USERS,
            Permission.IMPORT, Permission.MANAGE_SCHEDULES, Permission.MANAGE_TENANTS, Permission.CHANGE_ROLES,
            Permission.MANAGE_ROLES, Permission.MANAGE_AUTHENTICATION, Permission.VIEW_ACTIVITY, Permission.EXPORT,
            Permission.MANAGE_SETTINGS, Permission.BACKUP, Permission.VIEW_OWN_PROFILE);
    private static final double COLUMN = 72;
    private static final double LETTER = 8;
    private static final double NAMED_COLUMN = 92;
    private static final double WIDEST_COLUMN = 132;
    private static final int LONG_NAME = 14;
    private static final double SCROLL_BAR = 14;

    private final WindowContext context;
    private final RolesViewModel model;
    private final Navigator navigator;
    private final List<List<Node>> cells = new ArrayList<>();
    private final List<Runnable> ticks = new ArrayList<>();

    RoleMatrix(WindowContext context, RolesViewModel model, Navigator navigator, List<RoleUse> uses) {
        this.context = context;
        this.model = model;
        this.navigator = navigator;
        getStyleClass().add("roles-matrix");
        var names = new VBox();
        names.getStyleClass().add("roles-names");
        var title = new HBox(Labels.of(Messages.get("roles.permission"), "caption", "strong", "muted"));
        title.getStyleClass().addAll("roles-header", "roles-name");
        names.getChildren().add(title);
        for (Permission permission : ORDER) {
            var row = new VBox(Labels.of(Messages.recalled(permission.words())),
                    Labels.caption(Messages.get("roles.permission." + permission.name())));
            row.getStyleClass().addAll("roles-cell", "roles-name");
            names.getChildren().add(row);
        }
        var grid = new GridPane();
        grid.getStyleClass().add("roles-grid");
        for (int column = 0; column < uses.size(); column++) {
            var constraints = new ColumnConstraints();
            constraints.setMinWidth(least(uses.get(column).role()));
            constraints.setMaxWidth(Double.MAX_VALUE);
            constraints.setHgrow(Priority.ALWAYS);
            constraints.setHalignment(HPos.CENTER);
            grid.getColumnConstraints().add(constraints);
            grid.add(header(uses.get(column)), column, 0);
        }
        for (int row = 0; row < ORDER.size(); row++) {
            var line = new ArrayList<Node>();
            for (int column = 0; column < uses.size(); column++) {
                var cell = cell(uses.get(column).role(), ORDER.get(row));
                var holder = new StackPane(cell instanceof CheckBox box ? wrapped(box, ORDER.get(row)) : cell);
                holder.getStyleClass().add("roles-cell");
                grid.add(holder, column, row + 1);
                cell.setFocusTraversable(row == 0 && column == 0);
                line.add(cell);
            }
            cells.add(line);
        }
        grid.addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
        var scroll = new ScrollPane(grid);
        scroll.getStyleClass().addAll("edge-to-edge", "roles-scroll");
        scroll.setFitToWidth(true);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.minHeightProperty().bind(grid.heightProperty().add(SCROLL_BAR));
        HBox.setHgrow(scroll, Priority.ALWAYS);
        scroll.setMinWidth(0);
        getChildren().addAll(names, scroll);
    }

    private static double least(Role role) {
        if (role.builtIn()) {
            return role.name().length() * LETTER > COLUMN ? NAMED_COLUMN : COLUMN;
        }
        return role.name().length() > LONG_NAME ? WIDEST_COLUMN : NAMED_COLUMN;
    }

    /// Shows the ticks as they are edited.
    void refresh() {
        ticks.forEach(Runnable::run);
    }

    private Node header(RoleUse use) {
        var role = use.role();
        var people = Buttons.link(Messages.get("roles.people", use.people()),
                () -> navigator.open("users", Map.of("role", role.name())));
        people.setId("roles.people." + role.name());
        people.getStyleClass().add("caption");
        people.setAccessibleText(Messages.get("roles.people.open", role.name(), use.people()));
        var header = new VBox(2, role.builtIn() ? builtIn(role) : own(use), people);
        header.setAlignment(Pos.CENTER);
        header.getStyleClass().add("roles-header");
        return header;
    }

    private static Node builtIn(Role role) {
        var name = Labels.of(role.name(), "caption", "strong");
        name.setTooltip(Labels.tip(Messages.get("roles.builtIn", role.description())));
        return name;
    }

    private Node own(RoleUse use) {
        var role = use.role();
        var menu = new MenuButton(DisplayText.of(role.name()));
        menu.setMnemonicParsing(false);
        menu.setMnemonicParsing(false);
        menu.setId("roles.menu." + role.name());
        menu.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, "roles-own");
        if (role.name().length() > LONG_NAME) {
            menu.setPrefWidth(WIDEST_COLUMN - 4);
        }
        menu.setMaxWidth(USE_PREF_SIZE);
        menu.setTooltip(Labels.tip(role.description().isBlank()
                ? role.name()
                : Messages.get("roles.own", role.name(), role.description())));
        menu.setAccessibleText(Messages.get("roles.menu", role.name()));
        boolean allowed = model.reason().isEmpty();
        menu.getItems().setAll(
                item("roles.menu.rename", allowed, () -> RoleDialog.rename(context, model, role)),
                item("roles.menu.copy", allowed, () -> RoleDialog.copy(context, model, role)),
                item("roles.menu.remove", allowed, () -> RemoveRoleDialog.open(context, model, use)));
        return menu;
    }

    private static MenuItem item(String key, boolean allowed, Runnable action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!allowed);
        item.setOnAction(_ -> action.run());
        return item;
    }

    private Node cell(Role role, Permission permission) {
        if (role.builtIn() || !model.reason().isEmpty()) {
            return fixed(role, permission);
        }
        var box = new CheckBox();
        box.setId("roles.cell." + role.name() + "." + permission.name());
        Runnable show = () -> {
            boolean permitted = model.permissions(role).contains(permission);
            box.setSelected(permitted);
            box.setAccessibleText(words(role, permission, permitted));
        };
        show.run();
        ticks.add(show);
        box.setOnAction(_ -> model.permit(role, permission, box.isSelected()));
        return box;
    }

    /// Nobody gives or takes what their own role does not permit.
    private Node wrapped(CheckBox box, Permission permission) {
        return new Disallowed(box, new ReadOnlyStringWrapper(
                Disallowed.reason(model.actor().may(permission), permission.words())));
    }

    private Label fixed(Role role, Permission permission) {
        boolean permitted = role.permissions().contains(permission);
        var cell = new Label("", Icons.of(permitted ? Icons.CHECK : Icons.NONE, Icons.IN_TEXT,
                permitted ? Tone.SUCCESS : Tone.MUTED));
        cell.setId("roles.cell." + role.name() + "." + permission.name());
        cell.getStyleClass().add("roles-mark");
        cell.setAccessibleRole(AccessibleRole.TEXT);
        cell.setAccessibleText(words(role, permission, permitted));
        cell.setTooltip(new Tooltip(role.builtIn() ? Messages.get("roles.builtIn.cell") : model.reason()));
        return cell;
    }

    private static String words(Role role, Permission permission, boolean permitted) {
        return Messages.get(permitted ? "roles.may" : "roles.mayNot", role.name(),
                Messages.recalled(permission.words()));
    }

    private void arrows(KeyEvent event) {
        var owner = getScene().getFocusOwner();
        for (int row = 0; row < cells.size(); row++) {
            int column = cells.get(row).indexOf(owner);
            if (column >= 0) {
                int toRow = row;
                int toColumn = column;
                switch (event.getCode()) {
                    case UP -> toRow--;
                    case DOWN -> toRow++;
                    case LEFT -> toColumn--;
                    case RIGHT -> toColumn++;
                    case HOME -> toColumn = 0;
                    case END -> toColumn = cells.get(row).size() - 1;
                    default -> {
                        return;
                    }
                }
                event.consume();
                if (toRow >= 0 && toRow < cells.size() && toColumn >= 0 && toColumn < cells.get(row).size()) {
                    owner.setFocusTraversable(false);
                    var target = cells.get(toRow).get(toColumn);
                    target.setFocusTraversable(true);
                    target.requestFocus();
                }
                return;
            }
        }
    }
}
