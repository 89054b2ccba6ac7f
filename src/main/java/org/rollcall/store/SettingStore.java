package org.rollcall.store;

import java.util.Optional;

import static org.rollcall.store.gen.Tables.SETTING;

/// Named settings, text each. What changes people, roles or rules raises the directory's revision here, so that a plan
/// made before is known to be out of date.
public final class SettingStore {
    private static final String REVISION = "directory.revision";

    private final Database database;

    public SettingStore(Database database) {
        this.database = database;
    }

    public Optional<String> get(String name) {
        return database.dsl().select(SETTING.CONTENT).from(SETTING).where(SETTING.NAME.eq(name))
                .fetchOptional(SETTING.CONTENT);
    }

    public void put(String name, String content) {
        database.transaction(() -> {
            database.alone();
            int updated = database.dsl().update(SETTING).set(SETTING.CONTENT, content).where(SETTING.NAME.eq(name))
                    .execute();
            if (updated == 0) {
                database.dsl().insertInto(SETTING).set(SETTING.NAME, name).set(SETTING.CONTENT, content).execute();
            }
        });
    }

    public void remove(String name) {
        database.transaction(() -> {
            database.dsl().deleteFrom(SETTING).where(SETTING.NAME.eq(name)).execute();
        });
    }

    /// How often people, roles or rules have been changed.
    public long directoryRevision() {
        return get(REVISION).map(Long::parseLong).orElse(0L);
    }

    /// To be called in the transaction of the change.
    ///
    /// @return the new revision
    public long raiseDirectoryRevision() {
        return database.transaction(() -> {
            database.alone();
            long next = directoryRevision() + 1;
            put(REVISION, Long.toString(next));
            return next;
        });
    }
}
