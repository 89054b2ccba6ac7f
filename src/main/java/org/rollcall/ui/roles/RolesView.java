package org.rollcall.ui.roles;

import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.rollcall.ui.common.Icons;
import org.rollcall.ui.common.Navigator;
import org.rollcall.ui.common.StatePane;
import org.rollcall.ui.common.WindowContext;

/// The matrix at the left, the rules and what saving them would do at the right.
final class RolesView extends StackPane {
    /// Narrower than this the rules go below the matrix.
    private static final double BESIDE = 1000;
    private static final double SIDE = 372;

    RolesView(WindowContext context, RolesViewModel model, Navigator navigator) {
        getStyleClass().add("roles");
        var matrix = new MatrixCard(context, model, navigator);
        var rules = new RulesCard(context, model);
        var ifYouSave = new IfYouSaveCard(context, model);
        // Neither becomes higher than it needs.
        ifYouSave.setMaxHeight(USE_PREF_SIZE);
        rules.setMaxHeight(USE_PREF_SIZE);
        var side = new VBox(16, rules, ifYouSave);
        var page = new StackPane();
        page.getStyleClass().add("page");
        var scroll = new ScrollPane(page);
        scroll.getStyleClass().addAll("edge-to-edge", "roles-page");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        widthProperty().map(width -> width.doubleValue() == 0 || width.doubleValue() >= BESIDE).subscribe(beside -> {
            double wide = beside ? SIDE : USE_COMPUTED_SIZE;
            side.setMinWidth(beside ? SIDE : 0);
            side.setPrefWidth(wide);
            side.setMaxWidth(beside ? SIDE : Double.MAX_VALUE);
            HBox.setHgrow(matrix, Priority.ALWAYS);
            matrix.setMinWidth(0);
            // Beside each other the cards scroll within; below each other the page does.
            page.setMinHeight(beside ? USE_COMPUTED_SIZE : USE_PREF_SIZE);
            page.getChildren().setAll(beside ? new HBox(16, matrix, side) : new VBox(16, matrix, side));
        });
        var state = new StatePane(context.motion(), scroll);
        state.setEmptyIcon(Icons.ROLE);
        state.stateProperty().bind(model.stateProperty());
        getChildren().add(state);
    }
}
