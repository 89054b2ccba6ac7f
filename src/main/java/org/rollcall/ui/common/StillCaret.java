package org.rollcall.ui.common;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.TextInputControlSkin;

/// Stops carets that blink without focus. In JavaFX 26 the caret of a field may keep blinking invisibly after the focus has
/// left it (for example after signing in with Enter, when the field is gone), and any animation makes JavaFX render sixty times
/// a second.
public final class StillCaret {
    private StillCaret() {}

    /// Follows the focus of `scene`.
    public static void in(Scene scene) {
        scene.focusOwnerProperty().addListener((_, left, _) -> {
            if (left instanceof TextInputControl field) {
                // After the event that moved the focus has been processed.
                Platform.runLater(() -> stopUnlessFocused(field));
            }
        });
    }

    private static void stopUnlessFocused(TextInputControl field) {
        if (!field.isFocused() && field.getSkin() instanceof TextInputControlSkin<?> skin) {
            skin.setCaretAnimating(false);
        }
    }
}
