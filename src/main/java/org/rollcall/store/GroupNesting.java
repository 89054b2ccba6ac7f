package org.rollcall.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Ref;
import org.rollcall.domain.SearchKeys;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;
import static org.rollcall.store.gen.Tables.DIRECTORY_MEMBER;
import static org.rollcall.store.gen.Tables.DIRECTORY_USER;

/// How groups are nested, and who is in which because of it. Asks for no permission: services do.
public final class GroupNesting {
    private static final int MANY = 2000;

    private final Database database;

    public GroupNesting(Database database) {
        this.database = database;
    }

    /// The same as the rules of profiles see it.
    public ProfileNesting ofProfiles() {
        return new ProfileNesting(database);
    }

    /// In which of these groups each of these members is directly; who is in none is left out.
    public Map<UUID, List<UUID>> holders(long tenantId, Collection<UUID> groupIds, Collection<UUID> memberIds) {
        var among = new HashSet<>(groupIds);
        var result = new HashMap<UUID, List<UUID>>();
        for (List<UUID> chunk : Chunks.of(memberIds)) {
            database.dsl().select(DIRECTORY_MEMBER.MEMBER_ID, DIRECTORY_MEMBER.GROUP_ID).from(DIRECTORY_MEMBER)
                    .where(Chunks.pairs(DIRECTORY_MEMBER.TENANT_ID, tenantId, DIRECTORY_MEMBER.MEMBER_ID, chunk))
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
                database.dsl().select(DIRECTORY_MEMBER.MEMBER_ID).from(Chunks.table(chunk)).join(DIRECTORY_MEMBER)
                        .on(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.eq(Chunks.ID),
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

    private static Set<UUID> reach(Map<UUID, List<UUID>> next, UUID start) {
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
        if (among == null || among.size() > MANY) {
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
            database.dsl().select(DIRECTORY_USER.ID).from(Chunks.table(groups))
                    .join(DIRECTORY_MEMBER)
                    .on(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.GROUP_ID.eq(Chunks.ID))
                    .join(DIRECTORY_USER)
                    .on(DIRECTORY_USER.TENANT_ID.eq(tenantId),
                            DIRECTORY_USER.OBJECT_ID.eq(DIRECTORY_MEMBER.MEMBER_ID))
                    .where(people)
                    .forEach(row -> into.add(row.value1()));
        }
    }

    /// The groups that a person or group is directly in.
    public List<GroupRow> parents(long tenantId, UUID objectId) {
        // In two steps: joined, H2 goes through all groups in the order of their names.
        List<UUID> ids = database.dsl().select(DIRECTORY_MEMBER.GROUP_ID).from(DIRECTORY_MEMBER)
                .where(DIRECTORY_MEMBER.TENANT_ID.eq(tenantId), DIRECTORY_MEMBER.MEMBER_ID.eq(objectId))
                .fetch(DIRECTORY_MEMBER.GROUP_ID);
        return GroupRows.byObjectIds(database.dsl(), tenantId, ids).values().stream()
                .sorted(Comparator.comparing((GroupRow group) -> SearchKeys.sort(group.displayName()))
                        .thenComparing(GroupRow::id))
                .toList();
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
        Map<UUID, GroupRow> rows = GroupRows.byObjectIds(database.dsl(), tenantId, toward.keySet());
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
                    .where(Chunks.pairs(DIRECTORY_MEMBER.TENANT_ID, tenantId, DIRECTORY_MEMBER.MEMBER_ID, chunk))
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
}
