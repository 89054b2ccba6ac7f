package org.rollcall.ui.common;

import javafx.animation.AnimationTimer;
import javafx.scene.Node;

/// Focuses a page's first field when the page is shown. JavaFX drops focus requests of invisible nodes, and a window that
/// appears at the same time may focus something else or nothing; so the request is repeated in each pulse until something on
/// the page is focused.
public final class FirstFocus {
    /// A second, at sixty pulses.
    private static final int PULSES = 60;

    private FirstFocus() {}

    /// @param page  focused once each time it is added to a scene
    /// @param first a field on it
    public static void of(Node page, Node first) {
        page.sceneProperty().subscribe(scene -> {
            if (scene != null) {
                new AnimationTimer() {
                    private int pulses;

                    @Override
                    public void handle(long now) {
                        boolean elsewhere = page.getScene() != scene;
                        if (elsewhere || FocusOrder.isWithin(scene.getFocusOwner(), page) || ++pulses > PULSES) {
                            stop();
                        } else {
                            first.requestFocus();
                        }
                    }
                }.start();
            }
        });
    }
}
