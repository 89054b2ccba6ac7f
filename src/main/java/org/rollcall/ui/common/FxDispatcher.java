package org.rollcall.ui.common;

import java.util.concurrent.Executor;

import javafx.application.Platform;

/// Runs tasks on the FX thread; at once if already on it, to keep the order.
public final class FxDispatcher implements Executor {
    @Override
    public void execute(Runnable command) {
        if (Platform.isFxApplicationThread()) {
            command.run();
        } else {
            Platform.runLater(command);
        }
    }

    /// After the present event and layout, for tasks that need laid-out nodes (focus, scrolling).
    public void afterwards(Runnable command) {
        Platform.runLater(command);
    }
}
