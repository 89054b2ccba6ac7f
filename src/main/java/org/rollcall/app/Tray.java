package org.rollcall.app;

/// The notification area of the desktop, where it has one, and its notifications. Callbacks come on any thread.
interface Tray {
    /// Whether the desktop has a notification area. Looked up at the first call, which takes a moment.
    boolean isThere();

    /// Shows the icon, or shows it as it is now.
    ///
    /// @param matters how many things need somebody
    /// @param open    the person wants the window back
    /// @param quit    the person wants the program to end
    void show(int matters, Runnable open, Runnable quit);

    /// Takes the icon away.
    void hide();

    /// Shows a notification, if the desktop can.
    void tell(String title, String text);
}
