package org.rollcall.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.BackupState;

/// How it stands with the backups that are made by themselves.
public final class BackupStateStore {
    private static final String DAILY = "backup.daily";
    private static final String MADE = "backup.made";
    private static final String TRIED = "backup.tried";
    private static final String FAILURE = "backup.failure";
    private static final String OFF = "off";

    private final Database database;
    private final SettingStore settings;

    public BackupStateStore(Database database) {
        this.database = database;
        this.settings = new SettingStore(database);
    }

    public BackupState get() {
        return new BackupState(!OFF.equals(settings.get(DAILY).orElse("")), time(MADE), time(TRIED),
                settings.get(FAILURE).filter(text -> !text.isEmpty()).orElse(null));
    }

    private @Nullable Instant time(String name) {
        return settings.get(name).map(Instant::parse).orElse(null);
    }

    public void setDaily(boolean daily) {
        settings.put(DAILY, daily ? "on" : OFF);
    }

    public void made(Instant at) {
        database.transaction(() -> {
            settings.put(MADE, at.toString());
            settings.put(TRIED, at.toString());
            settings.put(FAILURE, "");
        });
    }

    /// @param why with what to do
    public void failed(Instant at, String why) {
        database.transaction(() -> {
            settings.put(TRIED, at.toString());
            settings.put(FAILURE, why);
        });
    }
}
