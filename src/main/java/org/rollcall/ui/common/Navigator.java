package org.rollcall.ui.common;

import java.util.Map;

import javafx.scene.Node;

/// Navigation between features that do not depend on each other.
public interface Navigator {
    /// Opens a screen by its id: `open("users", Map.of("group", id))`. Unknown ids are ignored.
    void open(String screen, Map<String, String> arguments);

    default void open(String screen) {
        open(screen, Map.of());
    }

    /// Replaces the shell by a page (the wizard); the shell keeps its state.
    void cover(Node page);

    /// Closes that page.
    void uncover();
}
