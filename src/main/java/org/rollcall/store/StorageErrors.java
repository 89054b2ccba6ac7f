package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Turns what a database throws into words for a person.
final class StorageErrors {
    /// The code for a connection that is gone: its host has closed the database, or died.
    static final String LOST = "storage.lost";

    private StorageErrors() {}

    static RollcallException newerVersion() {
        return new RollcallException(ErrorKind.STORAGE, "storage.newer-version",
                "the data folder was written by a newer version of Rollcall", "install that version or a later one");
    }

    static RollcallException otherVersion() {
        return new RollcallException(ErrorKind.STORAGE, "storage.in-use",
                "the data folder is in use by another version of Rollcall", "close that one first");
    }

    /// @param how "is missing", "is empty"
    static RollcallException dataMissing(Path file, String how) {
        return new RollcallException(ErrorKind.STORAGE, "storage.data-missing",
                "the database file " + file + " " + how,
                "put the file back, or restore the newest backup into a new data folder");
    }

    static RollcallException noData() {
        return new RollcallException(ErrorKind.STORAGE, "storage.data-missing",
                "the database file " + Database.FILE + " holds no data of Rollcall",
                "put the right file back, or restore the newest backup into a new data folder");
    }

    static RollcallException translate(Throwable thrown) {
        String all = chain(thrown);
        if (thrown instanceof RollcallException known) {
            return known;
        }
        if (all.contains("No space left") || all.contains("not enough space")) {
            return storage("storage.disk-full", "the disk with the data folder is full",
                    "make room there and try again; nothing was changed", thrown);
        }
        if (all.contains("[50200") || all.contains("[40001") || all.contains("[90131")) {
            return new RollcallException(ErrorKind.CONFLICT, "storage.busy",
                    "an import is changing the same people or groups at this moment", "try again when it has finished",
                    Map.of(), thrown);
        }
        if (all.contains("[90067") || all.contains("[90098") || all.contains("[90121") || all.contains("[90007")) {
            return storage(LOST, "the database was closed by another Rollcall that had opened it",
                    "try again; what was going on has changed nothing", thrown);
        }
        if (all.contains("[90020") || all.contains("may be already in use") || all.contains("already in use by")) {
            return storage("storage.in-use", "the data folder is in use by another Rollcall",
                    "close that one first, or start this one with another data folder", thrown)
                    .onCommandLine("close that one first, or name another folder with --home");
        }
        if (all.contains("[90097") || all.contains("read only") || all.contains("Read-only file system")
                || all.contains("AccessDeniedException") || all.contains("Permission denied")) {
            return storage("storage.read-only", "the data folder cannot be written to",
                    "give yourself the right to write there, or start Rollcall with another data folder", thrown)
                    .onCommandLine("give yourself the right to write there, or name another folder with --home");
        }
        if (all.contains("[90030") || all.contains("corrupt")) {
            return storage("storage.damaged", "the database file is damaged", "restore the newest backup", thrown);
        }
        if (all.contains("[90048") || all.contains("Unsupported database file version")
                || all.contains("The write format")) {
            return storage("storage.newer-version", "the database file was written by a newer version of Rollcall",
                    "install that version or a later one", thrown);
        }
        return storage("storage.fault", "the database reports a fault",
                "look at the log for the details and try again",
                thrown);
    }

    private static RollcallException storage(String code, String message, String remedy, Throwable cause) {
        return new RollcallException(ErrorKind.STORAGE, code, message, remedy, Map.of(), cause);
    }

    private static String chain(@Nullable Throwable thrown) {
        var text = new StringBuilder();
        for (Throwable t = thrown; t != null && text.length() < 20_000; t = t.getCause()) {
            text.append(t.getClass().getSimpleName()).append(": ").append(t.getMessage()).append('\n');
            if (t instanceof IOException io && io.getSuppressed().length > 0) {
                text.append(io.getSuppressed()[0].getMessage());
            }
        }
        return text.toString();
    }
}
