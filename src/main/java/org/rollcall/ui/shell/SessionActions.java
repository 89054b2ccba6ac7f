package org.rollcall.ui.shell;

/// What the signed-in person may do about the session, from the user menu and the keyboard.
public interface SessionActions {
    void profile();

    void changePassword();

    /// Whether there is a password here to be changed.
    default boolean hasPassword() {
        return true;
    }

    void lock();

    void signOut();

    /// F1.
    void help();
}
