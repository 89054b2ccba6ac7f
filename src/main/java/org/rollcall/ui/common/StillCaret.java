package org.rollcall.ui.common;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.skin.TextInputControlSkin;

/// Keeps carets from blinking where nobody types. In JavaFX 26 the caret of a field may be left blinking when the focus leaves
/// it, unseen and for good (seen in the window after signing in with Enter, the field being gone by then), and while anything
/// is animated JavaFX draws sixty times a second.
public final class StillCaret {
    private StillCaret() {}

    /// Follows the focus of `scene`.
    public static void in(Scene scene) {
        scene.focusOwnerProperty().addListener((_, left, _) -> {
            if (left instanceof TextInputControl field) {
                // After whatever the event does that moved the focus.
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
