package org.rollcall.ui.groups;

import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.Ikon;

import org.rollcall.ui.common.FileAsk;
import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Labels;
import org.rollcall.ui.common.Messages;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.SearchField;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.Tone;
import org.rollcall.ui.common.WindowContext;

/// The tree at the left, the open group at the right.
final class GroupsView extends StackPane {
    private final SearchField search = new SearchField(Messages.get("groups.find"));

    GroupsView(WindowContext context, GroupsViewModel model, FileAsk files, Navigator navigator) {
        getStyleClass().add("groups");
        search.setId("groups.search");
        var wait = new PauseTransition(Duration.millis(150));
        wait.setOnFinished(_ -> model.searchProperty().set(search.getText()));
        search.textProperty().addListener(_ -> wait.playFromStart());
        var tree = new GroupTree(model);
        var nothing = Labels.wrapped(Messages.get("groups.noMatch"), "muted");
        nothing.getStyleClass().add("groups-nothing");
        var trees = new StackPane(tree, nothing);
        model.foundProperty().subscribe(found -> {
            boolean none = found != null && found.isEmpty();
            nothing.setVisible(none);
            tree.setVisible(!none);
        });
        VBox.setVgrow(trees, Priority.ALWAYS);
        var searchRow = new HBox(search);
        HBox.setHgrow(search, Priority.ALWAYS);
        searchRow.getStyleClass().add("groups-search");
        var head = new HBox(Labels.of(Messages.get("groups.column.group"), "caption", "strong", "muted"),
                Labels.spacer(), Labels.of(Messages.get("groups.column.people"), "caption", "strong", "muted"));
        head.getStyleClass().add("groups-head");
        var legend = new HBox(10, word(Icons.GROUP, "groups.legend.security"),
                word(Icons.MICROSOFT365, "groups.legend.microsoft365"), word(Icons.DYNAMIC, "groups.legend.dynamic"));
        legend.getStyleClass().add("groups-legend");
        var left = new VBox(searchRow, head, trees, legend);
        left.getStyleClass().add("groups-left");
        var right = new GroupPane(context, model, files, navigator);
        HBox.setHgrow(right, Priority.ALWAYS);
        right.setMinWidth(0);
        var sides = new HBox(left, right);
        // Where the window is narrow the tree gives way first.
        widthProperty().subscribe(width -> {
            double wide = width.doubleValue() >= 980 ? 372 : 300;
            left.setMinWidth(wide);
            left.setPrefWidth(wide);
            left.setMaxWidth(wide);
        });
        var state = new StatePane(context.motion(), sides);
        state.setEmptyIcon(Icons.GROUP);
        state.stateProperty().bind(model.stateProperty());
        getChildren().add(state);
    }

    private static Node word(Ikon icon, String key) {
        var label = new Label(Messages.get(key), Icons.of(icon, Icons.SMALL, Tone.MUTED));
        label.getStyleClass().addAll("caption", "muted");
        label.setMinWidth(Label.USE_PREF_SIZE);
        return label;
    }

    void focusFilter() {
        search.requestFocus();
    }
}
