package org.rollcall.ui.common;

import java.util.concurrent.Executor;

import javafx.application.Platform;

/// The one way onto the FX thread. At once if the caller is on it already, so that order is kept.
public final class FxDispatcher implements Executor {
    @Override
    public void execute(Runnable command) {
        if (Platform.isFxApplicationThread()) {
            command.run();
        } else {
            Platform.runLater(command);
        }
    }

    /// After the present event and layout are through, for what needs laid-out nodes (focus, scrolling).
    public void afterwards(Runnable command) {
        Platform.runLater(command);
    }
}
