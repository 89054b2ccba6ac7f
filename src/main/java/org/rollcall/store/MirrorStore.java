package org.rollcall.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupMembers;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.UserField;
import org.rollcall.store.gen.tables.records.MirrorRecord;

import static org.rollcall.store.gen.Tables.MIRROR;
import static org.rollcall.store.gen.Tables.MIRROR_GROUP;
import static org.rollcall.store.gen.Tables.MIRROR_USER;

/// Reads mirrors for comparison: people, groups and edges in the database's order of ids (unsigned bytes), in chunks, so that
/// memory does not grow with the size of the tenant.
public final class MirrorStore {
    private static final int CHUNK = 2_000;
    private static final FieldColumns<UserField> USER = new FieldColumns<>(UserField.class, MIRROR_USER);
    private static final FieldColumns<GroupField> GROUP = new FieldColumns<>(GroupField.class, MIRROR_GROUP);

    private final Database database;
    private final MemberLists lists;
    private final Clock clock;

    public MirrorStore(Database database, Clock clock) {
        this.database = database;
        this.lists = MemberLists.ofMirrors(database);
        this.clock = clock;
    }

    /// The mirror of a read scope, made if there is none yet.
    ///
    /// @param scope the read scope in canonical form, stored for diagnosis
    public Mirror open(long tenantId, String scopeKey, String scope) {
        return database.transaction(() -> {
            var now = Times.toColumn(clock.instant());
            Condition here = MIRROR.TENANT_ID.eq(tenantId).and(MIRROR.SCOPE_KEY.eq(scopeKey));
            int known = database.dsl().update(MIRROR).set(MIRROR.USED_AT, now).where(here).execute();
            if (known == 0) {
                database.dsl().insertInto(MIRROR, MIRROR.TENANT_ID, MIRROR.SCOPE_KEY, MIRROR.SCOPE, MIRROR.USED_AT)
                        .values(tenantId, scopeKey, scope, now).execute();
            }
            return read(database.dsl().selectFrom(MIRROR).where(here).fetchSingle());
        });
    }

    public Optional<Mirror> find(long tenantId, String scopeKey) {
        return database.dsl().selectFrom(MIRROR).where(MIRROR.TENANT_ID.eq(tenantId), MIRROR.SCOPE_KEY.eq(scopeKey))
                .fetchOptional(MirrorStore::read);
    }

    /// The mirror of the tenant's newest read.
    public Optional<Mirror> newestOf(long tenantId) {
        return database.dsl().selectFrom(MIRROR).where(MIRROR.TENANT_ID.eq(tenantId))
                .orderBy(MIRROR.USED_AT.desc(), MIRROR.ID.desc()).limit(1).fetchOptional(MirrorStore::read);
    }

    /// @throws java.util.NoSuchElementException if it is gone
    public Mirror get(long mirrorId) {
        return database.dsl().selectFrom(MIRROR).where(MIRROR.ID.eq(mirrorId)).fetchOptional(MirrorStore::read)
                .orElseThrow();
    }

    /// Deletes mirrors that no read has used since `time`: their profiles were deleted or have another scope.
    public void dropUnusedSince(Instant time) {
        database.transaction(() -> {
            database.dsl().deleteFrom(MIRROR).where(MIRROR.USED_AT.lt(Times.toColumn(time))).execute();
        });
    }

