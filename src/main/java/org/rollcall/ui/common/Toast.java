package org.rollcall.ui.common;

import java.util.List;

import org.kordamp.ikonli.Ikon;

/// A short message about a completed action, with at most two buttons (Undo first).
public record Toast(Tone tone, Ikon icon, String text, List<Action> actions) {
    /// A button of a toast; pressing it also closes the toast.
    public record Action(String label, Runnable run) {}

    public Toast {
        actions = List.copyOf(actions);
    }

    public static Toast done(String text) {
        return new Toast(Tone.SUCCESS, Icons.DONE, text, List.of());
    }

    public static Toast done(String text, String action, Runnable run) {
        return new Toast(Tone.SUCCESS, Icons.DONE, text, List.of(new Action(action, run)));
    }

    public static Toast undoable(String text, Runnable undo) {
        return done(text, Messages.get("common.undo"), undo);
    }

    public static Toast failed(String text) {
        return new Toast(Tone.DANGER, Icons.FAILED, text, List.of());
    }

    public static Toast failed(String text, String action, Runnable run) {
        return new Toast(Tone.DANGER, Icons.FAILED, text, List.of(new Action(action, run)));
    }
}
