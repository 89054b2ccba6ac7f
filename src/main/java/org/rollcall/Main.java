package org.rollcall;

import org.rollcall.app.Launcher;

/// Routes to the window or to the command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Launcher.start(args));
    }
}
