package org.rollcall.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Page;
import org.rollcall.domain.Ref;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.UserStatus;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_MEMBER;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;

/// Groups and who is in them, as screens, lists and exports need them. Asks for no permission: services do.
public final class GroupQueries {
    private static final int EXPORT_CHUNK = 2000;

    private final Database database;

    public GroupQueries(Database database) {
        this.database = database;
    }

    public Optional<GroupRow> byId(long id) {
        return GroupRows.select(database.dsl()).where(DIRECTORY_GROUP.ID.eq(id)).fetchOptional(GroupRows::read);
    }

    public Optional<GroupRow> byObjectId(long tenantId, UUID objectId) {
        return GroupRows.select(database.dsl())
                .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId), DIRECTORY_GROUP.OBJECT_ID.eq(objectId))
                .fetchOptional(GroupRows::read);
    }

    /// By object id; those that are not stored are left out.
    public Map<UUID, GroupRow> byObjectIds(long tenantId, Collection<UUID> objectIds) {
        var result = new HashMap<UUID, GroupRow>();
        for (List<UUID> chunk : Chunks.of(objectIds)) {
            GroupRows.select(database.dsl())
                    .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId), DIRECTORY_GROUP.OBJECT_ID.in(chunk))
                    .forEach(row -> result.put(row.get(DIRECTORY_GROUP.OBJECT_ID), GroupRows.read(row)));
        }
        return result;
    }

    /// The one group that an object id, id, display name or mail address means. Groups that are not removed go before
    /// removed ones, names in the very same letter case before others.
    ///
    /// @param tenantId only in this tenant; null: in any
    /// @throws RollcallException INPUT: none, or several; the message lists them
    public GroupRow find(@Nullable Long tenantId, String text) {
        List<GroupRow> found = candidates(tenantId, text.strip());
        found = narrow(found, group -> group.status() == GroupStatus.ACTIVE);
        found = narrow(found, group -> text.strip().equals(group.displayName()));
        if (found.isEmpty()) {
            throw RollcallException.input("group.unknown", "there is no group with the name, mail or id " + text,
                    "look at rollcall groups list for the right one");
        }
        if (found.size() > 1) {
            String names = String.join(", ", found.stream().limit(10)
                    .map(group -> group.shownName() + " (" + group.objectId() + ")").toList());
            throw RollcallException.input("group.ambiguous", text + " means several groups: " + names,
                    "name the one you mean by its object id");
        }
        return found.getFirst();
    }

    private static List<GroupRow> narrow(List<GroupRow> groups, Predicate<GroupRow> preferred) {
        List<GroupRow> some = groups.stream().filter(preferred).toList();
        return some.isEmpty() ? groups : some;
    }

    private List<GroupRow> candidates(@Nullable Long tenantId, String text) {
        Condition tenant = tenantId == null ? DSL.noCondition() : DIRECTORY_GROUP.TENANT_ID.eq(tenantId);
        Optional<UUID> objectId = Uuids.parse(text);
        if (objectId.isPresent()) {
            return GroupRows.select(database.dsl()).where(tenant)
                    .and(DIRECTORY_GROUP.OBJECT_ID.eq(objectId.get())).fetch(GroupRows::read);
        }
        List<GroupRow> named = GroupRows.select(database.dsl()).where(tenant)
                .and(DIRECTORY_GROUP.SORT_KEY.eq(SearchKeys.sort(text))
                        .or(DSL.lower(DIRECTORY_GROUP.MAIL).eq(text.toLowerCase(Locale.ROOT))))
                .orderBy(DIRECTORY_GROUP.ID)
                .fetch(GroupRows::read)
                .stream().filter(group -> text.equalsIgnoreCase(group.displayName())
                        || text.equalsIgnoreCase(group.attributes().text(GroupField.MAIL))
                        || (group.displayName() != null
                                && SearchKeys.fold(group.displayName()).equals(SearchKeys.fold(text))))
                .toList();
        if (named.isEmpty() && text.matches("[0-9]{1,18}")) {
            return byId(Long.parseLong(text)).filter(group -> tenantId == null || group.tenantId() == tenantId)
                    .stream().toList();
        }
        return named;
    }

    /// By name, a page at a time.
    ///
    /// @param search   words that must each occur in name or mail
    /// @param removed  whether removed groups are among them
    /// @param after    where the page before ended, as it said; null: from the start
    public Page<GroupRow> list(@Nullable Long tenantId, String search, boolean removed, @Nullable String after,
            int limit) {
        Condition beyond = DSL.noCondition();
        if (after != null) {
            List<String> place = Cursors.decode(after);
            if (place.size() != 2 || !place.get(0).matches("[0-9]{1,18}")) {
                throw Cursors.invalid();
            }
            beyond = DIRECTORY_GROUP.SORT_KEY.ge(place.get(1)).and(DIRECTORY_GROUP.SORT_KEY.gt(place.get(1))
                    .or(DIRECTORY_GROUP.ID.gt(Long.parseLong(place.get(0)))));
        }
        List<GroupRow> rows = GroupRows.select(database.dsl()).where(condition(tenantId, search, removed)).and(beyond)
                .orderBy(DIRECTORY_GROUP.SORT_KEY, DIRECTORY_GROUP.ID).limit(limit + 1).fetch(GroupRows::read);
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        GroupRow last = rows.get(limit - 1);
        return new Page<>(rows.subList(0, limit),
                Cursors.encode(List.of(Long.toString(last.id()), SearchKeys.sort(last.displayName()))));
    }

    public long count(@Nullable Long tenantId, String search, boolean removed) {
        return database.dsl().fetchCount(DIRECTORY_GROUP, condition(tenantId, search, removed));
    }

    private static Condition condition(@Nullable Long tenantId, String search, boolean removed) {
        Condition all = tenantId == null ? DSL.noCondition() : DIRECTORY_GROUP.TENANT_ID.eq(tenantId);
        if (!removed) {
            all = all.and(DIRECTORY_GROUP.STATUS.eq(GroupStatus.ACTIVE.name()));
        }
        for (String word : search.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                all = all.and(DIRECTORY_GROUP.SORT_KEY.contains(SearchKeys.fold(word))
                        .or(DSL.lower(DIRECTORY_GROUP.MAIL).contains(word.toLowerCase(Locale.ROOT))));
            }
        }
        return all;
    }

    /// Everything that is directly in a group: groups, people, then the rest, each by name.
    public List<MemberRow> directMembers(long tenantId, UUID groupId) {
        return database.dsl()
                .select(DIRECTORY_MEMBER.MEMBER_ID, DIRECTORY_MEMBER.MEMBER_TYPE, DIRECTORY_USER.ID,
                        DIRECTORY_USER.DISPLAY_NAME, DIRECTORY_USER.STATUS, DIRECTORY_GROUP.ID,
                        DIRECTORY_GROUP.DISPLAY_NAME, DIRECTORY_GROUP.STATUS)
                .from(DIRECTORY_MEMBER)
                .leftJoin(DIRECTORY_USER).on(DIRECTORY_USER.TENANT_ID.eq(DIRECTORY_MEMBER.TENANT_ID),
                        DIRECTORY_USER.OBJECT_ID.eq(DIRECTORY_MEMBER.MEMBER_ID))
                .leftJoin(DIRECTORY_GROUP).on(DIRECTORY_GROUP.TENANT_ID.eq(DIRECTORY_MEMBER.TENANT_ID),
                        DIRECTORY_GROUP.OBJECT_ID.eq(DIRECTORY_MEMBER.MEMBER_ID))
                .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.eq(groupId))
                .orderBy(DSL.when(DIRECTORY_MEMBER.MEMBER_TYPE.eq(MemberType.GROUP.name()), 0)
                        .when(DIRECTORY_MEMBER.MEMBER_TYPE.eq(MemberType.USER.name()), 1).otherwise(2),
                        DSL.coalesce(DIRECTORY_GROUP.SORT_KEY, DIRECTORY_USER.SORT_KEY, DSL.inline("")),
                        DIRECTORY_MEMBER.MEMBER_ID)
                .fetch(row -> {
                    MemberType type = MemberType.valueOf(row.get(DIRECTORY_MEMBER.MEMBER_TYPE));
                    boolean group = type == MemberType.GROUP;
                    @Nullable
                    Long id = group ? row.get(DIRECTORY_GROUP.ID) : row.get(DIRECTORY_USER.ID);
                    @Nullable
                    String status = group ? row.get(DIRECTORY_GROUP.STATUS) : row.get(DIRECTORY_USER.STATUS);
                    return new MemberRow(id, row.get(DIRECTORY_MEMBER.MEMBER_ID), type,
                            group ? row.get(DIRECTORY_GROUP.DISPLAY_NAME) : row.get(DIRECTORY_USER.DISPLAY_NAME),
                            UserStatus.REMOVED.name().equals(status));
                });
    }

    /// How many people, groups and other things are directly in each of these groups; absent: none.
    public Map<UUID, Long> directCounts(long tenantId, Collection<UUID> groupIds, MemberType type) {
        var result = new HashMap<UUID, Long>();
        for (List<UUID> chunk : Chunks.of(groupIds)) {
            database.dsl().select(DIRECTORY_MEMBER.GROUP_ID, DSL.count()).from(DIRECTORY_MEMBER)
                    .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.in(chunk),
                            DIRECTORY_MEMBER.MEMBER_TYPE.eq(type.name()))
                    .groupBy(DIRECTORY_MEMBER.GROUP_ID)
                    .forEach(row -> result.put(row.value1(), row.value2().longValue()));
        }
        return result;
    }

    /// In which of these groups each of these members is directly; who is in none is left out.
    public Map<UUID, List<UUID>> holders(long tenantId, Collection<UUID> groupIds, Collection<UUID> memberIds) {
        var among = new HashSet<>(groupIds);
        var result = new HashMap<UUID, List<UUID>>();
        for (List<UUID> chunk : Chunks.of(memberIds)) {
            database.dsl().select(DIRECTORY_MEMBER.MEMBER_ID, DIRECTORY_MEMBER.GROUP_ID).from(DIRECTORY_MEMBER)
                    .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.MEMBER_ID.in(chunk))
                    .forEach(row -> {
                        if (among.contains(row.value2())) {
                            result.computeIfAbsent(row.value1(), id -> new ArrayList<>()).add(row.value2());
                        }
                    });
        }
        return result;
    }

    /// Which groups are directly in which: every group that has groups in it, with them.
    public Map<UUID, List<UUID>> nesting(long tenantId) {
        var result = new HashMap<UUID, List<UUID>>();
        database.dsl().select(DIRECTORY_MEMBER.GROUP_ID, DIRECTORY_MEMBER.MEMBER_ID).from(DIRECTORY_MEMBER)
                .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId),
                        DIRECTORY_MEMBER.MEMBER_TYPE.eq(MemberType.GROUP.name()))
                .forEach(row -> result.computeIfAbsent(row.value1(), id -> new ArrayList<>()).add(row.value2()));
        return result;
    }

    /// A group and all below it, itself first, nearer ones before others. Cycles end where they close.
    public Set<UUID> below(long tenantId, UUID groupId) {
        var seen = new LinkedHashSet<UUID>();
        seen.add(groupId);
        List<UUID> level = List.of(groupId);
        while (!level.isEmpty()) {
            var next = new ArrayList<UUID>();
            for (List<UUID> chunk : Chunks.of(level)) {
                database.dsl().select(DIRECTORY_MEMBER.MEMBER_ID).from(DIRECTORY_MEMBER)
                        .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.in(chunk),
                                DIRECTORY_MEMBER.MEMBER_TYPE.eq(MemberType.GROUP.name()))
                        .forEach(row -> {
                            if (seen.add(row.value1())) {
                                next.add(row.value1());
                            }
                        });
            }
            level = next;
        }
        return seen;
    }

    static Set<UUID> reach(Map<UUID, List<UUID>> next, UUID start) {
        var seen = new LinkedHashSet<UUID>();
        var open = new ArrayDeque<UUID>();
        seen.add(start);
        open.add(start);
        while (!open.isEmpty()) {
            for (UUID each : next.getOrDefault(open.remove(), List.of())) {
                if (seen.add(each)) {
                    open.add(each);
                }
            }
        }
        return seen;
    }

    /// The ids of the people who are directly in one of these groups.
    ///
    /// @param among only these people; null: all
    public Set<Long> peopleIn(long tenantId, Set<UUID> groupIds, @Nullable Collection<Long> among) {
        var result = new HashSet<Long>();
        // Asking for a few people by id is quicker than reading a large group; for many it is the other way round.
        if (among == null || among.size() > EXPORT_CHUNK) {
            collectPeople(tenantId, groupIds, DSL.noCondition(), result);
            if (among != null) {
                result.retainAll(among instanceof Set<Long> set ? set : new HashSet<>(among));
            }
        } else {
            for (List<Long> chunk : Chunks.of(among)) {
                collectPeople(tenantId, groupIds, DIRECTORY_USER.ID.in(chunk), result);
            }
        }
        return result;
    }

    private void collectPeople(long tenantId, Set<UUID> groupIds, Condition people, Set<Long> into) {
        for (List<UUID> groups : Chunks.of(groupIds)) {
            database.dsl().select(DIRECTORY_USER.ID).from(DIRECTORY_USER)
                    .join(DIRECTORY_MEMBER).on(DIRECTORY_MEMBER.TENANT_ID.eq(DIRECTORY_USER.TENANT_ID),
                            DIRECTORY_MEMBER.MEMBER_ID.eq(DIRECTORY_USER.OBJECT_ID))
                    .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.in(groups))
                    .and(people)
                    .forEach(row -> into.add(row.value1()));
        }
    }

    /// The groups that a person or group is directly in.
    public List<GroupRow> parents(long tenantId, UUID objectId) {
        return GroupRows.select(database.dsl())
                .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId),
                        DIRECTORY_GROUP.OBJECT_ID.in(DSL.select(DIRECTORY_MEMBER.GROUP_ID).from(DIRECTORY_MEMBER)
                                .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId),
                                        DIRECTORY_MEMBER.MEMBER_ID.eq(objectId))))
                .orderBy(DIRECTORY_GROUP.SORT_KEY, DIRECTORY_GROUP.ID).fetch(GroupRows::read);
    }

    /// Every group that a person or group is in, directly or through nesting, with the shortest way there; direct ones
    /// first. A group in a cycle is in itself, which is left out.
    public List<GroupPath> pathsTo(long tenantId, UUID objectId) {
        // Level by level along the index of members: reading all nesting takes seconds where millions are members.
        var toward = new LinkedHashMap<UUID, @Nullable UUID>();
        var level = new ArrayList<UUID>();
        for (GroupRow parent : parents(tenantId, objectId)) {
            toward.put(parent.objectId(), null);
            level.add(parent.objectId());
        }
        while (!level.isEmpty()) {
            Map<UUID, List<UUID>> above = above(tenantId, level);
            var next = new ArrayList<UUID>();
            for (UUID group : level) {
                for (UUID parent : above.getOrDefault(group, List.of())) {
                    if (!toward.containsKey(parent)) {
                        toward.put(parent, group);
                        next.add(parent);
                    }
                }
            }
            level = next;
        }
        toward.remove(objectId);
        Map<UUID, GroupRow> rows = byObjectIds(tenantId, toward.keySet());
        var result = new ArrayList<GroupPath>();
        toward.forEach((group, step) -> {
            if (rows.containsKey(group)) {
                var path = new ArrayList<Ref>();
                for (UUID each = group; each != null; each = toward.get(each)) {
                    GroupRow row = rows.get(each);
                    path.add(new Ref(each, row == null ? each.toString() : row.shownName()));
                }
                result.add(new GroupPath(Objects.requireNonNull(rows.get(group)), path));
            }
        });
        return result;
    }

    /// The groups that each of these is directly in.
    private Map<UUID, List<UUID>> above(long tenantId, List<UUID> members) {
        var result = new HashMap<UUID, List<UUID>>();
        for (List<UUID> chunk : Chunks.of(members)) {
            database.dsl().select(DIRECTORY_MEMBER.MEMBER_ID, DIRECTORY_MEMBER.GROUP_ID).from(DIRECTORY_MEMBER)
                    .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.MEMBER_ID.in(chunk))
                    .orderBy(DIRECTORY_MEMBER.MEMBER_ID, DIRECTORY_MEMBER.GROUP_ID)
                    .forEach(row -> result.computeIfAbsent(row.value1(), _ -> new ArrayList<>()).add(row.value2()));
        }
        return result;
    }

    /// Groups of a tenant that are in no other group: where a tree begins. Groups of which everyone is below another one
    /// of the same cycle would never show; one of each such cycle is among them.
    public List<GroupRow> roots(long tenantId) {
        Map<UUID, List<UUID>> nesting = nesting(tenantId);
        var children = new LinkedHashSet<UUID>();
        nesting.values().forEach(children::addAll);
        var all = GroupRows.select(database.dsl())
                .where(DIRECTORY_GROUP.TENANT_ID.eq(tenantId),
                        DIRECTORY_GROUP.STATUS.eq(GroupStatus.ACTIVE.name()))
                .orderBy(DIRECTORY_GROUP.SORT_KEY, DIRECTORY_GROUP.ID).fetch(GroupRows::read);
        var roots = new ArrayList<GroupRow>();
        var shown = new LinkedHashSet<UUID>();
        for (GroupRow group : all) {
            if (!children.contains(group.objectId())) {
                roots.add(group);
                shown.addAll(reach(nesting, group.objectId()));
            }
        }
        for (GroupRow group : all) {
            if (!shown.contains(group.objectId())) {
                roots.add(group);
                shown.addAll(reach(nesting, group.objectId()));
            }
        }
        return roots;
    }

    /// Hands over every group, by id, holding no more than a chunk of them.
    public void forEach(boolean removed, Consumer<GroupRow> sink) {
        long after = 0;
        List<GroupRow> chunk;
        do {
            chunk = GroupRows.select(database.dsl()).where(condition(null, "", removed))
                    .and(DIRECTORY_GROUP.ID.gt(after)).orderBy(DIRECTORY_GROUP.ID).limit(EXPORT_CHUNK)
                    .fetch(GroupRows::read);
            chunk.forEach(sink);
            after = chunk.isEmpty() ? after : chunk.getLast().id();
        } while (chunk.size() == EXPORT_CHUNK);
    }

    /// Hands over every direct membership, group by group, holding no more than a chunk of them.
    public void forEachEdge(Consumer<Edge> sink) {
        var tenants = database.dsl().selectDistinct(DIRECTORY_MEMBER.TENANT_ID).from(DIRECTORY_MEMBER)
                .orderBy(DIRECTORY_MEMBER.TENANT_ID).fetch(DIRECTORY_MEMBER.TENANT_ID);
        for (long tenantId : tenants) {
            Condition tenant = DIRECTORY_MEMBER.TENANT_ID.eq(tenantId);
            @Nullable
            Edge last = edges(tenant, sink);
            while (last != null) {
                // First the rest of the group in which the chunk ended, then the groups after it: each uses the key.
                Condition sameGroup = tenant.and(DIRECTORY_MEMBER.GROUP_ID.eq(last.groupId()));
                @Nullable
                Edge inGroup = last;
                while (inGroup != null) {
                    inGroup = edges(sameGroup.and(DIRECTORY_MEMBER.MEMBER_ID.gt(inGroup.memberId())), sink);
                }
                last = edges(tenant.and(DIRECTORY_MEMBER.GROUP_ID.gt(last.groupId())), sink);
            }
        }
    }

    private @Nullable Edge edges(Condition condition, Consumer<Edge> sink) {
        List<Edge> chunk = database.dsl().selectFrom(DIRECTORY_MEMBER).where(condition)
                .orderBy(DIRECTORY_MEMBER.GROUP_ID, DIRECTORY_MEMBER.MEMBER_ID).limit(EXPORT_CHUNK)
                .fetch(row -> new Edge(row.getTenantId(), row.getGroupId(), row.getMemberId(),
                        MemberType.valueOf(row.getMemberType())));
        chunk.forEach(sink);
        return chunk.size() < EXPORT_CHUNK ? null : chunk.getLast();
    }
}
