package org.rollcall.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.UserStatus;
import org.rollcall.store.gen.tables.DirectoryUser;

import static org.rollcall.store.gen.Tables.DIRECTORY_USER;
import static org.rollcall.store.gen.Tables.FORMER_IDENTITY;
import static org.rollcall.store.gen.Tables.RUN;

/// Deletes people for good who have long been removed.
///
/// With their rows go their roles, their own rows of the past, what runs changed about them and their places in what runs
/// changed about memberships. The audit log stays as it is: it says what was done and by whom, and a single event less would
/// break its chain. Its events about somebody hold their name and their id here, and nothing of what Entra said of them.
public final class PurgeStore {
    /// Whoever has an object id now.
    private static final DirectoryUser HOLDER = DIRECTORY_USER.as("holder");

    private final Database database;
    private final PeopleCounts counts;
    private final ChangeStore changes;
    private final PastLog past;

    public PurgeStore(Database database, Clock clock) {
        this.database = database;
        this.counts = new PeopleCounts(database);
        this.changes = new ChangeStore(database);
        this.past = new PastLog(database, clock);
    }

    /// The ids of imported people who have been REMOVED since then or longer.
    public List<Long> removedSince(Instant moment) {
        var at = Times.toColumn(moment);
        var ids = new ArrayList<>(database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.STATUS.eq(UserStatus.REMOVED.name()), DIRECTORY_USER.REMOVED_AT.le(at),
                        DIRECTORY_USER.TENANT_ID.isNotNull())
                .fetch(DIRECTORY_USER.ID));
        // Nobody noted when: since their last change at the latest. Only who is removed has a former name.
        ids.addAll(database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                .where(DIRECTORY_USER.FORMER_KEY.ge(""), DIRECTORY_USER.STATUS.eq(UserStatus.REMOVED.name()),
                        DIRECTORY_USER.REMOVED_AT.isNull(),
                        DIRECTORY_USER.CHANGED_AT.le(at), DIRECTORY_USER.TENANT_ID.isNotNull())
                .fetch(DIRECTORY_USER.ID));
        ids.sort(null);
        return ids;
    }

    /// Deletes these people, who are imported and REMOVED.
    public void purge(Collection<Long> ids) {
        database.transaction(() -> {
            database.peopleChanged(ids, PeopleLog.Part.NAMES);
            var objects = new HashMap<Long, List<UUID>>();
            var since = new HashMap<Long, @Nullable Instant>();
            for (List<Long> chunk : Chunks.of(ids)) {
                database.dsl().select(DIRECTORY_USER.ID, DIRECTORY_USER.TENANT_ID, DIRECTORY_USER.OBJECT_ID,
                        RUN.ENDED_AT).from(DIRECTORY_USER).leftJoin(RUN).on(RUN.ID.eq(DIRECTORY_USER.FIRST_RUN_ID))
                        .where(Chunks.anyOf(DIRECTORY_USER.ID, chunk)).forEach(row -> {
                            objects.computeIfAbsent(row.value2(), _ -> new ArrayList<>()).add(row.value3());
                            since.put(row.value1(), Times.fromColumnOrNull(row.value4()));
                        });
                // An account that was restored in Entra has its object id back, and with it claims and history of its own.
                database.dsl().select(DIRECTORY_USER.TENANT_ID, FORMER_IDENTITY.OBJECT_ID).from(FORMER_IDENTITY)
                        .join(DIRECTORY_USER).on(DIRECTORY_USER.ID.eq(FORMER_IDENTITY.USER_ID))
                        .leftJoin(HOLDER).on(HOLDER.TENANT_ID.eq(DIRECTORY_USER.TENANT_ID),
                                HOLDER.OBJECT_ID.eq(FORMER_IDENTITY.OBJECT_ID))
                        .where(Chunks.anyOf(FORMER_IDENTITY.USER_ID, chunk), HOLDER.ID.isNull())
                        .forEach(row -> objects.computeIfAbsent(row.value1(), _ -> new ArrayList<>())
                                .add(row.value2()));
            }
            past.purged(since, formerRows(ids));
            objects.forEach((tenant, some) -> {
                database.touched().people(tenant, some);
                changes.forget(tenant, some);
                JdbcBatch.run(database, "delete from profile_object where object_id = ? and profile_id in"
                        + " (select id from import_profile where tenant_id = ?)", some, (statement, id) -> {
                            statement.setObject(1, id);
                            statement.setLong(2, tenant);
                        });
            });
            counts.changing(ids, () -> {
                for (List<Long> chunk : Chunks.of(ids)) {
                    database.dsl().deleteFrom(DIRECTORY_USER).where(Chunks.anyOf(DIRECTORY_USER.ID, chunk),
                            DIRECTORY_USER.STATUS.eq(UserStatus.REMOVED.name())).execute();
                }
            });
        });
    }

    /// Rows that went when people were linked.
    private List<Long> formerRows(Collection<Long> ids) {
        var rows = new ArrayList<Long>();
        for (List<Long> chunk : Chunks.of(ids)) {
            rows.addAll(database.dsl().select(FORMER_IDENTITY.ROW_ID).from(FORMER_IDENTITY)
                    .where(Chunks.anyOf(FORMER_IDENTITY.USER_ID, chunk)).fetch(FORMER_IDENTITY.ROW_ID));
        }
        return rows;
    }
}
