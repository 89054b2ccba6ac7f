package org.rollcall.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import javafx.application.Application;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Language;
import org.rollcall.text.Words;
import org.rollcall.vault.Passphrase;

/// Opens the window over a data folder and returns when it is closed.
public final class WindowStart {
    private WindowStart() {}

    /// @param home the data folder; made at the first start
    /// @return the exit code
    public static int run(Path home) {
        return run(home, WindowPassphrase.of(System.getenv()));
    }

    /// @param passphrase of the data folder, asked for only if one keeps its key
    /// @return the exit code
    static int run(Path home, Passphrase passphrase) {
        if (SingleInstance.knock(home)) {
            return 0;
        }
        Language.setting(() -> LanguageSetting.in(home));
        try (var opening = new Opening(home, passphrase, Clock.systemDefaultZone())) {
            opening.beginIfThere();
            RollcallWindow.over(opening);
            launch(home);
            return 0;
        }
    }

    private static void launch(Path home) {
        try {
            Application.launch(RollcallWindow.class, home.toString());
        } catch (UnsupportedOperationException | LinkageError e) {
            throw noDisplay(e);
        } catch (RuntimeException e) {
            // JavaFX wraps whatever its own start met, and says so only in words.
            if (e.getCause() instanceof UnsupportedOperationException
                    || String.valueOf(e.getMessage()).contains("toolkit")) {
                throw noDisplay(e);
            }
            throw e;
        }
    }

    private static RollcallException noDisplay(Throwable cause) {
        return new RollcallException(ErrorKind.INPUT, "window.no-display", Words.of("app.window.no-display"),
                Words.of("app.window.no-display.remedy"), Map.of(), cause)
                .onCommandLine(Words.of("app.window.no-display.remedy.cli"));
    }
}
