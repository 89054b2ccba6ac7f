package org.rollcall.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.NotifyChannel;

import static org.rollcall.store.gen.Tables.NOTIFICATION_CHANNEL;
import static org.rollcall.store.gen.Tables.NOTIFICATION_TOLD;

/// Where notifications go, and what was told there last about each matter.
public final class NotificationStore {
    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    /// The oldest first.
    public List<NotifyChannel> list() {
        return database.dsl().selectFrom(NOTIFICATION_CHANNEL).orderBy(NOTIFICATION_CHANNEL.ID)
                .fetch(NotificationStore::read);
    }

    public Optional<NotifyChannel> byId(long id) {
        return database.dsl().selectFrom(NOTIFICATION_CHANNEL).where(NOTIFICATION_CHANNEL.ID.eq(id))
                .fetchOptional(NotificationStore::read);
    }

    public NotifyChannel insert(NotifyChannel.Settings settings, String createdBy, Instant now) {
        return database.transaction(() -> database.dsl().insertInto(NOTIFICATION_CHANNEL)
                .set(NOTIFICATION_CHANNEL.KIND, settings.kind().name())
                .set(NOTIFICATION_CHANNEL.SETTINGS, Json.write(settings))
                .set(NOTIFICATION_CHANNEL.CREATED_BY, createdBy)
                .set(NOTIFICATION_CHANNEL.CREATED_AT, Times.toColumn(now)).returning()
                .fetchSingle(NotificationStore::read));
    }

    /// @param sealed as the vault made it
    public void setSealed(long id, byte[] sealed) {
        database.transaction(() -> database.dsl().update(NOTIFICATION_CHANNEL).set(NOTIFICATION_CHANNEL.SEALED, sealed)
                .where(NOTIFICATION_CHANNEL.ID.eq(id)).execute());
    }

    public Optional<byte[]> sealed(long id) {
        return database.dsl().select(NOTIFICATION_CHANNEL.SEALED).from(NOTIFICATION_CHANNEL)
                .where(NOTIFICATION_CHANNEL.ID.eq(id)).fetchOptional(NOTIFICATION_CHANNEL.SEALED);
    }

    public void delete(long id) {
        database.transaction(() -> database.dsl().deleteFrom(NOTIFICATION_CHANNEL)
                .where(NOTIFICATION_CHANNEL.ID.eq(id)).execute());
    }

    public void sent(long id, Instant now) {
        database.transaction(() -> database.dsl().update(NOTIFICATION_CHANNEL)
                .set(NOTIFICATION_CHANNEL.LAST_SENT_AT, Times.toColumn(now)).setNull(NOTIFICATION_CHANNEL.LAST_ERROR)
                .where(NOTIFICATION_CHANNEL.ID.eq(id)).execute());
    }

    public void failed(long id, String error) {
        database.transaction(() -> database.dsl().update(NOTIFICATION_CHANNEL)
                .set(NOTIFICATION_CHANNEL.LAST_ERROR, error).where(NOTIFICATION_CHANNEL.ID.eq(id)).execute());
    }

    /// The fingerprints that were told last, by matter.
    public Map<String, String> told(long id) {
        return new LinkedHashMap<>(database.dsl().selectFrom(NOTIFICATION_TOLD)
                .where(NOTIFICATION_TOLD.CHANNEL_ID.eq(id)).orderBy(NOTIFICATION_TOLD.MATTER)
                .fetchMap(NOTIFICATION_TOLD.MATTER, NOTIFICATION_TOLD.FINGERPRINT));
    }

    /// @param fingerprint null: there is nothing more to say about it
    public void setTold(long id, String matter, @Nullable String fingerprint, Instant now) {
        database.transaction(() -> {
            database.dsl().deleteFrom(NOTIFICATION_TOLD)
                    .where(NOTIFICATION_TOLD.CHANNEL_ID.eq(id), NOTIFICATION_TOLD.MATTER.eq(matter)).execute();
            if (fingerprint != null && byId(id).isPresent()) {
                database.dsl().insertInto(NOTIFICATION_TOLD).set(NOTIFICATION_TOLD.CHANNEL_ID, id)
                        .set(NOTIFICATION_TOLD.MATTER, matter).set(NOTIFICATION_TOLD.FINGERPRINT, fingerprint)
                        .set(NOTIFICATION_TOLD.TOLD_AT, Times.toColumn(now)).execute();
            }
        });
    }

    private static NotifyChannel read(Record row) {
        return new NotifyChannel(row.get(NOTIFICATION_CHANNEL.ID),
                Json.read(row.get(NOTIFICATION_CHANNEL.SETTINGS), NotifyChannel.Settings.class),
                Times.fromColumnOrNull(row.get(NOTIFICATION_CHANNEL.LAST_SENT_AT)),
                row.get(NOTIFICATION_CHANNEL.LAST_ERROR), row.get(NOTIFICATION_CHANNEL.CREATED_BY),
                Times.fromColumn(row.get(NOTIFICATION_CHANNEL.CREATED_AT)));
    }
}
