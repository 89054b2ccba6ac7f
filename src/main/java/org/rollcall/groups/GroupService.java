package org.rollcall.groups;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Edge;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.GroupRow;
import org.rollcall.domain.MemberRow;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.GroupQueries;
import org.rollcall.store.UserQueries;

/// Queries groups, their nesting and their members, with permission checks.
public final class GroupService {
    private final GroupQueries groups;
    private final GroupNesting nesting;
    private final UserQueries users;
    private final AuditService audit;

    public GroupService(GroupQueries groups, GroupNesting nesting, UserQueries users, AuditService audit) {
        this.groups = groups;
        this.nesting = nesting;
        this.users = users;
        this.audit = audit;
    }

    /// The group with this object id, id, display name or mail address.
    ///
    /// @throws org.rollcall.domain.RollcallException INPUT: none, or several
    public GroupRow find(Actor actor, @Nullable Long tenantId, String text) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.find(tenantId, text);
    }

    /// By name, in pages.
    public Page<GroupRow> list(Actor actor, @Nullable Long tenantId, String search, boolean removed,
            @Nullable String after, int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.list(tenantId, search, removed, after, limit);
    }

    public long count(Actor actor, @Nullable Long tenantId, String search, boolean removed) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.count(tenantId, search, removed);
    }

    /// All direct members of the group.
    public List<MemberRow> directMembers(Actor actor, GroupRow group) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.directMembers(group.tenantId(), group.objectId());
    }

    /// The people in the group through all nesting, each once, including disabled and without removed ones; by name.
    public Page<UserRow> effectiveMembers(Actor actor, GroupRow group, @Nullable String after, int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.list(effective(group), UserSort.BY_NAME, after, limit);
    }

    public long countEffectiveMembers(Actor actor, GroupRow group) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.count(effective(group));
    }

    /// Passes on every effective member.
    public void forEachEffectiveMember(Actor actor, GroupRow group, Consumer<UserRow> sink) {
        actor.require(Permission.VIEW_DIRECTORY);
        users.forEach(effective(group), sink);
    }

    /// The same for an export.
    public void exportMembers(Actor actor, GroupRow group, Consumer<UserRow> sink) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        audit.recordLook(actor, "export.members", "GROUP", Long.toString(group.id()), group.shownName(), Map.of());
        users.forEach(effective(group), sink);
    }

    /// The people who are effectively in a group, as a filter.
    public static UserFilter effective(GroupRow group) {
        return UserFilter.everyone().withGroup(new UserFilter.InGroup(group.tenantId(), group.objectId(), true))
                .withStatuses(EnumSet.of(UserStatus.ACTIVE, UserStatus.DISABLED));
    }

    /// The groups that contain it directly.
    public List<GroupRow> parents(Actor actor, GroupRow group) {
        actor.require(Permission.VIEW_DIRECTORY);
        return nesting.parents(group.tenantId(), group.objectId());
    }

    /// Every group that contains it, with the shortest path.
    public List<GroupPath> above(Actor actor, GroupRow group) {
        actor.require(Permission.VIEW_DIRECTORY);
        return nesting.pathsTo(group.tenantId(), group.objectId());
    }

    /// The top of the tree of a tenant's groups.
    public List<GroupRow> roots(Actor actor, long tenantId) {
        actor.require(Permission.VIEW_DIRECTORY);
        return nesting.roots(tenantId);
    }

    /// The direct nesting of groups, for trees.
    public Map<UUID, List<UUID>> nesting(Actor actor, long tenantId) {
        actor.require(Permission.VIEW_DIRECTORY);
        return nesting.nesting(tenantId);
    }

    /// Those of these groups that contain each member directly; members of none are left out.
    public Map<UUID, List<UUID>> holders(Actor actor, long tenantId, Collection<UUID> groupIds,
            Collection<UUID> memberIds) {
        actor.require(Permission.VIEW_DIRECTORY);
        return nesting.holders(tenantId, groupIds, memberIds);
    }

    public Map<UUID, GroupRow> byObjectIds(Actor actor, long tenantId, Collection<UUID> ids) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.byObjectIds(tenantId, ids);
    }

    /// The number of direct members of a type in each group; absent: none.
    public Map<UUID, Long> directCounts(Actor actor, long tenantId, Collection<UUID> ids, MemberType type) {
        actor.require(Permission.VIEW_DIRECTORY);
        return groups.directCounts(tenantId, ids, type);
    }

    /// Passes on every group, for an export.
    public void export(Actor actor, boolean removed, Consumer<GroupRow> sink) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        audit.recordLook(actor, "export.groups", null, null, null, Map.of());
        groups.forEach(removed, sink);
    }

    /// Passes on every direct membership, for an export.
    public void exportMemberships(Actor actor, Consumer<Edge> sink) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        audit.recordLook(actor, "export.memberships", null, null, null, Map.of());
        groups.forEachEdge(sink);
    }
}
