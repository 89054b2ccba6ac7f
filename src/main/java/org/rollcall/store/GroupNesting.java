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
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Ref;
import org.rollcall.domain.SearchKeys;

import static org.rollcall.store.gen.Tables.DIRECTORY_GROUP;

/// How groups are nested, and who is in which because of it. Asks for no permission: services do.
public final class GroupNesting {
    private final Database database;
    private final MemberLists lists;

    public GroupNesting(Database database) {
        this.database = database;
        this.lists = MemberLists.ofDirectory(database);
    }

    /// The same as the rules of profiles see it.
    public ProfileNesting ofProfiles() {
        return new ProfileNesting(database);
    }

    /// In which of these groups each of these members is directly; who is in none is left out.
    public Map<UUID, List<UUID>> holders(long tenantId, Collection<UUID> groupIds, Collection<UUID> memberIds) {
        var among = new HashSet<>(groupIds);
        var result = lists.holders(tenantId, tenantId, memberIds);
        result.values().forEach(groups -> groups.retainAll(among));
        result.values().removeIf(List::isEmpty);
        return result;
    }

    /// Which groups are directly in which: every group that has groups in it, with them.
    public Map<UUID, List<UUID>> nesting(long tenantId) {
        return lists.all(tenantId, tenantId, MemberType.GROUP);
    }

    /// A group and all below it, itself first, nearer ones before others. Cycles end where they close.
    public Set<UUID> below(long tenantId, UUID groupId) {
        var seen = new LinkedHashSet<UUID>();
        seen.add(groupId);
        List<UUID> level = List.of(groupId);
        while (!level.isEmpty()) {
            var next = new ArrayList<UUID>();
            int[] children = lists.members(tenantId, level, MemberType.GROUP);
            for (UUID child : database.numbers().ids(tenantId, children)) {
                if (seen.add(child)) {
                    next.add(child);
                }
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
        UUID[] ids = database.numbers().ids(tenantId, lists.members(tenantId, groupIds, null));
        return PeopleIds.of(database, tenantId, List.of(ids), among);
    }

    /// The object ids of the people in a group.
    ///
    /// @param nested through groups below it too
    List<UUID> people(long tenantId, UUID groupId, boolean nested) {
        Set<UUID> groups = nested ? below(tenantId, groupId) : Set.of(groupId);
        return List.of(database.numbers().ids(tenantId, lists.members(tenantId, groups, MemberType.USER)));
    }

    /// The groups that a person or group is directly in.
    public List<GroupRow> parents(long tenantId, UUID objectId) {
        List<UUID> holding = lists.holders(tenantId, tenantId, List.of(objectId)).getOrDefault(objectId, List.of());
        return byName(GroupRows.byObjectIds(database.dsl(), tenantId, holding).values());
    }

    private static List<GroupRow> byName(Collection<GroupRow> groups) {
        return groups.stream()
                .sorted(Comparator.comparing((GroupRow group) -> SearchKeys.sort(group.displayName()))
                        .thenComparing(GroupRow::id))
                .toList();
    }

    /// Every group that a person or group is in, directly or through nesting, with the shortest way there; direct ones
    /// first. A group in a cycle is in itself, which is left out.
    public List<GroupPath> pathsTo(long tenantId, UUID objectId) {
        return paths(objectId, parents(tenantId, objectId), () -> nesting(tenantId),
                ids -> GroupRows.byObjectIds(database.dsl(), tenantId, ids));
    }

    /// The same from what it takes.
    ///
    /// @param parents the groups that it is directly in
    /// @param nesting which groups are directly in which; asked only if there are parents
    static List<GroupPath> paths(UUID objectId, List<GroupRow> parents, Supplier<Map<UUID, List<UUID>>> nesting,
            Function<Collection<UUID>, Map<UUID, GroupRow>> groups) {
        var toward = new LinkedHashMap<UUID, @Nullable UUID>();
        var level = new ArrayList<UUID>();
        for (GroupRow parent : byName(parents)) {
            toward.put(parent.objectId(), null);
            level.add(parent.objectId());
        }
        Map<UUID, List<UUID>> above = level.isEmpty() ? Map.of() : reversed(nesting.get());
        while (!level.isEmpty()) {
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
        Map<UUID, GroupRow> rows = groups.apply(toward.keySet());
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

    /// The groups that each group is directly in, by id.
    private static Map<UUID, List<UUID>> reversed(Map<UUID, List<UUID>> nesting) {
        var result = new HashMap<UUID, List<UUID>>();
        nesting.forEach((group, children) -> children
                .forEach(child -> result.computeIfAbsent(child, _ -> new ArrayList<>()).add(group)));
        result.values().forEach(groups -> groups.sort(IdOrder.ASCENDING));
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
