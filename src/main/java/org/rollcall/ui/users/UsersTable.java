package org.rollcall.ui.users;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javafx.beans.Observable;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
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
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.WindowPreferences;

/// The table of people. Its order is the model's, read from the database; the selected row is whose pane is open.
final class UsersTable extends TableView<PersonEntry> {
    private static final Map<String, UserSort.By> ORDERS = Map.of("name", UserSort.By.NAME, "username",
            UserSort.By.USERNAME, "mail", UserSort.By.MAIL, "department", UserSort.By.DEPARTMENT, "role",
            UserSort.By.ROLE, "status", UserSort.By.STATUS, "mfa", UserSort.By.MFA, "tenant", UserSort.By.TENANT,
            "changed", UserSort.By.CHANGED, "source", UserSort.By.SOURCE);
    /// Not shown unless somebody asks for them.
    private static final Set<String> BY_CHOICE = Set.of("tenant", "source", "signin");
    /// Nothing is done to people as they were, and nothing is kept of these.
    private static final Set<String> OF_THE_PRESENT = Set.of("tick", "action", "signin", "changed");
    private static final String CHOICE = "users.column.show.";
    /// From which width on a column shows by itself.
    private static final Map<String, Double> ROOM = Map.of("username", 850.0, "mfa", 1000.0, "mail", 1130.0, "changed",
            1240.0);

    private final UsersViewModel model;
    private final PersonViewModel person;
    private final UserCommands commands;
    private final Map<String, TableColumn<PersonEntry, UserRow>> byId = new LinkedHashMap<>();
    private final Map<String, Boolean> chosen = new HashMap<>();
    private final @Nullable WindowPreferences preferences;
    private boolean showingOrder;

    /// @param preferences where the columns are remembered; null: nowhere
    UsersTable(UsersViewModel model, PersonViewModel person, UserCommands commands, Clock clock,
            @Nullable WindowPreferences preferences) {
        this.preferences = preferences;
        this.model = model;
        this.person = person;
        this.commands = commands;
        setId("users.table");
        Columns.dress(this, Messages.get("users.title"));
        getStyleClass().addAll("users-table", "no-open");
        addColumns(clock);
        remembered();
        setSortPolicy(_ -> {
            sortByModel();
            return true;
        });
        getSortOrder().addListener((Observable _) -> {
            if (getSortOrder().isEmpty()) {
                sortByModel();
            }
        });
        setRowFactory(_ -> row());
        var menu = menu();
        // What was is looked at and not changed.
        model.asOfProperty().subscribe(moment -> {
            setContextMenu(moment == null ? menu : null);
            getStyleClass().remove("past");
            if (moment != null) {
                getStyleClass().add("past");
            }
            chooseColumns();
        });
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
        var name = UserCells.text("name", Messages.get("users.column.name"), 190, false, UserRow::shownName);
        name.getStyleClass().add("users-name");
        add(name);
        add(UserCells.text("username", Messages.get("users.column.username"), 150, true, UserRow::username));
        add(UserCells.text("mail", Messages.get("users.column.mail"), 170, true, UserRow::mail));
        add(UserCells.text("department", Messages.get("users.column.department"), 133, true, UserRow::department));
        add(UserCells.role(Messages.get("users.column.role"), 144));
        add(UserCells.status(Messages.get("users.column.status"), 96));
        add(UserCells.mfa(Messages.get("users.column.mfa"), 136));
        add(UserCells.changed(Messages.get("users.column.changed"), 110, clock));
        add(UserCells.text("tenant", Messages.get("users.column.tenant"), 120, true,
                row -> Objects.requireNonNullElse(row.tenant(), Messages.get("users.tenant.local"))));
        add(UserCells.text("source", Messages.get("users.column.source"), 110, true,
                row -> Look.of(row.roleSource()).word()));
        add(UserCells.text("signin", Messages.get("users.column.signin"), 150, true,
                row -> SignInWords.brief(row, model.choicesProperty().get().signIn())));
        add(UserCells.changeRole(108, commands.reason(Permission.CHANGE_ROLES),
                row -> commands.changeRole(List.of(row.id()))));
        Objects.requireNonNull(byId.get("signin")).setSortable(false);
        fixed("status", 96);
        fixed("role", 144);
        fixed("action", 108);
        fixed("changed", 110);
        fixed("mfa", 136);
        // All of it is as wide as the table: what is left goes to the texts.
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    /// Widths and order as they were left, and which columns were asked for or put away.
    private void remembered() {
        var before = preferences;
        if (before != null) {
            before.remember("users", this);
            byId.keySet().forEach(id -> {
                var choice = before.choice(CHOICE + id, "");
                if (!choice.isEmpty()) {
                    chosen.put(id, choice.equals("true"));
                }
            });
        }
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
        // The table forgets its order with every other list.
        showingOrder = true;
        setItems(people);
        showOrder();
        showingOrder = false;
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

    /// The arrow stands over the column that the people are ordered by.
    private void showOrder() {
        var sort = model.sortProperty().get();
        ORDERS.forEach((id, by) -> {
            if (by == sort.by()) {
                var column = Objects.requireNonNull(byId.get(id));
                column.setSortType(
                        sort.descending() ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                getSortOrder().setAll(List.of(column));
            }
        });
    }

    /// A head orders up, then down, then not any more: by name again.
    private void sortByModel() {
        if (showingOrder) {
            return;
        }
        var wanted = UserSort.BY_NAME;
        if (!getSortOrder().isEmpty()) {
            var column = getSortOrder().getFirst();
            var by = ORDERS.get(column.getId());
            wanted = by == null
                    ? model.sortProperty().get()
                    : new UserSort(by, column.getSortType() == TableColumn.SortType.DESCENDING);
        }
        if (!wanted.equals(model.sortProperty().get())) {
            model.sortProperty().set(wanted);
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
        } else if (event.getCode() == KeyCode.SPACE && index >= 0 && isPresent()) {
            model.ticks().set(index, !model.ticks().isTicked(index));
        } else if (event.getCode() == KeyCode.A && event.isShortcutDown() && isPresent()) {
            model.ticks().all(true);
        } else if (event.getCode() == KeyCode.C && event.isShortcutDown()
                && (index >= 0 || model.ticks().countProperty().get() > 0)) {
            copy();
        } else if (event.getCode() == KeyCode.ESCAPE && person.openProperty().get() != null) {
            person.close();
        } else {
            return;
        }
        event.consume();
    }

    private boolean isPresent() {
        return model.asOfProperty().get() == null;
    }

    private void copy() {
        if (model.ticks().countProperty().get() > 0) {
            commands.copy(model.ticks().ids());
            return;
        }
        var entry = getSelectionModel().getSelectedItem();
        if (entry != null) {
            commands.copy(List.of(entry.id()));
        }
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
            boolean byWidth = room == null ? !BY_CHOICE.contains(id) : getWidth() >= room;
            column.setVisible(isPresent()
                    ? chosen.getOrDefault(id, byWidth)
                    : !OF_THE_PRESENT.contains(id) && chosen.getOrDefault(id, byWidth));
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
                    if (preferences != null) {
                        preferences.choose(CHOICE + id, Boolean.toString(item.isSelected()));
                    }
                    chooseColumns();
                });
                button.getItems().add(item);
            }
        });
        return button;
    }
}
