package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import javafx.application.Application;

/// Opens the window over a data folder and returns when it is closed.
public final class WindowStart {
    private WindowStart() {}

    /// @param home the data folder; made at the first start
    /// @return the exit code
    public static int run(Path home) {
        if (SingleInstance.knock(home)) {
            return 0;
        }
        try (var opening = new Opening(home, Clock.systemDefaultZone())) {
            opening.beginIfThere();
            RollcallWindow.over(opening);
            Application.launch(RollcallWindow.class, home.toString());
            return 0;
        }
    }
}
