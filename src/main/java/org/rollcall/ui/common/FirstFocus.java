package org.rollcall.ui.common;

import javafx.animation.AnimationTimer;
import javafx.scene.Node;

/// Gives a page's first field the focus when the page is shown. JavaFX drops a request for the focus by a node that is not
/// visible yet, and a window that appears at the same time may give it to something else or to nothing; so it is asked for
/// again with each pulse until something on the page has it.
public final class FirstFocus {
    /// A second, at sixty pulses.
    private static final int PULSES = 60;

    private FirstFocus() {}

    /// @param page  the focus is given once for each time that it comes into a scene
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
