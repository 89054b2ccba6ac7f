package org.rollcall.store;

import java.util.Optional;

/// Where the end of the audit chain is written outside of the data folder, and how that goes.
public final class AnchorStore {
    private static final String FILE = "audit.anchor";
    private static final String WRITTEN = "audit.anchor.written";
    private static final String FAILURE = "audit.anchor.failure";

    private final Database database;
    private final SettingStore settings;

    public AnchorStore(Database database) {
        this.database = database;
        this.settings = new SettingStore(database);
    }

    /// The file; empty: there is none.
    public Optional<String> file() {
        return settings.get(FILE);
    }

    /// The number of the event that was written there last, 0 before the first.
    public long written() {
        return settings.get(WRITTEN).map(Long::parseLong).orElse(0L);
    }

    /// Why it could not be written the last time, with what to do; empty: it could.
    public Optional<String> failure() {
        return settings.get(FAILURE);
    }

    public void set(String file, long written) {
        database.transaction(() -> {
            settings.put(FILE, file);
            settings.put(WRITTEN, Long.toString(written));
            settings.remove(FAILURE);
        });
    }

    public void written(long seq) {
        database.transaction(() -> {
            settings.put(WRITTEN, Long.toString(seq));
            settings.remove(FAILURE);
        });
    }

    public void failed(String why) {
        settings.put(FAILURE, why);
    }

    public void remove() {
        database.transaction(() -> {
            settings.remove(FILE);
            settings.remove(WRITTEN);
            settings.remove(FAILURE);
        });
    }
}
