package org.rollcall.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// Wraps a control that the signed-in person may not use: disabled, with a tooltip that names the missing permission. The
/// tooltip is on this wrapper, since disabled controls show none.
public final class Disallowed extends StackPane {
    private @Nullable Tooltip tooltip;

    /// @param reason why not, as display text; empty if allowed
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
                // Most controls are allowed, and a tooltip is more expensive than the wrapper.
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
