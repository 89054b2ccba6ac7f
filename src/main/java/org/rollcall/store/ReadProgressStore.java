package org.rollcall.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import static org.rollcall.store.gen.Tables.MIRROR_GROUP;
import static org.rollcall.store.gen.Tables.READ_STREAM;
import static org.rollcall.store.gen.Tables.READ_TODO;

/// How far the read of a mirror is: the streams with their links, and what is still to be asked for. Saved in the
/// transaction of the rows it speaks of, so that a killed process goes on from its last page.
public final class ReadProgressStore {
    /// What may still have to be asked for.
    public enum Todo {
        USER,
        GROUP,
        /// Groups below a group, through all nesting.
        GROUPS_BELOW,
        /// People below a group, through all nesting.
        PEOPLE_BELOW,
        DIRECT_PEOPLE,
        GROUPS_OF_USER,
        GROUPS_OF_GROUP,
        MEMBERS_OF
    }

    /// @param done      read to its end
    /// @param nextLink  where an interrupted enumeration goes on; null: at its start
    /// @param deltaLink what the next read starts from
    /// @param linkAt    when the directory gave the delta link, by its clock
    public record Stream(String name, boolean done, @Nullable String nextLink, @Nullable String deltaLink,
            @Nullable Instant linkAt, long pages, long objects, long requests) {
        public static Stream open(String name, @Nullable String deltaLink, @Nullable Instant linkAt) {
            return new Stream(name, false, null, deltaLink, linkAt, 0, 0, 0);
        }

        /// The same place, counting from zero.
        public Stream recounted() {
            return new Stream(name, done, nextLink, deltaLink, linkAt, 0, 0, 0);
        }
    }

    private static final String OPEN = "OPEN";
    private static final String DONE = "DONE";

    private final Database database;
    private final Clock clock;

    public ReadProgressStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public Optional<Stream> stream(long mirrorId, String name) {
        return streams(mirrorId).stream().filter(stream -> stream.name().equals(name)).findFirst();
    }

    public List<Stream> streams(long mirrorId) {
        return database.dsl().selectFrom(READ_STREAM).where(READ_STREAM.MIRROR_ID.eq(mirrorId))
                .orderBy(READ_STREAM.STREAM)
                .fetch(row -> new Stream(row.getStream(), DONE.equals(row.getState()), row.getNextLink(),
                        row.getDeltaLink(), Times.fromColumnOrNull(row.getLinkAt()), row.getPages(), row.getObjects(),
                        row.getRequests()));
    }

    public void save(long mirrorId, Stream stream) {
        int known = database.dsl().update(READ_STREAM)
                .set(READ_STREAM.STATE, stream.done() ? DONE : OPEN)
                .set(READ_STREAM.NEXT_LINK, stream.nextLink())
                .set(READ_STREAM.DELTA_LINK, stream.deltaLink())
                .set(READ_STREAM.LINK_AT, Times.toColumnOrNull(stream.linkAt()))
                .set(READ_STREAM.PAGES, stream.pages())
                .set(READ_STREAM.OBJECTS, stream.objects())
                .set(READ_STREAM.REQUESTS, stream.requests())
                .set(READ_STREAM.UPDATED_AT, Times.toColumn(clock.instant()))
                .where(READ_STREAM.MIRROR_ID.eq(mirrorId), READ_STREAM.STREAM.eq(stream.name())).execute();
        if (known == 0) {
            database.dsl().insertInto(READ_STREAM, READ_STREAM.MIRROR_ID, READ_STREAM.STREAM, READ_STREAM.STATE,
                    READ_STREAM.NEXT_LINK, READ_STREAM.DELTA_LINK, READ_STREAM.LINK_AT, READ_STREAM.PAGES,
                    READ_STREAM.OBJECTS, READ_STREAM.REQUESTS, READ_STREAM.UPDATED_AT)
                    .values(mirrorId, stream.name(), stream.done() ? DONE : OPEN, stream.nextLink(),
                            stream.deltaLink(), Times.toColumnOrNull(stream.linkAt()), stream.pages(),
                            stream.objects(), stream.requests(), Times.toColumn(clock.instant()))
                    .execute();
        }
    }

    /// Forgets streams and todos: a full read begins.
    public void clear(long mirrorId) {
        database.dsl().deleteFrom(READ_STREAM).where(READ_STREAM.MIRROR_ID.eq(mirrorId)).execute();
        database.dsl().deleteFrom(READ_TODO).where(READ_TODO.MIRROR_ID.eq(mirrorId)).execute();
    }

    /// Forgets how far every read has come: the links are old, and every next read is a full one.
    public void forgetAll() {
        database.transaction(() -> {
            database.dsl().deleteFrom(READ_STREAM).execute();
            database.dsl().deleteFrom(READ_TODO).execute();
        });
    }

    /// All that is to be asked for, by kind.
    public Map<Todo, List<UUID>> todos(long mirrorId) {
        var result = new EnumMap<Todo, List<UUID>>(Todo.class);
        database.dsl().select(READ_TODO.KIND, READ_TODO.OBJECT_ID).from(READ_TODO)
                .where(READ_TODO.MIRROR_ID.eq(mirrorId)).orderBy(READ_TODO.KIND, READ_TODO.OBJECT_ID)
                .forEach(row -> result.computeIfAbsent(Todo.valueOf(row.value1()), kind -> new ArrayList<>())
                        .add(row.value2()));
        return result;
    }

