package org.rollcall.ui.common;

import java.time.Clock;

/// The shared parts of the window for every screen. Each screen has its own services.
public record WindowContext(Theme theme, Motion motion, FxDispatcher fx, UiTasks tasks, Dialogs dialogs,
        ToastLayer toasts, LinkOpener links, Clock clock) {
    public static WindowContext create(Theme theme, Motion motion, LinkOpener links, Clock clock) {
        var fx = new FxDispatcher();
        return new WindowContext(theme, motion, fx, UiTasks.onThreads(fx, clock), new Dialogs(motion, fx),
                new ToastLayer(motion), links, clock);
    }

    /// The same window with other tasks.
    public WindowContext withTasks(UiTasks other) {
        return new WindowContext(theme, motion, fx, other, dialogs, toasts, links, clock);
    }

    /// For tests and pictures: no animation, jobs run on the calling thread, links do nothing.
    public static WindowContext still(Theme theme, Clock clock) {
        var motion = Motion.still();
        var fx = new FxDispatcher();
        return new WindowContext(theme, motion, fx, UiTasks.direct(), new Dialogs(motion, fx), new ToastLayer(motion),
                _ -> {}, clock);
    }
}
