package org.rollcall.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.rollcall.ui.settings.SettingsServices;

/// The data folder as Settings shows it.
record WindowFolder(Path path) implements SettingsServices.Folder {
    @Override
    public long bytes() {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program's version, from the jar it was started from.
    static String version() {
        return Objects.requireNonNullElse(WindowFolder.class.getPackage().getImplementationVersion(), "(not packaged)");
    }
}
