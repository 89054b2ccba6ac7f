package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Turns what a database throws into words for a person.
final class StorageErrors {
    /// The code for a connection that is gone: its host has closed the database, or died.
    static final String LOST = "storage.lost";

    private StorageErrors() {}

    static RollcallException newerVersion() {
        return new RollcallException(ErrorKind.STORAGE, "storage.newer-version",
                Words.of("store.storage.newer-version"), Words.of("store.storage.newer-version.remedy"));
    }

    static RollcallException otherVersion() {
        return new RollcallException(ErrorKind.STORAGE, "storage.in-use",
                Words.of("store.storage.in-use"), Words.of("store.storage.in-use.remedy"));
    }

    /// @param how "is missing", "is empty"
    static RollcallException dataMissing(Path file, Words how) {
        return new RollcallException(ErrorKind.STORAGE, "storage.data-missing",
                Words.of("store.storage.data-missing", file, how),
                Words.of("store.storage.data-missing.remedy"));
    }

    static RollcallException noData() {
        return new RollcallException(ErrorKind.STORAGE, "storage.data-missing",
                Words.of("store.storage.data-missing.storageErrors", Database.FILE),
                Words.of("store.storage.data-missing.storageErrors.remedy"));
    }

    static RollcallException translate(Throwable thrown) {
        String all = chain(thrown);
        if (thrown instanceof RollcallException known) {
            return known;
        }
        if (all.contains("No space left") || all.contains("not enough space")) {
            return storage("storage.disk-full", Words.of("store.storage.disk-full"),
                    Words.of("store.storage.disk-full.remedy"), thrown);
        }
        if (all.contains("[50200") || all.contains("[40001") || all.contains("[90131")) {
            return new RollcallException(ErrorKind.CONFLICT, "storage.busy",
                    Words.of("store.storage.busy"), Words.of("store.storage.busy.remedy"),
                    Map.of(), thrown);
        }
        if (all.contains("[90067") || all.contains("[90098") || all.contains("[90121") || all.contains("[90007")) {
            return storage(LOST, Words.of("store.storageErrors.translate"),
                    Words.of("store.storageErrors.translate.remedy"), thrown);
        }
        if (all.contains("[90020") || all.contains("may be already in use") || all.contains("already in use by")) {
            return storage("storage.in-use", Words.of("store.storage.in-use.storageErrors"),
                    Words.of("store.storage.in-use.storageErrors.remedy"), thrown)
                    .onCommandLine(Words.of("store.storage.in-use.remedy.cli"));
        }
        if (all.contains("[90097") || all.contains("read only") || all.contains("Read-only file system")
                || all.contains("AccessDeniedException") || all.contains("Permission denied")) {
            return storage("storage.read-only", Words.of("store.storage.read-only.storageErrors"),
                    Words.of("store.storage.read-only.remedy"), thrown)
                    .onCommandLine(Words.of("store.storage.read-only.remedy.cli"));
        }
        if (all.contains("[90030") || all.contains("corrupt")) {
            return storage("storage.damaged", Words.of("store.storage.damaged.storageErrors"),
                    Words.of("store.storage.damaged.remedy"), thrown);
        }
        if (all.contains("[90048") || all.contains("Unsupported database file version")
                || all.contains("The write format")) {
            return storage("storage.newer-version", Words.of("store.storage.newer-version.storageErrors"),
                    Words.of("store.storage.newer-version.remedy"), thrown);
        }
        return storage("storage.fault", Words.of("store.storage.fault"),
                Words.of("store.storage.fault.remedy"),
                thrown);
    }

    private static RollcallException storage(String code, Words message, Words remedy, Throwable cause) {
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
