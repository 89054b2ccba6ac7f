package org.rollcall.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An empty database with every migration made, for tests that are about what comes after: it is made once and copied,
/// since Flyway takes longer than most of them.
public final class ReadyDatabase {
    private static final byte[] FILE = make();

    private ReadyDatabase() {}

    private static byte[] make() {
        try {
            Path folder = Files.createTempDirectory("rollcall-ready");
            Path file = folder.resolve(Database.FILE);
            try {
                Database.open(folder).close();
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder.resolve(DataFolder.LOCK));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the file into a folder that has none.
    public static void copyTo(Path folder) {
        try {
            Files.write(folder.resolve(Database.FILE), FILE, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [Database#open].
    public static Database open(Path folder) {
        if (!Files.exists(folder.resolve(Database.FILE))) {
            copyTo(folder);
        }
        return Database.open(folder);
    }
}
