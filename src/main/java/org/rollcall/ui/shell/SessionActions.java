package org.rollcall.ui.shell;

/// What the signed-in person may do about the session, from the user menu and the keyboard.
public interface SessionActions {
    void profile();

    void changePassword();

    void lock();

    void signOut();

    /// F1.
    void help();
}
