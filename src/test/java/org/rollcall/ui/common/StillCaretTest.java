package org.rollcall.ui.common;

import javafx.scene.control.TextField;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

import org.junit.jupiter.api.Test;

import org.rollcall.ui.UiTest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A caret blinks while somebody may type, and not a moment longer: it would keep the window drawing.
class StillCaretTest extends UiTest {
    private static final class WatchedSkin extends TextFieldSkin {
        private boolean blinking;

        WatchedSkin(TextField field) {
            super(field);
        }

        @Override
        public void setCaretAnimating(boolean on) {
            blinking = on;
            super.setCaretAnimating(on);
        }
    }

    @Test
    void aCaretThatIsStartedWhileTheFocusLeavesIsStoppedAgain() {
        var field = look(TextField::new);
        var skin = look(() -> new WatchedSkin(field));
        show(() -> {
            field.setSkin(skin);
            return new VBox(field, new TextField());
        });
        fx(() -> {
            StillCaret.in(scene());
            field.requestFocus();
            field.focusedProperty().subscribe((_, focused) -> {
                if (!focused) {
                    skin.setCaretAnimating(true);
                }
            });
        });
        assertTrue(look(() -> skin.blinking));
        press(KeyCode.TAB);
        waitFor("the caret is still", () -> !skin.blinking);
        assertFalse(look(field::isFocused));
    }
}
