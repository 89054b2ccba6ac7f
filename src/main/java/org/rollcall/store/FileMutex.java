package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.LoggerFactory;

/// The operating system's lock on a file, which it lets go of when the process is gone.
public final class FileMutex implements AutoCloseable {
    /// Those of this process. On POSIX systems closing any channel of a file gives up the process's lock on it, so a file that
    /// is locked here must not even be opened.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FileMutex(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Makes the file if it is not there.
    ///
    /// @return empty: it is locked by another process, or by this one
    public static Optional<FileMutex> tryLock(Path path) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileLock lock = null;
        try {
            OwnerOnly.createFile(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                lock = channel.tryLock();
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            return lock == null ? Optional.empty() : Optional.of(new FileMutex(file, channel));
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(FileMutex.class).debug("Letting go of {}", file, e);
        }
        HELD.remove(file);
    }
}
