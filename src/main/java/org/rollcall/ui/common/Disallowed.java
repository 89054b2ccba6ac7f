package org.rollcall.ui.common;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Around a control that the signed-in person may not use: disabled, and its tooltip says which permission is needed.
/// The tooltip hangs on this wrapper, since disabled controls show none.
public final class Disallowed extends StackPane {
    private final Tooltip tooltip = new Tooltip();

    /// @param reason why not, in words; empty if it is allowed
    public Disallowed(Node control, ObservableValue<String> reason) {
        super(control);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        reason.subscribe(words -> {
            control.setDisable(!words.isEmpty());
            control.setAccessibleHelp(words.isEmpty() ? null : words);
            Tooltip.uninstall(this, tooltip);
            if (!words.isEmpty()) {
                tooltip.setText(words);
                Tooltip.install(this, tooltip);
            }
        });
    }

    /// "Needs the permission Change roles", or nothing if `allowed`.
    public static String reason(boolean allowed, String permission) {
        return allowed ? "" : Messages.get("common.needs.permission", permission);
    }
}
