package org.rollcall;

/// Routes to the window or to the command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
