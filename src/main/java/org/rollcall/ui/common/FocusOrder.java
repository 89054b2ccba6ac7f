package org.rollcall.ui.common;

import javafx.scene.Node;
import javafx.scene.Parent;

import org.jspecify.annotations.Nullable;

/// Finds focusable nodes.
public final class FocusOrder {
    private FocusOrder() {}

    /// The first node, in scene order, that is focusable now.
    public static @Nullable Node first(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return null;
        }
        if (node.isFocusTraversable()) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (var child : parent.getChildrenUnmodifiable()) {
                var found = first(child);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    public static boolean isWithin(@Nullable Node node, Node ancestor) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }
}
