package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// Liveness of the processes that use a data folder: each holds the lock of a file of its own while it runs. Independent of
/// clocks; a killed process counts as ended immediately.
final class Presence implements AutoCloseable {
    private static final String FOLDER = "processes";

    private final Path home;
    private final Path folder;
    private final UUID id = UUID.randomUUID();
    private @Nullable FileMutex mark;

    /// @param home the data folder
    Presence(Path home) {
        this.home = home;
        this.folder = home.resolve(FOLDER);
    }

    /// The name of this process, which is registered as running from now on.
    synchronized UUID id() {
        if (mark == null) {
            try {
                if (!Files.isDirectory(folder)) {
                    Files.createDirectories(folder, OwnerOnly.folderAttributes(home));
                }
                mark = FileMutex.tryLock(folder.resolve(id.toString())).orElseThrow();
            } catch (IOException e) {
                throw StorageErrors.translate(e);
            }
        }
        return id;
    }

    /// Whether a process still runs.
    boolean isRunning(UUID process) {
        if (process.equals(id)) {
            return true;
        }
        Path file = folder.resolve(process.toString());
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<FileMutex> abandoned = FileMutex.tryLock(file);
            if (abandoned.isPresent()) {
                Files.deleteIfExists(file);
                abandoned.get().close();
            }
            return abandoned.isEmpty();
        } catch (IOException e) {
            throw StorageErrors.translate(e);
        }
    }

    @Override
    public synchronized void close() {
        if (mark != null) {
            try {
                Files.deleteIfExists(folder.resolve(id.toString()));
            } catch (IOException e) {
                org.slf4j.LoggerFactory.getLogger(Presence.class)
                        .debug("Could not delete the lock file of this process", e);
            }
            mark.close();
            mark = null;
        }
    }
}
