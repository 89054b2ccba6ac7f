package org.rollcall.app;

import java.util.function.IntSupplier;
import javafx.application.Platform;
import javafx.stage.Stage;

import org.rollcall.ui.common.Closing;
import org.rollcall.ui.common.WindowContext;
import org.rollcall.ui.shell.KeepRunningDialog;
import org.rollcall.ui.shell.WindowRoot;

/// Closes the window: for good or, where this process alone runs schedules and the desktop has a notification area, into that
/// if the person wants it so. What comes back from there is locked. Use on the FX thread.
final class WindowCloser {
    private final WindowContext context;
    private final Stage stage;
    private final WindowRoot root;
    private final Tray tray;
    private final Closing closing;
    private final IntSupplier schedules;
    private final Runnable lock;
    private final Runnable end;
    private final boolean implicitExit = Platform.isImplicitExit();
    private boolean asking;
    private boolean kept;
    private int matters;

    /// @param schedules how many schedules run here only; asked on a thread of its own
    /// @param lock      locks what is shown, if somebody is signed in
    /// @param end       ends the program while there is no window
    WindowCloser(WindowContext context, Stage stage, WindowRoot root, Tray tray, Closing closing,
            IntSupplier schedules, Runnable lock, Runnable end) {
        this.context = context;
        this.stage = stage;
        this.root = root;
        this.tray = tray;
        this.closing = closing;
        this.schedules = schedules;
        this.lock = lock;
        this.end = end;
    }

    /// The person closes the window. Whoever does so once more while it is looked up what would end with it means it.
    void close() {
        if (asking || closing.choice() == Closing.Choice.QUIT) {
            quit();
            return;
        }
        asking = true;
        context.tasks().quietly(_ -> tray.isThere() ? schedules.getAsInt() : 0, this::decide, _ -> quit());
    }

    private void decide(int count) {
        asking = false;
        if (count == 0 || closing.choice() == Closing.Choice.QUIT) {
            quit();
        } else if (closing.choice() == Closing.Choice.KEEP) {
            keep();
        } else if (root.isLocked()) {
            // Behind a lock nobody decides for others.
            quit();
        } else {
            KeepRunningDialog.open(context, count, () -> {
                closing.choose(Closing.Choice.KEEP);
                keep();
            }, () -> {
                closing.choose(Closing.Choice.QUIT);
                quit();
            });
        }
    }

    private void keep() {
        kept = true;
        lock.run();
        Platform.setImplicitExit(false);
        stage.hide();
        show();
    }

    private void show() {
        tray.show(matters, () -> context.fx().execute(this::open), () -> context.fx().execute(this::quit));
    }

    /// How many things need somebody.
    void matters(int count) {
        matters = count;
        if (kept) {
            show();
        }
    }

    /// Brings the window to the front, from wherever it is.
    void open() {
        if (kept) {
            kept = false;
            tray.hide();
            stage.show();
            Platform.setImplicitExit(implicitExit);
        }
        stage.setIconified(false);
        stage.toFront();
        stage.requestFocus();
    }

    private void quit() {
        tray.hide();
        if (kept) {
            end.run();
        } else {
            stage.hide();
        }
    }
}
