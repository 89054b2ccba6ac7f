package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MfaState;
import org.rollcall.domain.UserField;

import static org.rollcall.store.gen.Tables.MIRROR;
import static org.rollcall.store.gen.Tables.MIRROR_GROUP;
import static org.rollcall.store.gen.Tables.MIRROR_USER;

/// Writes pages of a read into a mirror. All writes are idempotent, since pages are repeated after a kill or a retry. Callers
/// set the transaction boundaries. Every change that a plan could see increments the mirror's version in the same transaction,
/// see [MirrorStore#changes]; marking an unchanged object as seen does not.
///
/// The upserts are plain JDBC batches, since they are the hot path of a first read. This is the one place where the SQL for H2
/// (`merge ... key`) and PostgreSQL (`on conflict`) differs.
public final class MirrorRows {
    private static final FieldColumns<UserField> USER = new FieldColumns<>(UserField.class, MIRROR_USER);
    private static final FieldColumns<GroupField> GROUP = new FieldColumns<>(GroupField.class, MIRROR_GROUP);

    private final Database database;
    private final String userSql;
    private final String groupSql;
    private final MemberLists lists;
    private final Map<Long, Long> tenants = new ConcurrentHashMap<>();

    public MirrorRows(Database database) {
        this.database = database;
        this.userSql = upsert("mirror_user", List.of("mirror_id", "object_id"),
                names("generation", USER.columns()));
        this.groupSql = upsert("mirror_group", List.of("mirror_id", "object_id"),
                names("generation", GROUP.columns()));
        this.lists = MemberLists.ofMirrors(database);
    }

    /// Inserts people or replaces all their attributes.
    public void putUsers(long mirrorId, int generation, Map<UUID, Attributes<UserField>> users) {
        put(userSql, mirrorId, generation, users, USER, () -> Touched.ofPeople(users.keySet()));
    }

    public void putGroups(long mirrorId, int generation, Map<UUID, Attributes<GroupField>> groups) {
        put(groupSql, mirrorId, generation, groups, GROUP, () -> touchedGroups(mirrorId, groups.keySet()));
    }

