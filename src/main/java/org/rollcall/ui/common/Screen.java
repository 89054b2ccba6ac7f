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

/// One of the screens in the sidebar. The shell knows no more of a feature than this, and features reach each other
/// only through [Navigator].
public interface Screen {
    /// Stable: `users`.
    String id();

    /// What sidebar and top bar say: "Users".
    String title();

    Ikon icon();

    /// Asked for once, when the screen is first opened or has been prepared.
    Node view();

    /// Another screen is open and nothing else is to be done: reads what it will show first, so that its view can be made
    /// before somebody opens it.
    ///
    /// @param ready on the FX thread, once that is read; never called where nothing is gained by it
    default void prepare(Runnable ready) {}

    /// Muted words beside the title: "240 of 2,490 people"; empty for none.
    default ReadOnlyStringProperty countProperty() {
        return new ReadOnlyStringWrapper("").getReadOnlyProperty();
    }

    /// How many matters wait there, as the badge in the sidebar; 0 for none.
    default ReadOnlyIntegerProperty mattersProperty() {
        return new ReadOnlyIntegerWrapper(0).getReadOnlyProperty();
    }

    /// Whether there is anything to see yet; without, its sidebar item is muted but still reachable.
    default ReadOnlyBooleanProperty filledProperty() {
        return new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();
    }

    /// Why the signed-in person may not open it, in words; empty if they may.
    default String reason() {
        return "";
    }

    /// It came to the front, for instance to read again what may have changed.
    ///
    /// @param arguments what to show, from [Navigator#open(String, Map)]; empty from the sidebar
    default void shown(Map<String, String> arguments) {}

    /// Another screen, or the end, is about to take its place. A screen with something unsaved asks first.
    ///
    /// @param go goes on; called at once where nothing is unsaved
    default void leave(Runnable go) {
        go.run();
    }

    /// F5.
    default void reload() {}

    /// Ctrl+F: the filter field takes the focus.
    default void focusFilter() {}
}
