package org.rollcall.ui.common;

import java.util.Map;

import javafx.scene.Node;

/// How a feature reaches another one without knowing it.
public interface Navigator {
    /// Opens a screen by its id: `open("users", Map.of("group", id))`. Unknown ids do nothing.
    void open(String screen, Map<String, String> arguments);

    default void open(String screen) {
        open(screen, Map.of());
    }

    /// Puts a page in place of the shell (the wizard); the shell waits as it was.
    void cover(Node page);

    /// Takes that page away again.
    void uncover();
}
