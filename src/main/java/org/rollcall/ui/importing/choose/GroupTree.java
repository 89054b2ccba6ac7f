package org.rollcall.ui.importing.choose;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupKind;
import org.rollcall.domain.SearchKeys;
import org.rollcall.sync.choose.TenantPicture;
import org.rollcall.text.Formats;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.UiTasks;
import org.rollcall.ui.importing.draft.ImportSession;
import org.rollcall.ui.importing.draft.TenantFacts;

/// The tenant's groups as a tree with ticks. Branches are made when they are opened; a group under several parents shows
/// under each; a circle ends in a row that says so.
final class GroupTree extends TreeTableView<UUID> {
    /// As many rows as a high window shows.
    private static final int ROWS_PREPARED = 40;
    /// So few groups at the top that the first is opened.
    private static final int FEW = 10;
    private static final double ROW = 35;

    private final UiTasks tasks;
    private final TenantFacts facts;
    private final GroupCounts counts;
    private TenantPicture picture = TenantPicture.empty();
    private GroupTicks ticks;
    private String wanted = "";
    private int fills;
    private final Set<GroupCell> cells = Collections.newSetFromMap(new WeakHashMap<>());

    GroupTree(ImportSession session, TenantFacts facts, GroupCounts counts) {
        this.tasks = session.window().tasks();
        this.facts = facts;
        this.counts = counts;
        ticks = new GroupTicks(session.draft(), picture);
        setId("importing.choose.tree");
        getStyleClass().add("edge-to-edge");
        setAccessibleText(Messages.get("importing.choose.groups"));
        setShowRoot(false);
        setFixedCellSize(ROW);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        var group = new TreeTableColumn<UUID, UUID>(Messages.get("importing.choose.column.group"));
        group.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().getValue()));
        group.setCellFactory(_ -> new GroupCell());
        group.setPrefWidth(310);
        group.setMinWidth(220);
        getColumns().add(group);
        getColumns().add(text("importing.choose.column.kind", 124, this::kind, "muted"));
        getColumns().add(count("importing.choose.column.direct", 72, id -> picture.direct(id)));
        getColumns().add(count("importing.choose.column.nested", 108, id -> picture.nested(id)));
        getColumns().forEach(column -> column.setSortable(false));
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            var item = getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.SPACE && item != null) {
                event.consume();
                ticks.toggle(item.getValue());
            }
        });
    }

    private static TreeTableColumn<UUID, String> text(String key, double width,
            java.util.function.Function<UUID, String> value, String styleClass) {
        var column = new TreeTableColumn<UUID, String>(Messages.get(key));
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue().getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(width);
        column.getStyleClass().add(styleClass);
        return column;
    }

    /// A column of numbers, asked for when a row is on screen that has none.
    private TreeTableColumn<UUID, String> count(String key, double width, ToLongFunction<UUID> value) {
        TreeTableColumn<UUID, String> column = text(key, width, _ -> "", "align-right");
        column.setCellValueFactory(row -> {
            UUID id = row.getValue().getValue();
            long now = value.applyAsLong(id);
            if (now >= 0) {
                return new ReadOnlyStringWrapper(number(now));
            }
            counts.missing(picture, this::onScreen);
            return Bindings.createStringBinding(() -> number(value.applyAsLong(id)), counts.rowsRevisionProperty());
        });
        return column;
    }

    private List<UUID> onScreen() {
        if (!(lookup(".virtual-flow") instanceof VirtualFlow<?> flow)) {
            return List.of();
        }
        var first = flow.getFirstVisibleCell();
        var last = flow.getLastVisibleCell();
        return first == null || last == null
                ? List.of()
                : IntStream.rangeClosed(first.getIndex(), last.getIndex()).mapToObj(this::getTreeItem)
                        .filter(Objects::nonNull).map(TreeItem::getValue).toList();
    }

    private static String number(long value) {
        return value < 0 ? "" : Formats.number(value);
    }

    private String kind(UUID id) {
        var group = picture.group(id);
        if (group == null) {
            return "";
        }
        if (GroupKind.isDynamic(group)) {
            return Messages.get("importing.kind.dynamic");
        }
        if (group.isTrue(GroupField.IS_ASSIGNABLE_TO_ROLE)) {
            return Messages.get("importing.kind.assignable");
        }
        return switch (GroupKind.of(group)) {
            case SECURITY -> Messages.get("importing.kind.security");
            case MICROSOFT365 -> Messages.get("importing.kind.microsoft365");
            case DISTRIBUTION -> Messages.get("importing.kind.distribution");
            case MAIL_SECURITY -> Messages.get("importing.kind.mailSecurity");
        };
    }

    /// Shows another tenant, or the same one read anew: no rows until they are sorted.
    void show(TenantPicture now, GroupTicks itsTicks) {
        picture = now;
        ticks = itsTicks;
        setRoot(null);
        setPlaceholder(new Label());
        fill();
    }

    /// Rows of nothing, so that there are some to lay out before a tenant is known.
    void prepare() {
        setRoot(root(Stream.generate(UUID::randomUUID).limit(ROWS_PREPARED).toList()));
    }

    /// All as a tree, or those with `text` in their names, each at the top.
    void search(String text) {
        String now = SearchKeys.fold(text.strip());
        if (!now.equals(wanted)) {
            wanted = now;
            fill();
        }
    }

    /// Sorting thousands of names is nothing for the FX thread.
    private void fill() {
        var in = picture;
        var text = wanted;
        int asked = ++fills;
        tasks.quietly(_ -> root(text.isEmpty() ? in.roots() : named(in, text)), root -> {
            if (asked == fills) {
                setPlaceholder(Labels.muted(text.isEmpty()
                        ? Messages.get("importing.choose.noGroups")
                        : Messages.get("importing.pick.nothing", text)));
                setRoot(root);
                if (text.isEmpty() && !root.getChildren().isEmpty() && root.getChildren().size() < FEW) {
                    root.getChildren().getFirst().setExpanded(true);
                }
            }
        }, trouble -> {
            if (asked == fills) {
                setRoot(null);
                setPlaceholder(Labels.wrapped(Messages.trouble(trouble), "muted"));
            }
        });
    }

    private static List<UUID> named(TenantPicture in, String wanted) {
        return in.groups().stream().filter(id -> SearchKeys.fold(in.groupName(id)).contains(wanted))
                .sorted(Comparator.comparing(in::groupName)).toList();
    }

    private TreeItem<UUID> root(List<UUID> top) {
        var root = new TreeItem<UUID>();
        root.getChildren().setAll(top.stream().map(Branch::new).toList());
        root.setExpanded(true);
        return root;
    }

    private final class Branch extends TreeItem<UUID> {
        private boolean filled;

        Branch(UUID id) {
            super(id);
            expandedProperty().subscribe(open -> {
                if (open && !picture.knowsMembers(id)) {
                    facts.open(id, () -> {
                        fill();
                        ticks.refresh();
                        showTicks();
                    });
                }
            });
        }

        @Override
        public boolean isLeaf() {
            UUID id = getValue();
            return picture.knowsMembers(id) && (picture.children(id).isEmpty() || isCycle());
        }

        @Override
        public javafx.collections.ObservableList<TreeItem<UUID>> getChildren() {
            if (!filled && picture.knowsMembers(getValue())) {
                fill();
            }
            return super.getChildren();
        }

        private void fill() {
            filled = true;
            if (!isCycle()) {
                super.getChildren().setAll(picture.children(getValue()).stream().map(Branch::new).toList());
            }
        }

        boolean isCycle() {
            for (TreeItem<UUID> up = getParent(); up != null; up = up.getParent()) {
                if (getValue().equals(up.getValue())) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Shows the ticks anew. Unlike [#refresh()], which makes every row again.
    void showTicks() {
        cells.forEach(GroupCell::show);
    }

    private final class GroupCell extends TreeTableCell<UUID, UUID> {
        private final CheckBox box = new CheckBox();
        private final Label name = Labels.of("");
        private final HBox row = new HBox(8, box, Icons.of(Icons.GROUP, Icons.IN_TEXT, Tone.MUTED), name);
        private final Label out = Chip.of(Messages.get("importing.choose.out"), Tone.WARNING);
        private final Label cycle = Chip.outlined(Messages.get("importing.choose.cycle"), Icons.CYCLE);

        GroupCell() {
            box.setFocusTraversable(false);
            row.setAlignment(Pos.CENTER_LEFT);
            cells.add(this);
        }

        @Override
        protected void updateItem(@Nullable UUID id, boolean empty) {
            super.updateItem(id, empty);
            show();
        }

        private void show() {
            UUID id = getItem();
            if (isEmpty() || id == null) {
                setGraphic(null);
                return;
            }
            var state = ticks.state(id);
            name.setText(DisplayText.of(picture.groupName(id)));
            box.setSelected(state == GroupTicks.State.ON);
            box.setIndeterminate(state == GroupTicks.State.PARTLY);
            box.setId("importing.choose.tick." + name.getText());
            box.setAccessibleText(name.getText());
            box.setOnAction(_ -> ticks.toggle(id));
            var item = getTableRow() == null ? null : getTableRow().getTreeItem();
            show(out, ticks.isOut(id));
            show(cycle, item instanceof Branch branch && branch.isCycle());
            setGraphic(row);
        }

        private void show(Label chip, boolean shown) {
            if (!shown) {
                row.getChildren().remove(chip);
            } else if (!row.getChildren().contains(chip)) {
                row.getChildren().add(chip);
            }
        }
    }
}
