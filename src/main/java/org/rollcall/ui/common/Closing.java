package org.rollcall.ui.common;

/// What becomes of the program when its window is closed, and whether the desktop tells what needs somebody. Remembered with
/// the window. Use on the FX thread.
///
/// @param preferences where it is remembered
public record Closing(WindowPreferences preferences) {
    private static final String CHOICE = "closing";
    private static final String NOTES = "notes";
    private static final String OFF = "off";

    /// What becomes of it.
    public enum Choice {
        /// Asks, the first time that it makes a difference.
        ASK,
        /// Goes on in the notification area where schedules need it.
        KEEP,
        /// Ends.
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

    /// Whether the desktop shows a notification when something needs somebody; on unless switched off.
    public boolean notes() {
        return !OFF.equals(preferences.choice(NOTES, ""));
    }

    public void note(boolean on) {
        preferences.choose(NOTES, on ? "on" : OFF);
    }
}
