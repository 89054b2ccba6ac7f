package org.rollcall.ui.common;

/// The meaning of a color. A color never stands alone: it goes with an icon and a word.
public enum Tone {
    DEFAULT,
    MUTED,
    ACCENT,
    SUCCESS,
    WARNING,
    DANGER;

    /// Style class of a part (chip, banner): `accent`; empty for the two quiet tones.
    public String partClass() {
        return this == DEFAULT || this == MUTED ? "" : name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Style class of an icon in this tone: `icon-accent`.
    public String iconClass() {
        return "icon-" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Style class of a label in this tone: `fg-accent`, or `muted`.
    public String textClass() {
        return switch (this) {
            case DEFAULT -> "";
            case MUTED -> "muted";
            default -> "fg-" + name().toLowerCase(java.util.Locale.ROOT);
        };
    }
}
