package org.rollcall.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.OwnerOnly;
import org.rollcall.text.Words;

/// Elects the one process that runs the schedules of a data folder; a service takes precedence over a window. Both locks are
/// the operating system's, so they do not outlive a killed process.
///
/// The locks are two bytes of one file: the service holds the first while it runs, the process that runs schedules holds the
/// second. A window releases the second as soon as it sees the first taken.
final class RunnerLock implements AutoCloseable {
    private static final String NAME = "service.lock";
    private static final long SERVICE = 0;
    private static final long RUNNER = 1;
    private static final int LOOKS = 5;
    private static final int LOOK_MILLIS = 40;

    private final FileChannel channel;
    private @Nullable FileLock service;
    private @Nullable FileLock runner;

    private RunnerLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws RollcallException STORAGE: the data folder cannot be written to
    static RunnerLock of(Path home) {
        try {
            OwnerOnly.createFile(home.resolve(NAME));
            return new RunnerLock(FileChannel.open(home.resolve(NAME), StandardOpenOption.CREATE,
                    StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new RollcallException(ErrorKind.STORAGE, "storage.write", Words.of("app.storage.write"),
                    Words.of("app.storage.write.remedy"), java.util.Map.of(), e);
        }
    }

    /// @return false: another process is the service of this folder
    synchronized boolean becomeService() {
        try {
            // A window that checks for a service holds the lock briefly.
            for (int attempt = 0; service == null && attempt < LOOKS; attempt++) {
                Thread.sleep(attempt == 0 ? 0 : LOOK_MILLIS);
                service = take(SERVICE, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return service != null;
    }

    /// @return false: another process runs the schedules
    synchronized boolean becomeRunner() {
        if (runner == null) {
            runner = take(RUNNER, false);
        }
        return runner != null;
    }

    synchronized boolean isRunner() {
        return runner != null;
    }

    /// Whether another process is the service of this folder.
    synchronized boolean hasService() {
        if (service != null) {
            return false;
        }
        // Shared, so that two windows that check at the same time do not take each other for a service.
        FileLock looked = take(SERVICE, true);
        if (looked == null) {
            return true;
        }
        release(looked);
        return false;
    }

    /// Whether another process, a window or a service, runs the schedules.
    synchronized boolean hasRunner() {
        if (runner != null) {
            return false;
        }
        FileLock looked = take(RUNNER, true);
        if (looked == null) {
            return true;
        }
        release(looked);
        return false;
    }

    synchronized void giveUpRunning() {
        if (runner != null) {
            release(runner);
            runner = null;
        }
    }

    private @Nullable FileLock take(long position, boolean shared) {
        try {
            return channel.tryLock(position, 1, shared);
        } catch (OverlappingFileLockException e) {
            return null; // Another window or service of this very process.
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(RunnerLock.class)
                    .warn("Cannot determine which process runs the schedules", e);
            return null;
        }
    }

    private static void release(FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(RunnerLock.class)
                    .debug("Could not release a lock; it is held until the process exits", e);
        }
    }

    @Override
    public synchronized void close() {
        service = null;
        runner = null;
        try {
            channel.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(RunnerLock.class).debug("Could not release the schedule lock", e);
        }
    }
}
