package org.rollcall.ui.users;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;

import atlantafx.base.theme.Styles;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Permission;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Messages;

/// The table of people. Its order is the model's, read from the data base; the selected row is whose pane is open.
final class UsersTable extends TableView<PersonEntry> {
    private static final Map<String, UserSort.By> ORDERS = Map.of("name", UserSort.By.NAME, "username",
            UserSort.By.USERNAME, "mail", UserSort.By.MAIL, "department", UserSort.By.DEPARTMENT, "role",
            UserSort.By.ROLE, "status", UserSort.By.STATUS, "mfa", UserSort.By.MFA, "tenant", UserSort.By.TENANT,
            "changed", UserSort.By.CHANGED);
    /// From which width on a column shows by itself.
    private static final Map<String, Double> ROOM = Map.of("username", 850.0, "mfa", 1000.0, "mail", 1130.0, "changed",
            1240.0);

    private final UsersViewModel model;
    private final PersonViewModel person;
    private final UserCommands commands;
    private final Map<String, TableColumn<PersonEntry, UserRow>> byId = new LinkedHashMap<>();
    private final Map<String, Boolean> chosen = new HashMap<>();

    UsersTable(UsersViewModel model, PersonViewModel person, UserCommands commands, Clock clock) {
        this.model = model;
        this.person = person;
        this.commands = commands;
        setId("users.table");
        Columns.dress(this, Messages.get("users.title"));
        getStyleClass().addAll("users-table", "no-open");
        addColumns(clock);
        setSortPolicy(_ -> {
            sortByModel();
            return true;
        });
        setRowFactory(_ -> row());
        setContextMenu(menu());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.peopleProperty().subscribe(this::show);
        person.openProperty().subscribe(_ -> showOpen());
        widthProperty().subscribe(_ -> chooseColumns());
        getSelectionModel().selectedItemProperty().subscribe(entry -> {
            // Arrows lead the open pane along.
            if (entry != null && person.openProperty().get() != null
                    && entry.id() != Objects.requireNonNull(person.openProperty().get())) {
                person.open(entry.id());
            }
        });
    }