    /// Adds what is not there yet.
    public void add(long mirrorId, Todo kind, Collection<UUID> ids) {
        for (List<UUID> chunk : Chunks.of(ids)) {
            var missing = new java.util.LinkedHashSet<>(chunk);
            missing.removeAll(database.dsl().select(READ_TODO.OBJECT_ID).from(READ_TODO)
                    .where(about(mirrorId, kind, chunk))
                    .fetch(READ_TODO.OBJECT_ID));
            var insert = database.dsl().insertInto(READ_TODO, READ_TODO.MIRROR_ID, READ_TODO.KIND,
                    READ_TODO.OBJECT_ID);
            for (UUID id : missing) {
                insert = insert.values(mirrorId, kind.name(), id);
            }
            if (!missing.isEmpty()) {
                insert.execute();
            }
        }
    }

    /// Adds [Todo#MEMBERS_OF] for each group in the mirror whose members were not read in this generation yet.
    public void addMembersOfUnreadGroups(long mirrorId, int generation) {
        add(mirrorId, Todo.MEMBERS_OF, MirrorStore.ids(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), MIRROR_GROUP.GENERATION.eq(generation),
                        MIRROR_GROUP.MEMBERS_GENERATION.lt(generation))));
    }

    /// Those of `groups` whose members were not read in this generation yet.
    public List<UUID> membersUnread(long mirrorId, int generation, Collection<UUID> groups) {
        var result = new ArrayList<UUID>();
        for (List<UUID> chunk : Chunks.of(groups)) {
            result.addAll(MirrorStore.ids(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk),
                            MIRROR_GROUP.MEMBERS_GENERATION.lt(generation))));
        }
        return result;
    }

    /// Adds [Todo#MEMBERS_OF] for those of `groups` that are in the mirror.
    public void addMembersOfKnown(long mirrorId, Collection<UUID> groups) {
        for (List<UUID> chunk : Chunks.of(groups)) {
            add(mirrorId, Todo.MEMBERS_OF, MirrorStore.ids(database.dsl().select(MIRROR_GROUP.OBJECT_ID)
                    .from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk))));
        }
    }

    /// Where asking for the members of more groups at once costs less than asking which groups to ask for: replaces the
    /// questions of that sort by [Todo#MEMBERS_OF] for all groups.
    public void preferAllMembers(long mirrorId) {
        var kinds = List.of(Todo.GROUPS_OF_USER.name(), Todo.GROUPS_OF_GROUP.name());
        var asked = READ_TODO.MIRROR_ID.eq(mirrorId).and(READ_TODO.KIND.in(kinds));
        int questions = database.dsl().fetchCount(READ_TODO, asked);
        if (questions == 0) {
            return;
        }
        int groups = database.dsl().fetchCount(MIRROR_GROUP, MIRROR_GROUP.MIRROR_ID.eq(mirrorId));
        boolean cheaper = groups == 0;
        if (questions > 20 && questions > groups) {
            long edges = MemberLists.ofMirrors(database).count(mirrorId);
            // A batch holds 20 questions, a page 999 members.
            cheaper = questions / 20 > groups / 20 + edges / 999;
        }
        if (cheaper) {
            database.dsl().deleteFrom(READ_TODO).where(asked).execute();
            add(mirrorId, Todo.MEMBERS_OF, MirrorStore.ids(database.dsl().select(MIRROR_GROUP.OBJECT_ID)
                    .from(MIRROR_GROUP).where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId))));
        }
    }

    /// Forgets what was to be asked of that kind about these.
    public void remove(long mirrorId, Todo kind, Collection<UUID> ids) {
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().deleteFrom(READ_TODO).where(about(mirrorId, kind, chunk)).execute();
        }
    }

    /// Forgets whatever was to be asked about these.
    public void removeAll(long mirrorId, Collection<UUID> ids) {
        for (List<UUID> chunk : Chunks.of(ids)) {
            for (Todo kind : Todo.values()) {
                database.dsl().deleteFrom(READ_TODO).where(about(mirrorId, kind, chunk)).execute();
            }
        }
    }

    /// As [Chunks#pairs], for the three fields of this table's key.
    private static Condition about(long mirrorId, Todo kind, Collection<UUID> ids) {
        return DSL.row(READ_TODO.MIRROR_ID, READ_TODO.KIND, READ_TODO.OBJECT_ID)
                .in(ids.stream().map(id -> DSL.row(mirrorId, kind.name(), id)).toList());
    }

    /// Links of enumerations of groups that were cut off.
    public Map<UUID, String> links(long mirrorId) {
        return database.dsl().select(MIRROR_GROUP.OBJECT_ID, MIRROR_GROUP.MEMBERS_LINK).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), MIRROR_GROUP.MEMBERS_LINK.isNotNull())
                .fetchMap(MIRROR_GROUP.OBJECT_ID, MIRROR_GROUP.MEMBERS_LINK);
    }

    public void setLink(long mirrorId, UUID group, @Nullable String link) {
        database.dsl().update(MIRROR_GROUP).set(MIRROR_GROUP.MEMBERS_LINK, link)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), MIRROR_GROUP.OBJECT_ID.eq(group)).execute();
    }

    /// The members of these groups are known to the last one, or may not be asked for.
    public void setMembersRead(long mirrorId, int generation, Collection<UUID> groups) {
        for (List<UUID> chunk : Chunks.of(groups)) {
            database.dsl().update(MIRROR_GROUP).set(MIRROR_GROUP.MEMBERS_GENERATION, generation)
                    .set(MIRROR_GROUP.MEMBERS_LINK, DSL.val((String) null, MIRROR_GROUP.MEMBERS_LINK))
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk)).execute();
        }
    }
}
