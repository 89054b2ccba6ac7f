package org.rollcall.ui.common;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks where to save something. Tests answer by themselves.
@FunctionalInterface
public interface FileAsk {
    /// Hands over the chosen place; nothing happens if the person thinks better of it.
    void save(String title, String suggestedName, Consumer<Path> chosen);

    /// The system's own dialog, over the window that has the focus.
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
