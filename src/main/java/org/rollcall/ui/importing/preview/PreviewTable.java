package org.rollcall.ui.importing.preview;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.ui.common.Buttons;
import org.rollcall.ui.common.Card;
import org.rollcall.ui.common.Columns;
import org.rollcall.ui.common.FilterChip;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.StatusLabel;
import org.rollcall.ui.importing.draft.ImportServices;
import org.rollcall.ui.importing.draft.ImportSession;

/// The change set as a table: filters with counts, search, what becomes of what and why, leaving out, and roles by hand.
final class PreviewTable extends VBox {
    private static final Duration TYPING = Duration.millis(200);
    private static final int NEAR_THE_END = 40;
    private static final double ROW = 44;
    private static final Set<ChangeKind> PEOPLE = EnumSet.of(ChangeKind.CREATE, ChangeKind.UPDATE, ChangeKind.RENAME,
            ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE, ChangeKind.REMOVE, ChangeKind.ROLE_GRANT,
            ChangeKind.ROLE_CHANGE);
    private static final Map<String, Set<ChangeKind>> FILTERS = new java.util.LinkedHashMap<>();

    static {
        FILTERS.put("all", EnumSet.allOf(ChangeKind.class));
        FILTERS.put("people", PEOPLE);
        FILTERS.put("groups", EnumSet.of(ChangeKind.GROUP_CREATE, ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE));
        FILTERS.put("members", EnumSet.of(ChangeKind.MEMBER_ADD, ChangeKind.MEMBER_REMOVE));
        FILTERS.put("conflicts", EnumSet.of(ChangeKind.CONFLICT));
        FILTERS.put("skipped", EnumSet.of(ChangeKind.SKIP));
    }

    private final ImportSession session;
    private final ChangePages pages;
    private final PreviewRoles roles;
    private final ChangeWords words;
    private final TableView<RunChange> table = new TableView<>();
    private final SearchField search = new SearchField(Messages.get("importing.preview.search"));
    private final HBox chips = new HBox(8);
    private final HBox selection = new HBox(8);
    private final Label selected = Labels.of("", "medium");
    private final CheckBox all = new CheckBox();
    private final Set<UUID> people;
    private final long total;
    private Set<ChangeKind> kinds = EnumSet.allOf(ChangeKind.class);

    /// @param people object ids of those who may be left out
    PreviewTable(ImportSession session, Run run, RoleDiff diff, Set<UUID> people, Runnable rolesChanged) {
        super(12);
        this.session = session;
        this.people = people;
        var names = new ChangeNames(session, run.id(), diff.names());
        pages = new ChangePages(session, run.id(), names);
        words = new ChangeWords(session, diff, names);
        var export = new PreviewExport(session, run.id(), names, words);
        total = Stream.of(ChangeKind.values()).mapToLong(run::count).sum();
        roles = new PreviewRoles(session, diff, () -> {
            table.refresh();
            rolesChanged.run();
        });
        buildChips(run);
        buildSelection();
        buildTable();
        search.setPrefWidth(184);
        search.setMinWidth(150);
        search.getStyleClass().add("small");
        search.setId("importing.preview.search");
        var typing = new PauseTransition(TYPING);
        typing.setOnFinished(_ -> pages.show(kinds, search.getText()));
        search.textProperty().addListener((_, _, _) -> typing.playFromStart());
        var bar = new HBox(8, new StackPane(chips, selection), Labels.spacer(), search,
                export.button(() -> new ChangeFilter(kinds, search.getText())));
        bar.setAlignment(Pos.CENTER_LEFT);
        chips.setAlignment(Pos.CENTER_LEFT);
        selection.setAlignment(Pos.CENTER_LEFT);
        var card = Card.bare(table);
        VBox.setVgrow(card, Priority.ALWAYS);
        getChildren().addAll(bar, card);
        pages.show(kinds, "");
        showTicks();
    }

    /// Object ids of everybody whom the preview lets leave out. Not for the FX thread.
    static Set<UUID> people(ImportServices services, Actor actor, Run run, RoleDiff diff) {
        var found = new HashSet<>(diff.names().keySet());
        var others = EnumSet.of(ChangeKind.UPDATE, ChangeKind.RENAME, ChangeKind.DEACTIVATE, ChangeKind.REACTIVATE,
                ChangeKind.REMOVE);
        if (others.stream().anyMatch(kind -> run.count(kind) > 0)) {
            services.runs().allChanges(actor, run.id(), new ChangeFilter(others, ""))
                    .forEachRemaining(each -> found.add(each.change().objectId()));
        }
        return found;
    }

    /// After somebody was left out or brought in again.
    void showTicks() {
        Set<UUID> leftOut = session.draft().leftOut();
        boolean none = !people.isEmpty() && leftOut.containsAll(people);
        all.setIndeterminate(!leftOut.isEmpty() && !none);
        all.setSelected(leftOut.isEmpty());
        all.setDisable(people.isEmpty());
        table.refresh();
    }

    private TableColumn<RunChange, RunChange> ticks() {
        var column = Columns.fixed(graphic("tick", "", 44, this::tick), 44);
        column.getStyleClass().add("tick");
        all.setId("importing.preview.tickAll");
        all.setAccessibleText(Messages.get("importing.preview.bringAll"));
        all.setFocusTraversable(false);
        all.setOnAction(_ -> {
            if (all.isSelected()) {
                session.draft().leftOut().removeAll(people);
            } else {
                session.draft().leftOut().addAll(people);
            }
        });
        column.setGraphic(all);
        return column;
    }

