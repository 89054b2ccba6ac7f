package org.rollcall.ui;

import org.rollcall.ui.shell.SessionActions;

/// For shells in tests that nobody locks or signs out of.
public final class NoSession implements SessionActions {
    @Override
    public void profile() {}

    @Override
    public void changePassword() {}

    @Override
    public void lock() {}

    @Override
    public void signOut() {}

    @Override
    public void help() {}
}
