package org.rollcall.ui.importing.done;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.ui.common.Avatar;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.ChangeRoles;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.Disallowed;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Look;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.importing.draft.ImportSession;

/// "Change roles for users": the tenant's people, a page at a time, each with a button that changes their role.
final class ImportedPeople extends VBox {
    private static final int PAGE = 100;

    private final ImportSession session;
    private final ChangeRoles roles;
    private final ObservableList<UserRow> rows = FXCollections.observableArrayList();
    private final TableView<UserRow> table = new TableView<>(rows);
    private final SearchField search = new SearchField(Messages.get("importing.done.search"));
    /// Numbers of rules, from 1, by id.
    private final Map<Long, Integer> rules = new HashMap<>();
    private @Nullable Long tenant;
    private @Nullable String next;
    private int generation;
    private boolean loading;

    ImportedPeople(ImportSession session) {
        this.session = session;
        roles = new ChangeRoles(session.window(), session.services().roles(), session.actor());
        search.setPrefWidth(220);
        search.getStyleClass().add("small");
        var typing = new PauseTransition(Duration.millis(200));
        typing.setOnFinished(_ -> reload());
        search.textProperty().addListener((_, _, _) -> typing.playFromStart());
        table.setId("importing.done.people");
        Columns.dress(table, Messages.get("importing.done.roles"));
        table.getStyleClass().add("two-lines");
        table.setAccessibleHelp(Messages.get("importing.done.keys"));
        table.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            UserRow chosen = table.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                event.consume();
                if (roles.allowed()) {
                    roles.open(List.of(chosen), this::reload);
                }
            }
        });
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getColumns().add(column("name", Messages.get("importing.done.column.name"), 280, ImportedPeople::name));
        table.getColumns().add(Columns.fixed(column("role", Messages.get("importing.done.column.role"), 132,
                row -> Chip.role(row.role(), row.role().equals(Role.ADMINISTRATOR))), 132));
        table.getColumns().add(Columns.fixed(
                Columns.text("given", Messages.get("importing.done.column.given"), 92, this::given), 92));
        var action = Columns.fixed(column("action", "", 120, this::action), 120);
        action.getStyleClass().add("align-right");
        table.getColumns().add(action);
        table.getColumns().forEach(each -> each.setSortable(false));
        Columns.alignToHead(table);
        table.setRowFactory(_ -> new TableRow<>() {
            @Override
            protected void updateItem(@Nullable UserRow row, boolean empty) {
                super.updateItem(row, empty);
                if (!empty && getIndex() > rows.size() - PAGE / 4) {
                    session.window().fx().afterwards(ImportedPeople.this::more);
                }
            }
        });
        var card = Card.headed(Messages.get("importing.done.roles"), table, search);
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().add(card);
    }

    private static TableColumn<UserRow, UserRow> column(String id, String title, double width,
            java.util.function.Function<UserRow, Node> node) {
        return Columns.graphic(id, title, width, node, (one, other) -> Long.compare(one.id(), other.id()));
    }

    private static Node name(UserRow row) {
        String mail = row.mail();
        var words = new VBox(Labels.of(row.shownName()), Labels.caption(mail == null ? row.username() : mail));
        words.setAlignment(Pos.CENTER_LEFT);
        var box = new HBox(12, new Avatar(row.shownName(), 28), words);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private String given(UserRow row) {
        Integer rule = row.roleSource() == RoleSource.RULE && row.ruleId() != null ? rules.get(row.ruleId()) : null;
        return rule == null ? Look.of(row.roleSource()).word() : Messages.get("importing.done.given.rule", rule);
    }

    private Node action(UserRow row) {
        Button button = Buttons.small(Messages.get("importing.preview.changeRole"),
                () -> roles.open(List.of(row), this::reload));
        button.setId("importing.done.changeRole." + row.username());
        button.setFocusTraversable(false);
        button.setAccessibleText(Messages.get("importing.preview.changeRoleOf", row.shownName()));
        return new Disallowed(button, new javafx.beans.property.SimpleStringProperty(
                Disallowed.reason(roles.allowed(), Permission.CHANGE_ROLES.words())));
    }

    /// @param profile whose rules gave the roles; null if it is gone
    void show(long tenantId, @Nullable Long profile, long count) {
        tenant = tenantId;
        search.setPromptText(Messages.get("importing.done.search.count", count));
        reload();
        if (profile != null) {
            session.window().tasks().quietly(_ -> session.services().roles().rules().list(session.actor(), profile),
                    uses -> {
                        uses.forEach(use -> rules.put(use.rule().id(), use.rule().position() + 1));
                        table.refresh();
                    }, _ -> {});
        }
    }

    private void reload() {
        generation++;
        loading = false;
        next = null;
        load(null);
    }

    private void more() {
        if (next != null) {
            load(next);
        }
    }

    private void load(@Nullable String after) {
        Long of = tenant;
        if (loading || of == null) {
            return;
        }
        loading = true;
        int asked = generation;
        var filter = UserFilter.everyone().withTenants(Set.of(of)).withSearch(search.getText());
        session.window().tasks().quietly(_ -> session.services().people().list(session.actor(), filter,
                UserSort.BY_NAME, after, PAGE), page -> {
                    if (asked == generation) {
                        took(page, after == null);
                    }
                }, _ -> loading = false);
    }

    private void took(Page<UserRow> page, boolean first) {
        loading = false;
        next = page.next();
        if (first) {
            rows.setAll(page.rows());
        } else {
            rows.addAll(page.rows());
        }
    }
}
