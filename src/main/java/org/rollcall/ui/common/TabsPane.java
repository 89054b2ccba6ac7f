package org.rollcall.ui.common;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import atlantafx.base.controls.Tab;
import atlantafx.base.controls.TabLine;
import org.jspecify.annotations.Nullable;

/// A row of tabs above the page of the selected one. Pages are created when first opened.
public final class TabsPane extends VBox {
    private final TabLine line = new TabLine();
    private final StackPane deck = new StackPane();
    private final Map<String, Supplier<Node>> makers = new HashMap<>();
    private final Map<String, Node> pages = new HashMap<>();
    private final ReadOnlyStringWrapper open = new ReadOnlyStringWrapper("");

    public TabsPane(String accessibleText) {
        getStyleClass().add("tabs-pane");
        line.setTabResizePolicy(Tab.ResizePolicy.COMPUTED_WIDTH);
        line.setTabClosingPolicy(Tab.ClosingPolicy.NO_TABS);
        line.setTabDragPolicy(Tab.DragPolicy.FIXED);
        line.setAnimated(false);
        line.setAccessibleText(accessibleText);
        line.setFocusTraversable(true);
        VBox.setVgrow(deck, Priority.ALWAYS);
        getChildren().addAll(line, deck);
        line.getSelectionModel().selectedItemProperty().subscribe(this::show);
    }

    public TabsPane add(String id, String title, Supplier<Node> page) {
        makers.put(id, page);
        line.getTabs().add(new Tab(id, title));
        if (line.getSelectionModel().getSelectedItem() == null) {
            line.getSelectionModel().selectFirst();
        }
        return this;
    }

    public void open(String id) {
        line.getTabs().stream().filter(tab -> tab.getId().equals(id)).findFirst()
                .ifPresent(line.getSelectionModel()::select);
    }

    public ReadOnlyStringProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    private void show(@Nullable Tab tab) {
        if (tab != null) {
            deck.getChildren().setAll(pages.computeIfAbsent(tab.getId(), this::make));
            open.set(tab.getId());
        }
    }

    private Node make(String id) {
        var maker = makers.get(id);
        return maker == null ? new StackPane() : maker.get();
    }
}
