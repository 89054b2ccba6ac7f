package org.rollcall.ui.common;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;

import org.kordamp.ikonli.Ikon;

import org.rollcall.domain.DisplayText;

/// A word in a pill, 22 high: a role, a state, a tag.
public final class Chip extends Label {
    private Chip(String text, Tone tone) {
        super(DisplayText.text(text));
        getStyleClass().add("chip");
        if (!tone.partClass().isEmpty()) {
            getStyleClass().add(tone.partClass());
        }
        setMinWidth(USE_PREF_SIZE);
    }

    public static Chip of(String text) {
        return new Chip(text, Tone.DEFAULT);
    }

    public static Chip of(String text, Tone tone) {
        return new Chip(text, tone);
    }

    public static Chip of(String text, Tone tone, Ikon icon) {
        var chip = new Chip(text, tone);
        chip.setGraphic(Icons.of(icon, Icons.IN_CHIP, tone));
        return chip;
    }

    public static Chip outlined(String text, Ikon icon) {
        var chip = of(text, Tone.DEFAULT, icon);
        chip.getStyleClass().add("outlined");
        return chip;
    }

    /// A role: only Administrator is emphasized.
    public static Chip role(String name, boolean administrator) {
        return administrator ? of(name, Tone.ACCENT, Icons.ROLE) : of(name);
    }

    /// A removable chip; `whatGoes` is read by screen readers for the small cross: "Remove Board Secretaries".
    public static Chip removable(String text, String whatGoes, Runnable remove) {
        var chip = new Chip(text, Tone.DEFAULT);
        chip.getStyleClass().add("removable");
        var cross = IconButton.flat(Icons.CLOSE, whatGoes, remove);
        cross.setGraphic(Icons.of(Icons.CLOSE, Icons.IN_CHIP));
        cross.getStyleClass().add("chip-close");
        chip.setGraphic(cross);
        chip.setContentDisplay(ContentDisplay.RIGHT);
        return chip;
    }
}
