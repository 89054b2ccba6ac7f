package org.rollcall.ui.common;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks which file to read. Replaced in tests.
@FunctionalInterface
public interface FileOpen {
    /// Passes on the selected file; not called if cancelled.
    void choose(String title, Consumer<Path> chosen);

    /// The system's own dialog, owned by the focused window.
    static FileOpen bySystem() {
        return (title, chosen) -> {
            var chooser = new FileChooser();
            chooser.setTitle(title);
            var file = chooser.showOpenDialog(
                    Window.getWindows().stream().filter(Window::isFocused).findFirst().orElse(null));
            if (file != null) {
                chosen.accept(file.toPath());
            }
        };
    }
}
