package org.rollcall.roles;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Assignment;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.store.PersonStore;
import org.rollcall.store.PersonStore.Standing;
import org.rollcall.store.RoleStore;
import org.rollcall.text.Words;

/// Nobody gives more than they have: decides whether a role, a permission or a person exceeds the actor's permissions.
/// Everything that changes anybody's permissions checks here, in addition to the permission it needs itself.
public final class Powers {
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final PersonStore people;

    public Powers(Database database, Clock clock) {
        this.roles = new RoleStore(database);
        this.assignments = new AssignmentStore(database, clock);
        this.people = new PersonStore(database, clock);
    }

    /// Whether a role has no permission besides these.
    public static boolean cover(Set<Permission> permissions, Role role) {
        return permissions.containsAll(role.permissions());
    }

    /// @throws RollcallException NOT_ALLOWED: the role has more permissions than the actor
    public static void requireGive(Actor actor, Role role) {
        requireWithin(actor, role, Words.of("roles.verb.give"));
    }

    /// @throws RollcallException NOT_ALLOWED: the role has more permissions than the actor
    public static void requireTake(Actor actor, Role role) {
        requireWithin(actor, role, Words.of("roles.verb.take"));
    }

    /// As [#requireGive(Actor, Role)], where the actor's own role may have been changed by the same edit.
    ///
    /// @param own the actor's permissions before it
    static void requireGive(Actor actor, Set<Permission> own, Role role) {
        requireWithin(actor, own, role, Words.of("roles.verb.give"));
    }

    /// As [#requireTake(Actor, Role)], where the actor's own role may have been changed by the same edit.
    ///
    /// @param own the actor's permissions before it
    static void requireTake(Actor actor, Set<Permission> own, Role role) {
        requireWithin(actor, own, role, Words.of("roles.verb.take"));
    }

    private static void requireWithin(Actor actor, Role role, Words verb) {
        requireWithin(actor, actor.permissions(), role, verb);
    }

    private static void requireWithin(Actor actor, Set<Permission> own, Role role, Words verb) {
        if (!cover(own, role)) {
            throw actor.refused(beyond(Words.of("roles.powers.requireWithin", actor.name(), verb, role.name())));
        }
    }

    /// @throws RollcallException NOT_ALLOWED, naming the permission that the actor lacks
    public static void requireGive(Actor actor, Set<Permission> permissions) {
        Set<Permission> own = actor.permissions();
        permissions.stream().sorted().filter(each -> !own.contains(each)).findFirst().ifPresent(more -> {
            throw actor.refused(beyond(Words.of("roles.powers.requireGive", actor.name(), more.words())));
        });
    }

    /// @param verb for the message: "deactivate"
    /// @throws RollcallException NOT_ALLOWED: one of them has more permissions than the actor
    public void requireOver(Actor actor, Collection<Long> userIds, Words verb) {
        Set<Permission> own = actor.permissions();
        Set<Long> beyond = beyond(own);
        if (beyond.isEmpty()) {
            return;
        }
        List<Long> above = assignments.of(userIds).values().stream().filter(each -> beyond.contains(each.roleId()))
                .map(Assignment::userId).sorted().limit(1).toList();
        people.standing(above).values().stream().map(Standing::shownName).findFirst().ifPresent(name -> {
            throw actor.refused(beyond(Words.of("roles.powers.requireOver", actor.name(), verb, name)));
        });
    }

    /// @param verb for the message: "remove"
    /// @throws RollcallException NOT_ALLOWED: one of them has more permissions than the actor
    public void requireOverTenant(Actor actor, long tenantId, Words verb) {
        Set<Long> beyond = new HashSet<>(beyond(actor.permissions()));
        beyond.retainAll(assignments.rolesHeldIn(tenantId));
        if (!beyond.isEmpty()) {
            throw actor.refused(beyond(Words.of("roles.powers.requireOverTenant", actor.name(), verb,
                    roles.byId(beyond.iterator().next()).map(Role::name).orElse(""))));
        }
    }

    /// The ids of roles with more permissions. Viewing one's own profile raises nobody above anybody.
    private Set<Long> beyond(Set<Permission> permissions) {
        var own = new HashSet<>(permissions);
        own.add(Permission.VIEW_OWN_PROFILE);
        return roles.list().stream().filter(role -> !cover(own, role)).map(Role::id).collect(Collectors.toSet());
    }

    private static RollcallException beyond(Words message) {
        return new RollcallException(ErrorKind.NOT_ALLOWED, "role.beyond-own", message,
                Words.of("roles.role.beyond-own.remedy"));
    }
}
