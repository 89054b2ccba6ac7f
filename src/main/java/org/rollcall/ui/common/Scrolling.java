package org.rollcall.ui.common;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/// Creates scroll panes.
public final class Scrolling {
    private Scrolling() {}

    /// As wide as its container and at least as high; scrolls vertically if higher. Without a style of its own.
    public static ScrollPane vertical(Node content) {
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setMinSize(0, 0);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("bare-scroll");
        return scroll;
    }
}