    private void buildChips(Run run) {
        var group = new ToggleGroup();
        FILTERS.forEach((name, of) -> {
            ToggleButton chip = FilterChip.toggle(Messages.get("importing.preview.filter." + name),
                    of.stream().mapToLong(run::count).sum());
            chip.setId("importing.preview.filter." + name);
            chip.setToggleGroup(group);
            chip.setSelected(name.equals("all"));
            chip.setOnAction(_ -> {
                chip.setSelected(true);
                kinds = of;
                pages.show(kinds, search.getText());
            });
            chips.getChildren().add(chip);
        });
    }

    private void buildSelection() {
        Button change = Buttons.small(Messages.get("importing.preview.changeRole"),
                () -> roles.open(selectedPeople()));
        change.setId("importing.preview.selection.changeRole");
        Button leave = Buttons.small(Messages.get("importing.preview.leaveOut"), () -> {
            selectedPeople().forEach(person -> session.draft().leftOut().add(person.objectId()));
            table.refresh();
        });
        leave.setId("importing.preview.selection.leaveOut");
        selection.getChildren().addAll(selected, change, leave);
        selection.setVisible(false);
    }

    private List<PersonChange> selectedPeople() {
        return table.getSelectionModel().getSelectedItems().stream().filter(Objects::nonNull).map(RunChange::change)
                .filter(PersonChange.class::isInstance).map(PersonChange.class::cast)
                .filter(person -> person.kind() != ChangeKind.SKIP).toList();
    }

    private void buildTable() {
        table.setId("importing.preview.table");
        Columns.dress(table, Messages.get("importing.preview.table"));
        table.getStyleClass().add("two-lines");
        table.setFixedCellSize(ROW);
        table.setItems(pages.rows());
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleHelp(Messages.get("importing.preview.table.keys"));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        table.getSelectionModel().getSelectedItems()
                .addListener((javafx.collections.ListChangeListener<RunChange>) _ -> showSelection());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getColumns().add(ticks());
        table.getColumns().add(Columns.fixed(graphic("change", Messages.get("importing.preview.column.change"), 148,
                row -> new StatusLabel(ChangeWords.look(row.change().kind()))), 148));
        table.getColumns().add(graphic("who", Messages.get("importing.preview.column.who"), 230, words::who));
        var value = graphic("value", Messages.get("importing.preview.column.value"), 180, words::value);
        value.setMinWidth(150);
        value.setMaxWidth(320);
        table.getColumns().add(value);
        table.getColumns().add(Columns.text("because", Messages.get("importing.preview.column.because"), 240,
                words::because));
        var action = Columns.fixed(graphic("action", "", 120, this::action), 120);
        action.getStyleClass().add("align-right");
        table.getColumns().add(action);
        table.getColumns().forEach(column -> column.setSortable(false));
        table.setRowFactory(_ -> new TableRow<>() {
            @Override
            protected void updateItem(@org.jspecify.annotations.Nullable RunChange row, boolean empty) {
                super.updateItem(row, empty);
                if (!empty && getIndex() > pages.rows().size() - NEAR_THE_END) {
                    session.window().fx().afterwards(pages::more);
                }
            }
        });
    }

    /// Boxes and buttons in the rows are for the mouse: with them in its order, Tab would walk through hundreds of rows.
    private void pressed(KeyEvent event) {
        boolean plain = !event.isAltDown() && !event.isControlDown() && !event.isMetaDown();
        if (!plain || table.getSelectionModel().isEmpty()) {
            return;
        }
        if (event.getCode() == KeyCode.SPACE) {
            event.consume();
            var people = selectedPeople().stream().filter(person -> person.kind().changesDirectory())
                    .map(PersonChange::objectId).toList();
            Set<UUID> leftOut = session.draft().leftOut();
            if (leftOut.containsAll(people)) {
                people.forEach(leftOut::remove);
            } else {
                leftOut.addAll(people);
            }
            table.refresh();
        } else if (event.getCode() == KeyCode.ENTER) {
            event.consume();
            roles.open(selectedPeople());
        }
    }

    private static TableColumn<RunChange, RunChange> graphic(String id, String title, double width,
            java.util.function.Function<RunChange, Node> node) {
        return Columns.graphic(id, title, width, node, (one, other) -> Long.compare(one.seq(), other.seq()));
    }

    private void showSelection() {
        int count = table.getSelectionModel().getSelectedItems().size();
        selection.setVisible(count > 1);
        chips.setVisible(count <= 1);
        selected.setText(Messages.get("importing.preview.selected", count, total));
    }

    private Node tick(RunChange row) {
        var box = new CheckBox();
        Change change = row.change();
        boolean may = change instanceof PersonChange && change.kind().changesDirectory();
        Set<UUID> leftOut = session.draft().leftOut();
        box.setSelected(change.kind().changesDirectory() && !leftOut.contains(change.objectId()));
        box.setDisable(!may);
        box.setFocusTraversable(false);
        box.setAccessibleText(Messages.get("importing.preview.bring", words.name(change)));
        box.setOnAction(_ -> {
            if (box.isSelected()) {
                leftOut.remove(change.objectId());
            } else {
                leftOut.add(change.objectId());
            }
            table.refresh();
        });
        return box;
    }

    private Node action(RunChange row) {
        if (row.change() instanceof PersonChange person && roles.fits(person)) {
            Button button = Buttons.small(Messages.get("importing.preview.changeRole"),
                    () -> roles.open(List.of(person)));
            button.setFocusTraversable(false);
            button.setAccessibleText(Messages.get("importing.preview.changeRoleOf", person.name()));
            return button;
        }
        return new Label("");
    }
}
