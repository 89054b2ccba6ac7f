package org.rollcall.ui.common;

import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;

/// A screen in the sidebar. The shell knows features only by this interface, and features reach each other only through
/// [Navigator].
public interface Screen {
    /// Stable: `users`.
    String id();

    /// The title in sidebar and top bar: "Users".
    String title();

    Ikon icon();

    /// Called once, when the screen is first opened or prepared.
    Node view();

    /// Called while another screen is open and idle: loads the first data, so that the view can be created before it is opened.
    ///
    /// @param ready called on the FX thread once loaded; never called if there is nothing to gain
    default void prepare(Runnable ready) {}

    /// Muted text beside the title: "240 of 2,490 people"; empty for none.
    default ReadOnlyStringProperty countProperty() {
        return new ReadOnlyStringWrapper("").getReadOnlyProperty();
    }

    /// The number in the badge of the sidebar; 0 for none.
    default ReadOnlyIntegerProperty mattersProperty() {
        return new ReadOnlyIntegerWrapper(0).getReadOnlyProperty();
    }

    /// Whether there is any content yet; if not, its sidebar item is muted but still reachable.
    default ReadOnlyBooleanProperty filledProperty() {
        return new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();
    }

    /// Why the signed-in person may not open it, as display text; empty if they may.
    default String reason() {
        return "";
    }

    /// The screen was opened; it may reload its data.
    ///
    /// @param arguments what to show, from [Navigator#open(String, Map)]; empty from the sidebar
    default void shown(Map<String, String> arguments) {}

    /// The screen is about to be left. With unsaved changes it asks first.
    ///
    /// @param go continues; called at once if nothing is unsaved
    default void leave(Runnable go) {
        go.run();
    }

    /// F5.
    default void reload() {}

    /// Ctrl+F: focuses the filter field.
    default void focusFilter() {}
}
