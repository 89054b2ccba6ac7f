package org.rollcall.ui.groups;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.GroupRow;
import org.rollcall.ui.common.Chip;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Tone;

/// The groups as they are nested in Entra: under several parents where they have several; where a group comes again
/// below itself the branch ends and says so. Branches are made when they are opened.
final class GroupTree extends TreeView<GroupTree.Place> {
    private final GroupsViewModel model;
    private boolean choosing;

    /// A row: a tenant, or a group at one of its places.
    ///
    /// @param group null: the tenant itself
    /// @param above the groups on the way here
    record Place(GroupForest.TenantGroups tenant, @Nullable GroupRow group, Set<UUID> above) {
        boolean cycle() {
            return group != null && above.contains(group.objectId());
        }
    }

    GroupTree(GroupsViewModel model) {
        this.model = model;
        setId("groups.tree");
        setShowRoot(false);
        setFixedCellSize(36);
        setAccessibleText(Messages.get("groups.title"));
        getStyleClass().add("groups-tree");
        setCellFactory(_ -> new Cell());
        model.forestProperty().subscribe(_ -> rebuild());
        model.foundProperty().subscribe(_ -> rebuild());
        model.detailProperty().subscribe(_ -> choose());
        getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null && !choosing && item.getValue().group() != null) {
                model.open(Objects.requireNonNull(item.getValue().group()));
            }
        });
    }

    private void rebuild() {
        choosing = true;
        var opened = new HashSet<Long>();
        remember(getRoot(), opened);
        var top = new TreeItem<Place>();
        var found = model.foundProperty().get();
        for (var tenant : model.forestProperty().get().tenants()) {
            if (found == null) {
                var item = new Branch(new Place(tenant, null, Set.of()));
                item.setExpanded(true);
                top.getChildren().add(item);
            } else {
                found.stream().filter(group -> group.tenantId() == tenant.tenant().id())
                        .forEach(group -> top.getChildren().add(new Branch(new Place(tenant, group, Set.of()))));
            }
        }
        setRoot(top);
        reopen(top, opened);
        choosing = false;
        choose();
    }

    private static void remember(@Nullable TreeItem<Place> item, Set<Long> opened) {
        if (item == null || !item.isExpanded()) {
            return;
        }
        if (item.getValue() != null && item.getValue().group() != null) {
            opened.add(item.getValue().group().id());
        }
        item.getChildren().forEach(child -> remember(child, opened));
    }

    private static void reopen(TreeItem<Place> item, Set<Long> opened) {
        for (var child : item.getChildren()) {
            var group = child.getValue().group();
            if (group == null || (opened.contains(group.id()) && !child.getValue().cycle())) {
                child.setExpanded(true);
                reopen(child, opened);
            }
        }
    }

    /// The row of the open group, the first one that shows.
    private void choose() {
        var detail = model.detailProperty().get();
        var selected = getSelectionModel().getSelectedItem();
        if (detail == null || getRoot() == null) {
            return;
        }
        long id = detail.group().id();
        if (selected != null && selected.getValue().group() != null && selected.getValue().group().id() == id) {
            return;
        }
        choosing = true;
        for (int row = 0; row < getExpandedItemCount(); row++) {
            var group = getTreeItem(row).getValue().group();
            if (group != null && group.id() == id) {
                getSelectionModel().select(row);
                choosing = false;
                return;
            }
        }
        getSelectionModel().clearSelection();
        choosing = false;
    }

    /// Makes what is below it when it is asked for.
    private static final class Branch extends TreeItem<Place> {
        private boolean made;

        Branch(Place place) {
            super(place);
        }

        @Override
        public boolean isLeaf() {
            var place = getValue();
            return place.group() == null
                    ? place.tenant().roots().isEmpty()
                    : place.cycle() || place.tenant().in(place.group().objectId()).isEmpty();
        }

        @Override
        public ObservableList<TreeItem<Place>> getChildren() {
            if (!made) {
                made = true;
                super.getChildren().setAll(below().stream().map(Branch::new).toList());
            }
            return super.getChildren();
        }

        private List<Place> below() {
            var place = getValue();
            var group = place.group();
            if (group == null) {
                return place.tenant().roots().stream().map(root -> new Place(place.tenant(), root, Set.of())).toList();
            }
            if (place.cycle()) {
                return List.of();
            }
            var above = new HashSet<>(place.above());
            above.add(group.objectId());
            return place.tenant().in(group.objectId()).stream()
                    .map(child -> new Place(place.tenant(), child, Set.copyOf(above))).toList();
        }
    }

    private final class Cell extends TreeCell<Place> {
        private final Label name = new Label();
        private final Label people = Labels.muted("");
        private final HBox row = new HBox(8);

        Cell() {
            name.setMinWidth(0);
            people.setMinWidth(USE_PREF_SIZE);
            row.setAlignment(Pos.CENTER_LEFT);
            // A row is no wider than the tree: long names give way, not the number.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Place place, boolean empty) {
            super.updateItem(place, empty);
            people.textProperty().unbind();
            setAccessibleText(null);
            if (empty || place == null) {
                setGraphic(null);
                return;
            }
            var group = place.group();
            if (group == null) {
                name.setText(DisplayText.of(place.tenant().tenant().name()));
                name.setGraphic(Icons.of(Icons.TENANT, Icons.IN_TEXT, Tone.MUTED));
                people.setText("");
                row.getChildren().setAll(name);
                setAccessibleText(name.getText());
            } else {
                name.setText(DisplayText.of(group.shownName()));
                name.setGraphic(Icons.of(place.cycle() ? Icons.CYCLE : GroupWords.icon(group), Icons.IN_TEXT,
                        Tone.MUTED));
                name.setTooltip(Labels.tip(DisplayText.of(group.shownName())));
                people.textProperty().bind(model.peopleIn(group));
                row.getChildren().setAll(name);
                if (place.cycle()) {
                    row.getChildren().add(Chip.of(Messages.get("groups.cycle"), Tone.WARNING));
                }
                row.getChildren().addAll(Labels.spacer(), people);
                setAccessibleText(Messages.get(place.cycle() ? "groups.row.cycle" : "groups.row", group.shownName(),
                        people.getText()));
            }
            setGraphic(row);
        }
    }
}
