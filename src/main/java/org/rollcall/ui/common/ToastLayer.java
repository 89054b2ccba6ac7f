package org.rollcall.ui.common;

import java.util.HashMap;
import java.util.Map;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The layer of toasts at the bottom right: at most three, ten seconds each; hovered or focused ones stay. Transparent to the
/// mouse elsewhere.
public final class ToastLayer extends StackPane {
    private static final int AT_MOST = 3;
    private static final Duration STAYS = Duration.seconds(10);

    private final Motion motion;
    private final VBox toasts = new VBox();
    private final Map<Node, PauseTransition> clocks = new HashMap<>();

    public ToastLayer(Motion motion) {
        this.motion = motion;
        getStyleClass().add("toast-layer");
        toasts.getStyleClass().add("toasts");
        toasts.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setPickOnBounds(false);
        toasts.setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_RIGHT);
        getChildren().add(toasts);
        visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(toasts.getChildren()));
    }

    public void show(Toast toast) {
        while (toasts.getChildren().size() >= AT_MOST) {
            remove(toasts.getChildren().getFirst());
        }
        var node = node(toast);
        toasts.getChildren().add(node);
        motion.enter(node);
        var clock = new PauseTransition(STAYS);
        clock.setOnFinished(_ -> dismiss(node));
        clocks.put(node, clock);
        node.hoverProperty().subscribe(_ -> hold(node));
        node.focusWithinProperty().subscribe(_ -> hold(node));
        hold(node);
        // Screen readers announce it without a change of focus.
        node.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    /// Removes all: the person they were for has signed out.
    public void clear() {
        java.util.List.copyOf(toasts.getChildren()).forEach(this::remove);
    }

    /// The number of visible toasts.
    public int count() {
        return toasts.getChildren().size();
    }

    private void hold(Node node) {
        var clock = clocks.get(node);
        if (clock == null) {
            return;
        }
        if (node.isHover() || node.isFocusWithin()) {
            clock.stop();
        } else {
            clock.playFromStart();
        }
    }

    private Node node(Toast toast) {
        var row = new HBox();
        row.getStyleClass().add("toast");
        row.setAccessibleRole(AccessibleRole.TEXT);
        row.setAccessibleText(toast.text());
        var words = Labels.wrapped(toast.text());
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        row.getChildren().addAll(Icons.of(toast.icon(), Icons.IN_BANNER, toast.tone()), words);
        for (var action : toast.actions()) {
            row.getChildren().add(Buttons.small(action.label(), () -> {
                dismiss(row);
                action.run().run();
            }));
        }
        row.getChildren().add(IconButton.flat(Icons.CLOSE, Messages.get("common.close"), () -> dismiss(row)).small());
        return row;
    }

    private void dismiss(Node node) {
        var clock = clocks.get(node);
        if (clock != null) {
            clock.stop();
        }
        motion.leave(node, () -> remove(node));
    }

    private void remove(Node node) {
        var clock = clocks.remove(node);
        if (clock != null) {
            clock.stop();
        }
        toasts.getChildren().remove(node);
    }
}
