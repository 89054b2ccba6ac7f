package org.rollcall.people;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.GroupPath;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserSort;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.UserQueries;

/// Queries people, with permission checks. Everybody may query themselves.
public final class PeopleService {
    private static final int CHUNK = 500;

    private final UserQueries users;
    private final GroupNesting nesting;
    private final AuditService audit;

    public PeopleService(UserQueries users, GroupNesting nesting, AuditService audit) {
        this.users = users;
        this.nesting = nesting;
        this.audit = audit;
    }

    /// The person with this user name, UPN, id or object id.
    ///
    /// @throws org.rollcall.domain.RollcallException INPUT: nobody or several match; NOT_ALLOWED
    public UserRow find(Actor actor, String text) {
        if (!actor.permissions().contains(Permission.VIEW_DIRECTORY)) {
            // Whoever may see only themselves is not told whether others exist.
            actor.require(Permission.VIEW_OWN_PROFILE);
            UserRow own = actor.userId() == null ? null : users.byId(actor.userId()).orElse(null);
            if (own == null || !isMeant(own, text.strip())) {
                actor.require(Permission.VIEW_DIRECTORY);
            }
            return Objects.requireNonNull(own);
        }
        return users.find(text);
    }

    private static boolean isMeant(UserRow own, String text) {
        return text.equalsIgnoreCase(own.username()) || text.equalsIgnoreCase(own.upn())
                || text.equals(Long.toString(own.id())) || text.equalsIgnoreCase(String.valueOf(own.objectId()));
    }

    public Page<UserRow> list(Actor actor, UserFilter filter, UserSort sort, @Nullable String after, int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.list(filter, sort, after, limit);
    }

    public long count(Actor actor, UserFilter filter) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.count(filter);
    }

    /// The ids of all matching people, in order: for tables that scroll to any place of a long list, and for bulk actions.
    public long[] ids(Actor actor, UserFilter filter, UserSort sort) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.ids(filter, sort);
    }

    /// In the order of `ids`; those that no longer exist are left out.
    public List<UserRow> byIds(Actor actor, Collection<Long> ids) {
        boolean own = ids.size() == 1 && Objects.equals(ids.iterator().next(), actor.userId());
        actor.require(own ? Permission.VIEW_OWN_PROFILE : Permission.VIEW_DIRECTORY);
        return users.byIds(ids);
    }

    public Map<UserStatus, Long> countByStatus(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.countByStatus();
    }

    public List<String> departments(Actor actor, String startsWith, int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        return users.departments(startsWith, limit);
    }

    /// All groups of a person, directly or through nesting, with the shortest path.
    public List<GroupPath> groupsOf(Actor actor, UserRow user) {
        actor.require(Objects.equals(user.id(), actor.userId())
                ? Permission.VIEW_OWN_PROFILE
                : Permission.VIEW_DIRECTORY);
        return user.tenantId() == null || user.objectId() == null
                ? List.of()
                : nesting.pathsTo(user.tenantId(), user.objectId());
    }

    /// Passes on these people, in the order of `ids`, for an export; those that no longer exist are left out.
    ///
    /// @param checkpoint called periodically; an exception from it ends the export
    public void export(Actor actor, List<Long> ids, Runnable checkpoint, Consumer<UserRow> sink) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        audit.recordLook(actor, "export.users", null, null, null, Map.of("chosen", ids.size()));
        for (int i = 0; i < ids.size(); i += CHUNK) {
            checkpoint.run();
            users.byIds(ids.subList(i, Math.min(ids.size(), i + CHUNK))).forEach(sink);
        }
    }

    /// Passes on all matching people, by id, for an export.
    public void export(Actor actor, UserFilter filter, Consumer<UserRow> sink) {
        actor.require(Permission.EXPORT);
        actor.require(Permission.VIEW_DIRECTORY);
        audit.recordLook(actor, "export.users", null, null, null, Map.of());
        users.forEach(filter, sink);
    }
}
