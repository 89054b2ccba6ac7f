package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertNotNull;

class DatabaseCloseTest {
    private static final int TIMES = 10;

    @TempDir
    Path folder;

    /// The pool makes connections on a thread of its own, and one that comes after the end would open the file again.
    @Test
    void nothingIsOpenAfterwardsThoughThePoolWasFillingUp() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            Database database = ReadyDatabase.open(folder);
            var pool = database.pool();
            pool.setMinimumIdle(10);
            pool.getHikariPoolMXBean().softEvictConnections();
            database.close();
            // Throws if somebody in this process has a lock on it.
            try (var channel = FileChannel.open(folder.resolve(Database.FILE), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                assertNotNull(lock, "another process has it");
            }
        }
    }
}
