package org.rollcall.ui.common;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks where to save a file. Replaced in tests.
@FunctionalInterface
public interface FileAsk {
    /// Passes on the selected file; not called if cancelled.
    void save(String title, String suggestedName, Consumer<Path> chosen);

    /// The system's own dialog, owned by the focused window.
    static FileAsk bySystem() {
        return (title, name, chosen) -> {
            var chooser = new FileChooser();
            chooser.setTitle(title);
            chooser.setInitialFileName(name);
            var owner = Window.getWindows().stream().filter(Window::isFocused).findFirst().orElse(null);
            var file = chooser.showSaveDialog(owner);
            if (file != null) {
                chosen.accept(file.toPath());
            }
        };
    }
}
