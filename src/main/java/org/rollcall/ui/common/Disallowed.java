package org.rollcall.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// Around a control that the signed-in person may not use: disabled, and its tooltip says which permission is needed.
/// The tooltip hangs on this wrapper, since disabled controls show none.
public final class Disallowed extends StackPane {
    private @Nullable Tooltip tooltip;

    /// @param reason why not, in words; empty if it is allowed
    public Disallowed(Node control, ObservableValue<String> reason) {
        super(control);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        reason.subscribe(words -> {
            control.setDisable(!words.isEmpty());
            control.setAccessibleHelp(words.isEmpty() ? null : words);
            var before = tooltip;
            if (before != null) {
                Tooltip.uninstall(this, before);
                tooltip = null;
            }
            if (!words.isEmpty()) {
                // Most controls are allowed, and a tooltip costs more than the wrapper.
                var why = Labels.tip(words);
                Tooltip.install(this, why);
                tooltip = why;
            }
        });
    }

    /// "Needs the permission Change roles", or nothing if `allowed`.
    public static String reason(boolean allowed, String permission) {
        return allowed ? "" : Messages.get("common.needs.permission", Messages.recalled(permission));
    }
}
