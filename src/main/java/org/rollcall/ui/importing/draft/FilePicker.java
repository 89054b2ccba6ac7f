package org.rollcall.ui.importing.draft;

import java.io.File;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.stage.FileChooser;

import org.jspecify.annotations.Nullable;

/// Asks the person for a file.
public interface FilePicker {
    /// A file that is there.
    ///
    /// @param owner within the window that asks
    /// @return null if the person changed their mind
    @Nullable
    Path open(Node owner, String title);

    /// A file to write.
    @Nullable
    Path save(Node owner, String title, String name);

    /// The system's own dialogs.
    static FilePicker system() {
        return new FilePicker() {
            @Override
            public @Nullable Path open(Node owner, String title) {
                var chooser = new FileChooser();
                chooser.setTitle(title);
                return path(chooser.showOpenDialog(owner.getScene().getWindow()));
            }

            @Override
            public @Nullable Path save(Node owner, String title, String name) {
                var chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.setInitialFileName(name);
                return path(chooser.showSaveDialog(owner.getScene().getWindow()));
            }

            private @Nullable Path path(@Nullable File file) {
                return file == null ? null : file.toPath();
            }
        };
    }
}