    /// Marks people as seen whose id alone is visible; known attributes are kept.
    public void touchUsers(long mirrorId, int generation, Collection<UUID> ids) {
        var unknown = new HashSet<>(ids);
        for (List<UUID> chunk : Chunks.of(ids)) {
            unknown.removeAll(database.dsl().select(MIRROR_USER.OBJECT_ID).from(MIRROR_USER)
                    .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk))
                    .fetch(MIRROR_USER.OBJECT_ID));
            database.dsl().update(MIRROR_USER).set(MIRROR_USER.GENERATION, generation)
                    .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk)).execute();
        }
        putUsers(mirrorId, generation, empty(unknown, UserField.class));
    }

    public void touchGroups(long mirrorId, int generation, Collection<UUID> ids) {
        var unknown = new HashSet<>(ids);
        for (List<UUID> chunk : Chunks.of(ids)) {
            unknown.removeAll(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk))
                    .fetch(MIRROR_GROUP.OBJECT_ID));
            database.dsl().update(MIRROR_GROUP).set(MIRROR_GROUP.GENERATION, generation)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk)).execute();
        }
        putGroups(mirrorId, generation, empty(unknown, GroupField.class));
    }

    /// Assigns numbers to members that have none, in a transaction of their own: storing the memberships then needs no single
    /// writer.
    public void numberMembers(long mirrorId, Collection<UUID> members) {
        database.transactionBesideOthers(() -> {
            database.numbers().make(tenant(mirrorId), members);
        });
    }

    public void putEdges(long mirrorId, int generation, Collection<Membership> edges) {
        changing(mirrorId, edges, () -> touchedBy(edges),
                () -> lists.add(mirrorId, tenant(mirrorId), generation, edges));
    }

    public void removeEdges(long mirrorId, Collection<Membership> edges) {
        changing(mirrorId, edges, () -> touchedBy(edges),
                () -> lists.remove(mirrorId, tenant(mirrorId), edges));
    }

    /// Attributes of those of `ids` that are in the mirror.
    public Map<UUID, Attributes<UserField>> users(long mirrorId, Collection<UUID> ids) {
        var result = new HashMap<UUID, Attributes<UserField>>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().select(MIRROR_USER.OBJECT_ID).select(USER.columns()).from(MIRROR_USER)
                    .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk))
                    .forEach(row -> result.put(row.get(MIRROR_USER.OBJECT_ID), USER.read(row, 1)));
        }
        return result;
    }

    /// The enabled state of those of these people who are in the mirror.
    public Map<UUID, Boolean> enabled(long mirrorId, Collection<UUID> ids) {
        var result = new HashMap<UUID, Boolean>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().select(MIRROR_USER.OBJECT_ID, MIRROR_USER.ACCOUNT_ENABLED).from(MIRROR_USER)
                    .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk))
                    .forEach(row -> result.put(row.value1(), Boolean.TRUE.equals(row.value2())));
        }
        return result;
    }

    public Map<UUID, Attributes<GroupField>> groups(long mirrorId, Collection<UUID> ids) {
        var result = new HashMap<UUID, Attributes<GroupField>>();
        for (List<UUID> chunk : Chunks.of(ids)) {
            database.dsl().select(MIRROR_GROUP.OBJECT_ID).select(GROUP.columns()).from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk))
                    .forEach(row -> result.put(row.get(MIRROR_GROUP.OBJECT_ID), GROUP.read(row, 1)));
        }
        return result;
    }

    /// Deletes people and all their memberships.
    public void removeUsers(long mirrorId, Collection<UUID> ids) {
        changing(mirrorId, ids, () -> Touched.ofPeople(ids), () -> {
            for (List<UUID> chunk : Chunks.of(ids)) {
                database.dsl().deleteFrom(MIRROR_USER)
                        .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk)).execute();
            }
            lists.removeMembers(mirrorId, tenant(mirrorId), ids);
        });
    }

    /// Deletes groups and the edges from and to them.
    public void removeGroups(long mirrorId, Collection<UUID> ids) {
        // The members are logged when the group is pruned.
        changing(mirrorId, ids, () -> Touched.NOTHING, () -> {
            pruneGroups(mirrorId, ids);
            lists.removeMembers(mirrorId, tenant(mirrorId), ids);
        });
    }

    /// Deletes groups that left the scope and their members, but keeps their own memberships.
    public void pruneGroups(long mirrorId, Collection<UUID> ids) {
        changing(mirrorId, ids, () -> touchedIn(mirrorId, ids), () -> {
            for (List<UUID> chunk : Chunks.of(ids)) {
                database.dsl().deleteFrom(MIRROR_GROUP)
                        .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk)).execute();
            }
            lists.removeGroups(mirrorId, ids);
        });
    }

    /// Deletes people who left the scope, but keeps their memberships.
    public void pruneUsers(long mirrorId, Collection<UUID> ids) {
        changing(mirrorId, ids, () -> Touched.ofPeople(ids), () -> {
            for (List<UUID> chunk : Chunks.of(ids)) {
                database.dsl().deleteFrom(MIRROR_USER)
                        .where(Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk)).execute();
            }
        });
    }

    /// Ids of the groups in the mirror whose members the app may not see: `visibility` is `HiddenMembership`.
    /// Source: Graph, permission Member.Read.Hidden.
    public Set<UUID> hiddenGroups(long mirrorId) {
        return Set.copyOf(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), DSL.lower(MIRROR_GROUP.VISIBILITY).eq("hiddenmembership"))
                .fetch(MIRROR_GROUP.OBJECT_ID));
    }

    /// Marks the known members of these groups as seen.
    public void touchMembersOf(long mirrorId, int generation, Collection<UUID> groups) {
        lists.renew(mirrorId, generation, groups);
    }

    /// Deletes objects that the full read of this generation did not see. Only after a complete read.
    public void sweep(long mirrorId, int generation) {
        removeGroups(mirrorId, unseenGroups(mirrorId, generation));
        removeUsers(mirrorId, unseenUsers(mirrorId, generation));
        sweepEdges(mirrorId, generation);
    }

    /// Ids of all people in the mirror.
    public List<UUID> userIds(long mirrorId) {
        return database.dsl().select(MIRROR_USER.OBJECT_ID).from(MIRROR_USER)
                .where(MIRROR_USER.MIRROR_ID.eq(mirrorId)).fetch(MIRROR_USER.OBJECT_ID);
    }

    public List<UUID> groupIds(long mirrorId) {
        return database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId)).fetch(MIRROR_GROUP.OBJECT_ID);
    }

    /// The direct member groups of each group, including groups that are not in the mirror.
    public Map<UUID, List<UUID>> nesting(long mirrorId) {
        return lists.all(mirrorId, tenant(mirrorId), MemberType.GROUP);
    }

    /// The direct member people of these groups.
    public Set<UUID> peopleIn(long mirrorId, Collection<UUID> groups) {
        return Set.of(database.numbers().ids(tenant(mirrorId), lists.members(mirrorId, groups, MemberType.USER)));
    }

    /// The groups with this direct member.
    public Set<UUID> groupsWith(long mirrorId, UUID member) {
        return Set.copyOf(groupsWith(mirrorId, List.of(member)).getOrDefault(member, List.of()));
    }

    /// The same for many members; members of no group are omitted.
    public Map<UUID, List<UUID>> groupsWith(long mirrorId, Collection<UUID> members) {
        return lists.holders(mirrorId, tenant(mirrorId), members);
    }

    /// Members of groups that are people and not in the mirror themselves.
    public List<UUID> strangers(long mirrorId) {
        return lists.membersBesides(mirrorId, tenant(mirrorId), MemberType.USER, userIds(mirrorId));
    }

    /// Member groups that are not in the mirror themselves.
    public List<UUID> strangeGroups(long mirrorId) {
        return lists.membersBesides(mirrorId, tenant(mirrorId), MemberType.GROUP, groupIds(mirrorId));
    }

    /// Sets the MFA state of everybody in the mirror; people missing from `states` become unknown.
    public void putMfa(long mirrorId, Map<UUID, MfaState> states) {
        var differences = new ArrayList<MfaDifference>();
        compareMfa(states, MIRROR_USER.MIRROR_ID.eq(mirrorId), differences);
        writeMfa(mirrorId, differences);
    }

    /// Sets the MFA state of those of these people who are in the mirror; people missing from `states` become unknown.
    public void putMfa(long mirrorId, Map<UUID, MfaState> states, Collection<UUID> people) {
        var differences = new ArrayList<MfaDifference>();
        for (List<UUID> chunk : Chunks.of(people)) {
            compareMfa(states, Chunks.pairs(MIRROR_USER.MIRROR_ID, mirrorId, MIRROR_USER.OBJECT_ID, chunk),
                    differences);
        }
        writeMfa(mirrorId, differences);
    }

    /// @param place of the row on disk
    private record MfaDifference(long place, UUID id, @Nullable String state) {}

    private void compareMfa(Map<UUID, MfaState> states, Condition whom, List<MfaDifference> differences) {
        Field<Long> place = database.dsl().dialect() == SQLDialect.H2
                ? DSL.field("_rowid_", Long.class)
                : DSL.inline(0L);
        database.dsl().select(MIRROR_USER.OBJECT_ID, MIRROR_USER.MFA, place).from(MIRROR_USER).where(whom)
                .forEach(row -> {
                    MfaState state = states.get(row.value1());
                    String text = state == null || state == MfaState.UNKNOWN ? null : state.name();
                    if (!java.util.Objects.equals(text, row.value2())) {
                        differences.add(new MfaDifference(row.value3(), row.value1(), text));
                    }
                });
    }

    private void writeMfa(long mirrorId, List<MfaDifference> differences) {
        // Rows were read by object id. Updated in that order, each page would be read and written many times.
        differences.sort(Comparator.comparingLong(MfaDifference::place));
        if (differences.isEmpty()) {
            return;
        }
        database.transaction(() -> {
            JdbcBatch.run(database, "update mirror_user set mfa = ? where mirror_id = ? and object_id = ?", differences,
                    (statement, difference) -> {
                        statement.setString(1, difference.state());
                        statement.setLong(2, mirrorId);
                        statement.setObject(3, difference.id());
                    });
            // Of a large tenant that takes seconds; from here on rows are written that others may want.
            database.alone();
            changing(mirrorId, differences,
                    () -> Touched.ofPeople(differences.stream().map(MfaDifference::id).toList()), () -> {});
        });
    }

    /// People whom the complete full read of this generation did not see.
    public List<UUID> unseenUsers(long mirrorId, int generation) {
        return database.dsl().select(MIRROR_USER.OBJECT_ID).from(MIRROR_USER)
                .where(MIRROR_USER.MIRROR_ID.eq(mirrorId), MIRROR_USER.GENERATION.lt(generation))
                .orderBy(MIRROR_USER.OBJECT_ID).fetch(MIRROR_USER.OBJECT_ID);
    }

    public List<UUID> unseenGroups(long mirrorId, int generation) {
        return database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                .where(MIRROR_GROUP.MIRROR_ID.eq(mirrorId), MIRROR_GROUP.GENERATION.lt(generation))
                .orderBy(MIRROR_GROUP.OBJECT_ID).fetch(MIRROR_GROUP.OBJECT_ID);
    }

    /// Groups with memberships that the full read of this generation did not see.
    public List<UUID> groupsWithUnseenMembers(long mirrorId, int generation) {
        List<UUID> unseen = lists.withUnseen(mirrorId, generation);
        Set<UUID> here = groups(mirrorId, unseen).keySet();
        return unseen.stream().filter(here::contains).toList();
    }

    /// Deletes memberships that the full read of this generation did not see.
    public void sweepEdges(long mirrorId, int generation) {
        database.transaction(() -> {
            if (lists.sweep(mirrorId, generation) > 0) {
                database.touched().forgetMirror(mirrorId);
                count(mirrorId);
            }
        });
    }

    /// Writes, increments the version and logs the change, unless there is nothing to write.
    private void changing(long mirrorId, Collection<?> what, Supplier<@Nullable Touched> touched, Runnable write) {
        if (!what.isEmpty()) {
            database.transaction(() -> {
                database.touched().mirror(mirrorId, touched);
                write.run();
                count(mirrorId);
            });
        }
    }

    private long tenant(long mirrorId) {
        return tenants.computeIfAbsent(mirrorId, id -> database.dsl().select(MIRROR.TENANT_ID).from(MIRROR)
                .where(MIRROR.ID.eq(id)).fetchSingle(MIRROR.TENANT_ID));
    }

    /// The log entries of added or removed edges.
    private static Touched touchedBy(Collection<Membership> edges) {
        var people = new HashSet<UUID>();
        var groups = new HashSet<UUID>();
        var below = new HashSet<UUID>();
        var above = new HashSet<UUID>();
        edges.forEach(edge -> {
            groups.add(edge.group());
            if (mayBeGroup(edge.type())) {
                above.add(edge.group());
            }
            member(edge.member(), edge.type(), people, below);
        });
        return new Touched(people, groups, below, above);
    }

    private static void member(UUID id, MemberType type, Set<UUID> people, Set<UUID> below) {
        if (type == MemberType.USER || type == MemberType.UNKNOWN) {
            people.add(id);
        }
        if (mayBeGroup(type)) {
            below.add(id);
        }
    }

    private static boolean mayBeGroup(MemberType type) {
        return type == MemberType.GROUP || type == MemberType.UNKNOWN;
    }

    /// The log entries of deleted groups and their members.
    private @Nullable Touched touchedIn(long mirrorId, Collection<UUID> ids) {
        var people = new HashSet<UUID>();
        var below = new HashSet<UUID>();
        for (MemberType type : MemberType.values()) {
            int[] numbers = lists.members(mirrorId, ids, type);
            if (people.size() + below.size() + numbers.length > TouchLog.MOST) {
                return null;
            }
            for (UUID id : database.numbers().ids(tenant(mirrorId), numbers)) {
                member(id, type, people, below);
            }
        }
        return new Touched(people, Set.copyOf(ids), below, Set.copyOf(ids));
    }

    /// The log entries of written groups: new ones may have members already.
    private Touched touchedGroups(long mirrorId, Set<UUID> ids) {
        var coming = new HashSet<>(ids);
        for (List<UUID> chunk : Chunks.of(ids)) {
            coming.removeAll(MirrorStore.ids(database.dsl().select(MIRROR_GROUP.OBJECT_ID).from(MIRROR_GROUP)
                    .where(Chunks.pairs(MIRROR_GROUP.MIRROR_ID, mirrorId, MIRROR_GROUP.OBJECT_ID, chunk))));
        }
        return new Touched(Set.of(), ids, coming, Set.of());
    }

    private void count(long mirrorId) {
        database.dsl().update(MIRROR).set(MIRROR.CHANGES, MIRROR.CHANGES.plus(1)).where(MIRROR.ID.eq(mirrorId))
                .execute();
    }

    private <F extends Enum<F> & org.rollcall.domain.DirectoryField> void put(String sql, long mirrorId,
            int generation, Map<UUID, Attributes<F>> objects, FieldColumns<F> columns,
            Supplier<@Nullable Touched> touched) {
        changing(mirrorId, objects.keySet(), touched, () -> JdbcBatch.run(database, sql, objects.entrySet(),
                (statement, entry) -> {
                    statement.setLong(1, mirrorId);
                    statement.setObject(2, entry.getKey());
                    statement.setInt(3, generation);
                    @Nullable
                    Object[] values = columns.toColumns(entry.getValue());
                    for (int i = 0; i < values.length; i++) {
                        statement.setObject(4 + i, values[i]);
                    }
                }));
    }

    private static <F extends Enum<F> & org.rollcall.domain.DirectoryField> Map<UUID, Attributes<F>> empty(
            Set<UUID> ids, Class<F> type) {
        Attributes<F> none = Attributes.builder(type).build();
        return ids.stream().collect(Collectors.toMap(id -> id, id -> none));
    }

    private static List<String> names(String first, List<org.jooq.Field<?>> columns) {
        var names = new ArrayList<String>();
        names.add(first);
        columns.forEach(column -> names.add(column.getName()));
        return names;
    }

    private String upsert(String table, List<String> key, List<String> values) {
        var all = new ArrayList<>(key);
        all.addAll(values);
        String columns = String.join(", ", all);
        String marks = all.stream().map(column -> "?").collect(Collectors.joining(", "));
        String keys = String.join(", ", key);
        if (database.dsl().dialect() == SQLDialect.H2) {
            return "merge into %s (%s) key (%s) values (%s)".formatted(table, columns, keys, marks);
        }
        return "insert into %s (%s) values (%s) on conflict (%s) do update set %s".formatted(table, columns, marks,
                keys,
                values.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", ")));
    }
}
