package org.rollcall.ui.authentication;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.rollcall.ui.common.Messages;

/// Asks for the file with a certificate authority's certificates. Tests answer by themselves.
@FunctionalInterface
public interface CaFile {
    /// Hands over the chosen file; nothing happens if the person thinks better of it.
    void choose(Consumer<Path> chosen);

    /// The system's own dialog, over the window that has the focus.
    static CaFile bySystem() {
        return chosen -> {
            var chooser = new FileChooser();
            chooser.setTitle(Messages.get("authentication.setUp.ca.choose"));
            chooser.getExtensionFilters().setAll(
                    new FileChooser.ExtensionFilter(Messages.get("authentication.setUp.ca.files"), "*.pem", "*.crt",
                            "*.cer"),
                    new FileChooser.ExtensionFilter(Messages.get("authentication.setUp.ca.all"), "*.*"));
            var owner = Window.getWindows().stream().filter(Window::isFocused).findFirst().orElse(null);
            var file = chooser.showOpenDialog(owner);
            if (file != null) {
                chosen.accept(file.toPath());
            }
        };
    }
}