    /// Marks the beginning of a read: until it completes, absence from the mirror is no evidence.
    public void markIncomplete(long mirrorId) {
        database.dsl().update(MIRROR).set(MIRROR.COMPLETE, false).where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// A full read begins. Returns its generation.
    public int nextGeneration(long mirrorId) {
        return database.transaction(() -> {
            int next = get(mirrorId).generation() + 1;
            database.touched().forgetMirror(mirrorId);
            database.dsl().update(MIRROR).set(MIRROR.GENERATION, next).set(MIRROR.COMPLETE, false)
                    .where(MIRROR.ID.eq(mirrorId)).execute();
            database.dsl().update(MIRROR_GROUP).setNull(MIRROR_GROUP.MEMBERS_LINK)
                    .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), MIRROR_GROUP.MEMBERS_LINK.isNotNull()).execute();
            return next;
        });
    }

    /// @param linksAt by the directory's clock
    public void markComplete(long mirrorId, @Nullable Instant linksAt) {
        database.dsl().update(MIRROR).set(MIRROR.COMPLETE, true)
                .set(MIRROR.COMPLETED_AT, Times.toColumn(clock.instant()))
                .set(MIRROR.LINKS_AT, Times.toColumnOrNull(linksAt))
                .where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// Everything was read just now, as opposed to changes.
    public void markFullyRead(long mirrorId) {
        database.dsl().update(MIRROR).set(MIRROR.FULL_READ_AT, Times.toColumn(clock.instant()))
                .set(MIRROR.FULL_GENERATION, MIRROR.GENERATION)
                .where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// Whether the newest full read came to its end; what is read since are changes.
    public boolean isFullyRead(long mirrorId) {
        return database.dsl().fetchExists(MIRROR, MIRROR.ID.eq(mirrorId),
                MIRROR.FULL_GENERATION.eq(MIRROR.GENERATION));
    }

    /// @param readAt null: ask again at the next read
    public void setMfaState(long mirrorId, String state, @Nullable Instant readAt) {
        database.dsl().update(MIRROR).set(MIRROR.MFA_STATE, state.substring(0, Math.min(200, state.length())))
                .set(MIRROR.MFA_READ_AT, Times.toColumnOrNull(readAt))
                .where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// Makes the next read request the MFA report regardless of its age.
    public void forgetMfaRead(long mirrorId) {
        database.dsl().update(MIRROR).setNull(MIRROR.MFA_READ_AT).where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// The MFA report was read to its end just now.
    public void markMfaKnown(long mirrorId) {
        database.dsl().update(MIRROR).set(MIRROR.MFA_KNOWN_AT, Times.toColumn(clock.instant()))
                .where(MIRROR.ID.eq(mirrorId)).execute();
    }

    /// When a usable MFA report of the tenant was read last, for whatever mirror.
    public Optional<Instant> mfaKnownAt(long tenantId) {
        return Optional.ofNullable(Times.fromColumnOrNull(database.dsl().select(DSL.max(MIRROR.MFA_KNOWN_AT))
                .from(MIRROR).where(MIRROR.TENANT_ID.eq(tenantId)).fetchSingle().value1()));
    }

    /// Version counter of the content of the mirror.
    public long changes(long mirrorId) {
        return database.dsl().select(MIRROR.CHANGES).from(MIRROR).where(MIRROR.ID.eq(mirrorId)).fetchSingle().value1();
    }

    /// Whether the mirror is there and nothing was written into it since [#changes] said so many.
    public boolean isAt(long mirrorId, long changes) {
        return database.dsl().fetchExists(MIRROR, MIRROR.ID.eq(mirrorId), MIRROR.CHANGES.eq(changes));
    }

    public long countUsers(long mirrorId) {
        return database.dsl().fetchCount(MIRROR_USER, MIRROR_USER.MIRROR_ID.eq(mirrorId));
    }

    /// People whom the full read of this generation, or a change since, told of.
    public long countUsersOf(long mirrorId, int generation) {
        return database.dsl().fetchCount(MIRROR_USER, MIRROR_USER.MIRROR_ID.eq(mirrorId),
                MIRROR_USER.GENERATION.ge(generation));
    }

    public long countGroupsOf(long mirrorId, int generation) {
        return database.dsl().fetchCount(MIRROR_GROUP, MIRROR_GROUP.MIRROR_ID.eq(mirrorId),
                MIRROR_GROUP.GENERATION.ge(generation));
    }

    public long countGroups(long mirrorId) {
        return database.dsl().fetchCount(MIRROR_GROUP, MIRROR_GROUP.MIRROR_ID.eq(mirrorId));
    }

    public long countEdges(long mirrorId) {
        return lists.count(mirrorId);
    }

    /// The groups with this display name or mail address; letter case and blanks around it do not count.
    public Set<UUID> groupsCalled(long mirrorId, String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId))
                .and(DSL.lower(DSL.trim(MIRROR_GROUP.DISPLAY_NAME)).eq(wanted)
                        .or(DSL.lower(MIRROR_GROUP.MAIL).eq(wanted)))
                .fetchSet(MIRROR_GROUP.OBJECT_ID);
    }

    /// Whether a person has this user principal name. A mail address is none of theirs alone: it may be the user principal
    /// name that somebody else has by now.
    public boolean personIsCalled(long mirrorId, UUID id, String name) {
        return database.dsl().select(MIRROR_USER.USER_PRINCIPAL_NAME).from(MIRROR_USER)
                .where(MIRROR_USER.MIRROR_ID.eq(mirrorId), MIRROR_USER.OBJECT_ID.eq(id))
                .fetch(row -> name.strip().equalsIgnoreCase(row.value1())).contains(true);
    }

    /// Those of the groups that are there.
    public Set<UUID> groupsAmong(long mirrorId, Collection<UUID> ids) {
        var found = new HashSet<UUID>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            found.addAll(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk))
                    .fetch(MIRROR_GROUP.OBJECT_ID));
        }
        return found;
    }

    public void forEachUser(long mirrorId, Consumer<MirrorPerson> sink) {
        users(mirrorId).forEachRemaining(sink);
    }

    /// Those of these people who are there.
    ///
    /// @param ids in the order of the database
    public void forEachUser(long mirrorId, List<UUID> ids, Consumer<MirrorPerson> sink) {
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().select(MIRROR_USER.OBJECT_ID, MIRROR_USER.MFA).select(USER.columns()).from(MIRROR_USER)
                    .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk))
                    .orderBy(MIRROR_USER.OBJECT_ID).fetch(MirrorStore::readUser).forEach(sink);
        }
    }

    /// The ids of everybody.
    public void forEachUserId(long mirrorId, Consumer<UUID> sink) {
        database.walk(database.dsl().select(MIRROR_USER.OBJECT_ID).from(MIRROR_USER)
                .where(MIRROR_USER.MIRROR_ID.eq(mirrorId)).orderBy(MIRROR_USER.MIRROR_ID, MIRROR_USER.OBJECT_ID),
                row -> sink.accept(row.value1()));
    }

    public void forEachGroup(long mirrorId, Consumer<MirrorGroup> sink) {
        groups(mirrorId).forEachRemaining(sink);
    }

    /// Direct members, by group; members that are not in the mirror themselves included.
    public Iterator<GroupMembers> members(long mirrorId) {
        return lists.groups(mirrorId);
    }

    /// The numbers that stand for these objects in [#members], of those that have one.
    public int[] numbers(long mirrorId, Collection<UUID> ids) {
        return Arrays.stream(database.numbers().of(get(mirrorId).tenantId(), ids))
                .filter(number -> number != ObjectNumbers.NONE).toArray();
    }

    public void forEachEdge(long mirrorId, Consumer<Membership> sink) {
        edges(mirrorId).forEachRemaining(sink);
    }

    /// People by id. Between two chunks no statement is open.
    public Iterator<MirrorPerson> users(long mirrorId) {
        return new Chunked<>(CHUNK, last -> database.dsl().select(MIRROR_USER.OBJECT_ID, MIRROR_USER.MFA)
                .select(USER.columns())
                .from(MIRROR_USER)
                .where(MIRROR_USER.MIRROR_ID.eq(mirrorId))
                .and(last == null ? DSL.noCondition() : MIRROR_USER.OBJECT_ID.gt(last.id()))
                .orderBy(MIRROR_USER.MIRROR_ID, MIRROR_USER.OBJECT_ID).limit(CHUNK)
                .fetch(MirrorStore::readUser));
    }

    /// Groups by id.
    public Iterator<MirrorGroup> groups(long mirrorId) {
        return new Chunked<>(CHUNK, last -> database.dsl().select(MIRROR_GROUP.OBJECT_ID).select(GROUP.columns())
                .from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId))
                .and(last == null ? DSL.noCondition() : MIRROR_GROUP.OBJECT_ID.gt(last.id()))
                .orderBy(MIRROR_GROUP.MIRROR_ID, MIRROR_GROUP.OBJECT_ID).limit(CHUNK)
                .fetch(row -> new MirrorGroup(row.get(MIRROR_GROUP.OBJECT_ID), GROUP.read(row, 1))));
    }

    /// Those direct memberships that may be of groups, in any order: where Entra gives no type, the id has to tell.
    public List<Membership> nesting(long mirrorId) {
        long tenantId = get(mirrorId).tenantId();
        var found = new ArrayList<Membership>();
        for (MemberType type : List.of(MemberType.GROUP, MemberType.UNKNOWN)) {
            lists.all(mirrorId, tenantId, type).forEach(
                    (group, members) -> members.forEach(each -> found.add(new Membership(group, each, type))));
        }
        return found;
    }

    /// Direct memberships by group, then member; members that are not in the mirror themselves included.
    public Iterator<Membership> edges(long mirrorId) {
        return lists.memberships(mirrorId, get(mirrorId).tenantId());
    }

    static MirrorPerson readUser(Record row) {
        String mfa = row.get(MIRROR_USER.MFA);
        return new MirrorPerson(row.get(MIRROR_USER.OBJECT_ID),
                mfa == null ? MfaState.UNKNOWN : MfaState.valueOf(mfa), USER.read(row, 2));
    }

    private static Mirror read(MirrorRecord row) {
        return new Mirror(row.getId(), row.getTenantId(), row.getScopeKey(), row.getGeneration(), row.getComplete(),
                Times.fromColumnOrNull(row.getCompletedAt()), Times.fromColumnOrNull(row.getLinksAt()),
                Times.fromColumnOrNull(row.getMfaReadAt()), row.getMfaState(),
                Times.fromColumnOrNull(row.getMfaKnownAt()), Times.fromColumnOrNull(row.getFullReadAt()));
    }

    /// Rows that are fetched a chunk at a time; each chunk starts behind the last row of the one before.
    private static final class Chunked<T> implements Iterator<T> {
        private final int size;
        private final Function<@Nullable T, List<T>> fetch;
        private List<T> chunk = List.of();
        private int at;
        private @Nullable T last;
        private boolean ended;

        Chunked(int size, Function<@Nullable T, List<T>> fetch) {
            this.size = size;
            this.fetch = fetch;
        }

        @Override
        public boolean hasNext() {
            if (at == chunk.size() && !ended) {
                chunk = fetch.apply(last);
                at = 0;
                ended = chunk.size() < size;
            }
            return at < chunk.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            T row = chunk.get(at++);
            last = row;
            return row;
        }
    }

    /// Ids as `select` gives them; for tables of ids that fit in memory.
    static List<UUID> ids(org.jooq.Select<? extends org.jooq.Record1<UUID>> select) {
        return select.fetch(0, UUID.class);
    }
}
