package org.rollcall.ui.common;

/// Whether the program exits when its window is closed, and whether it shows desktop notifications. Stored with the window's
/// preferences. Use on the FX thread.
///
/// @param preferences the storage
public record Closing(WindowPreferences preferences) {
    private static final String CHOICE = "closing";
    private static final String NOTES = "notes";
    private static final String OFF = "off";

    /// What happens on closing.
    public enum Choice {
        /// Asks the first time that it makes a difference.
        ASK,
        /// Continues in the notification area if schedules need it.
        KEEP,
        /// Exits.
        QUIT
    }

    public Choice choice() {
        String known = preferences.choice(CHOICE, Choice.ASK.name());
        for (Choice each : Choice.values()) {
            if (each.name().equals(known)) {
                return each;
            }
        }
        return Choice.ASK;
    }

    public void choose(Choice choice) {
        preferences.choose(CHOICE, choice.name());
    }

    /// Whether desktop notifications are shown; enabled by default.
    public boolean notes() {
        return !OFF.equals(preferences.choice(NOTES, ""));
    }

    public void note(boolean on) {
        preferences.choose(NOTES, on ? "on" : OFF);
    }
}