    private void addColumns(Clock clock) {
        add(UserCells.tick(model.ticks()));
        add(UserCells.text("name", Messages.get("users.column.name"), 190, false, UserRow::shownName));
        add(UserCells.text("username", Messages.get("users.column.username"), 150, true, UserRow::username));
        add(UserCells.text("mail", Messages.get("users.column.mail"), 170, true, UserRow::mail));
        add(UserCells.text("department", Messages.get("users.column.department"), 133, true, UserRow::department));
        add(UserCells.role(Messages.get("users.column.role"), 144));
        add(UserCells.status(Messages.get("users.column.status"), 100));
        add(UserCells.mfa(Messages.get("users.column.mfa"), 136));
        add(UserCells.changed(Messages.get("users.column.changed"), 110, clock));
        add(UserCells.text("tenant", Messages.get("users.column.tenant"), 120, true,
                row -> Objects.requireNonNullElse(row.tenant(), Messages.get("users.tenant.local"))));
        add(UserCells.changeRole(108, commands.reason(Permission.CHANGE_ROLES),
                row -> commands.changeRole(List.of(row.id()))));
        fixed("status", 112);
        fixed("role", 162);
        fixed("action", 108);
        fixed("changed", 110);
        fixed("mfa", 136);
        // All of it is as wide as the table: what is left goes to the texts.
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    private void fixed(String id, double width) {
        var column = Objects.requireNonNull(byId.get(id));
        column.setMinWidth(width);
        column.setMaxWidth(width);
    }

    private void add(TableColumn<PersonEntry, UserRow> column) {
        byId.put(column.getId(), column);
        getColumns().add(column);
    }

    private void show(PeopleList people) {
        var open = person.openProperty().get();
        int before = getSelectionModel().getSelectedIndex();
        setItems(people);
        if (open != null) {
            showOpen();
        } else if (before >= 0 && before < people.size()) {
            getSelectionModel().select(before);
        }
    }

    private void showOpen() {
        var open = person.openProperty().get();
        getStyleClass().remove("no-open");
        if (open == null) {
            getStyleClass().add("no-open");
            return;
        }
        int index = model.peopleProperty().get().placeOf(open);
        if (index >= 0) {
            getSelectionModel().clearAndSelect(index);
        } else {
            getSelectionModel().clearSelection();
        }
    }

    private void sortByModel() {
        if (getSortOrder().isEmpty()) {
            model.sortProperty().set(UserSort.BY_NAME);
            return;
        }
        var column = getSortOrder().getFirst();
        var by = ORDERS.get(column.getId());
        if (by != null) {
            model.sortProperty().set(new UserSort(by, column.getSortType() == TableColumn.SortType.DESCENDING));
        }
    }

    private TableRow<PersonEntry> row() {
        var row = new TableRow<PersonEntry>();
        row.setOnMouseClicked(event -> {
            if (!row.isEmpty() && event.getButton() == MouseButton.PRIMARY) {
                person.open(row.getItem().id());
            }
        });
        return row;
    }

    private void key(KeyEvent event) {
        int index = getSelectionModel().getSelectedIndex();
        if (event.getCode() == KeyCode.ENTER && index >= 0) {
            person.open(getItems().get(index).id());
        } else if (event.getCode() == KeyCode.SPACE && index >= 0) {
            model.ticks().set(index, !model.ticks().isTicked(index));
        } else if (event.getCode() == KeyCode.A && event.isShortcutDown()) {
            model.ticks().all(true);
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown() && index >= 0) {
            copy();
        } else if (event.getCode() == KeyCode.ESCAPE && person.openProperty().get() != null) {
            person.close();
        } else {
            return;
        }
        event.consume();
    }

    private void copy() {
        var row = selected();
        if (row != null) {
            var content = new ClipboardContent();
            content.putString(String.join("\t", row.shownName(), row.username(),
                    Objects.requireNonNullElse(row.mail(), ""), Objects.requireNonNullElse(row.department(), ""),
                    row.role(), row.status().name()));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    private @Nullable UserRow selected() {
        var entry = getSelectionModel().getSelectedItem();
        return entry == null ? null : entry.row();
    }

    private ContextMenu menu() {
        var menu = new ContextMenu();
        menu.getItems().setAll(
                item("users.changeRole", Permission.CHANGE_ROLES, commands::changeRole),
                item("users.activate", Permission.MANAGE_USERS, commands::activate),
                item("users.deactivate", Permission.MANAGE_USERS, commands::deactivate),
                item("users.exclude", Permission.MANAGE_USERS, commands::exclude),
                item("users.include", Permission.MANAGE_USERS, commands::include));
        return menu;
    }

    private MenuItem item(String key, Permission needed, java.util.function.Consumer<List<Long>> action) {
        var item = new MenuItem(Messages.get(key));
        item.setDisable(!commands.reason(needed).isEmpty());
        item.setOnAction(_ -> {
            var entry = getSelectionModel().getSelectedItem();
            if (entry != null) {
                action.accept(List.of(entry.id()));
            }
        });
        return item;
    }

    /// Beside the open pane there is room for few; a choice by hand holds whatever the width.
    private void chooseColumns() {
        if (getWidth() <= 0) {
            return;
        }
        int index = getSelectionModel().getSelectedIndex();
        byId.forEach((id, column) -> {
            var room = ROOM.get(id);
            boolean byWidth = room == null ? !id.equals("tenant") : getWidth() >= room;
            column.setVisible(chosen.getOrDefault(id, byWidth));
        });
        // Columns that come or go make the table forget its selected row.
        if (index >= 0 && index < getItems().size() && getSelectionModel().getSelectedIndex() != index) {
            getSelectionModel().clearAndSelect(index);
        }
    }

    MenuButton chooser() {
        var button = new MenuButton("", Icons.of(Icons.COLUMNS));
        button.setId("users.columns");
        button.getStyleClass().add(Styles.BUTTON_ICON);
        button.setAccessibleText(Messages.get("common.columns"));
        button.setTooltip(new Tooltip(Messages.get("common.columns")));
        byId.forEach((id, column) -> {
            if (!column.getText().isEmpty() && !id.equals("name")) {
                var item = new CheckMenuItem(column.getText());
                column.visibleProperty().subscribe(item::setSelected);
                item.setOnAction(_ -> {
                    chosen.put(id, item.isSelected());
                    chooseColumns();
                });
                button.getItems().add(item);
            }
        });
        return button;
    }
}
