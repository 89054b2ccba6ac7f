package org.rollcall.roles;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.PastLog;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.text.Words;

/// Roles: the list, their permissions, and changes of custom roles.
public final class RoleService {
    private static final int DESCRIPTION_LENGTH = 500;
    private static final int CHUNK = 2000;

    private final RoleStore roles;
    private final RuleStore rules;
    private final AssignmentStore assignments;
    private final PersonStore people;
    private final SettingStore settings;
    private final AdministratorGuard guard;
    private final AuditService audit;
    private final PastLog past;

    RoleService(RoleStore roles, RuleStore rules, AssignmentStore assignments, PersonStore people,
            SettingStore settings, AdministratorGuard guard, AuditService audit, PastLog past) {
        this.roles = roles;
        this.rules = rules;
        this.assignments = assignments;
        this.people = people;
        this.settings = settings;
        this.guard = guard;
        this.audit = audit;
        this.past = past;
    }

    /// @param people who have it, without removed people
    /// @param rules  that give it
    public record RoleUse(Role role, long people, int rules) {}

    public List<RoleUse> list(Actor actor) {
        actor.require(Permission.VIEW_DIRECTORY);
        Map<Long, Long> people = roles.people();
        return roles.list().stream()
                .map(role -> new RoleUse(role, people.getOrDefault(role.id(), 0L), rules.uses(role.id()))).toList();
    }

    /// @throws RollcallException INPUT: there is no role with that name
    public Role find(Actor actor, String name) {
        actor.require(Permission.VIEW_DIRECTORY);
        return roles.require(name);
    }

    /// @throws RollcallException INPUT: the name is empty, too long or taken; NOT_ALLOWED: exceeds the actor's own
    public Role add(Actor actor, String name, String description, Set<Permission> permissions) {
        actor.require(Permission.MANAGE_ROLES);
        Powers.requireGive(actor, permissions);
        String checked = RoleNames.checked(name);
        return guard.requireOneAfter(() -> {
            Role role = roles.insert(checked, checkedDescription(description), permissions);
            past.roleAdded(role.id(), role.name());
            audit.record(actor, "role.add", "ROLE", Long.toString(role.id()), role.name(),
                    Map.of("permissions", names(role.permissions())), null);
            return role;
        });
    }

    /// A new role with the permissions of another one.
    public Role copy(Actor actor, String from, String name) {
        Role original = find(actor, from);
        return add(actor, name, original.description(), original.permissions());
    }

    /// Updates the name, description and permissions of a role.
    ///
    /// @throws RollcallException INPUT: built in, or the name is empty, too long or taken; CONFLICT: edited meanwhile
    public Role edit(Actor actor, Role edited) {
        actor.require(Permission.MANAGE_ROLES);
        Role before = roles.byId(edited.id()).orElseThrow(() -> gone(edited.name()));
        requireOwn(before, Words.of("roles.done.edited"));
        Powers.requireGive(actor, before.permissions());
        Powers.requireGive(actor, edited.permissions());
        var checked = new Role(edited.id(), RoleNames.checked(edited.name()), checkedDescription(edited.description()),
                false,
                edited.version(), edited.permissions());
        return guard.requireOneAfter(() -> {
            past.roleRenamed(before.id(), before.name(), checked.name());
            Role after = roles.update(checked);
            settings.raiseDirectoryRevision();
            var detail = new LinkedHashMap<String, @Nullable Object>();
            detail.put("before", facts(before));
            detail.put("after", facts(after));
            audit.record(actor, "role.edit", "ROLE", Long.toString(after.id()), after.name(), detail, null);
            return after;
        });
    }

    /// A role before and after an edit.
    public record Edit(Role before, Role after) {
        /// The input that reverts it.
        public Role back() {
            return new Role(after.id(), before.name(), before.description(), false, after.version(),
                    before.permissions());
        }
    }

    /// As [#edit], all or nothing.
    public List<Edit> editAll(Actor actor, List<Role> edited) {
        actor.require(Permission.MANAGE_ROLES);
        return guard.requireOneAfter(() -> edited.stream().map(role -> {
            Role before = roles.byId(role.id()).orElseThrow(() -> gone(role.name()));
            return new Edit(before, edit(actor, role));
        }).toList());
    }

    /// Deletes a role. People, rules and imports with it get another one instead.
    ///
    /// @param moveTo the other role's name; null: the role must not be in use
    /// @throws RollcallException INPUT: unknown, built in, or in use while `moveTo` is null
    /// @return how many people were moved
    public int remove(Actor actor, String name, @Nullable String moveTo) {
        actor.require(Permission.MANAGE_ROLES);
        Role role = roles.require(name);
        requireOwn(role, Words.of("roles.done.removed"));
        Powers.requireGive(actor, role.permissions());
        @Nullable
        Role target = moveTo == null ? null : roles.require(moveTo);
        if (target != null && target.id() == role.id()) {
            throw RollcallException.input("role.move-to-itself", Words.of("roles.role.move-to-itself"),
                    Words.of("roles.role.move-to-itself.remedy"));
        }
        if (target != null) {
            Powers.requireGive(actor, target.permissions());
        }
        return guard.requireOneAfter(() -> {
            List<Long> holding = assignments.holders(role.id());
            int holders = holding.size();
            int uses = rules.uses(role.id()) + roles.defaults(role.id());
            if (target == null && holders + uses > 0) {
                throw RollcallException.input("role.in-use", Words.of("roles.role.in-use", role.name(), holders, uses),
                        Words.of("roles.role.in-use.remedy"));
            }
            if (target != null) {
                recordMoves(actor, holding, role, target);
                assignments.moveAll(role.id(), target.id());
                rules.moveRole(role.id(), target.id());
                roles.moveDefault(role.id(), target.id());
            }
            roles.delete(role.id());
            settings.raiseDirectoryRevision();
            var detail = new LinkedHashMap<String, @Nullable Object>(facts(role));
            detail.put("people", holders);
            detail.put("movedTo", target == null ? null : target.name());
            audit.record(actor, "role.remove", "ROLE", Long.toString(role.id()), role.name(), detail, null);
            return holders;
        });
    }

    /// The history of each person contains the change of their role.
    private void recordMoves(Actor actor, List<Long> holding, Role role, Role target) {
        for (int from = 0; from < holding.size(); from += CHUNK) {
            var standing = people.standing(holding.subList(from, Math.min(holding.size(), from + CHUNK)));
            audit.recordAll(actor, standing.values().stream().map(who -> {
                var detail = new LinkedHashMap<String, @Nullable Object>();
                detail.put("before", Map.of("role", role.name()));
                detail.put("after", Map.of("role", target.name()));
                return new AuditService.Entry("role.moved", "USER", Long.toString(who.id()), who.shownName(), detail,
                        null);
            }).toList());
        }
    }

    private static String checkedDescription(String description) {
        String checked = description.strip();
        if (checked.length() > DESCRIPTION_LENGTH) {
            throw RollcallException.input("role.description-too-long",
                    Words.of("roles.role.description-too-long", DESCRIPTION_LENGTH),
                    Words.of("roles.role.description-too-long.remedy"));
        }
        return checked;
    }

    private static void requireOwn(Role role, Words verb) {
        if (role.builtIn()) {
            throw RollcallException.input("role.built-in",
                    Words.of("roles.role.built-in", role.name(), verb),
                    Words.of("roles.role.built-in.remedy"));
        }
    }

    private static RollcallException gone(String name) {
        return new RollcallException(ErrorKind.CONFLICT, "role.gone",
                Words.of("roles.role.gone", name), Words.of("roles.role.gone.remedy"));
    }

    private static Map<String, @Nullable Object> facts(Role role) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", role.name());
        facts.put("description", role.description());
        facts.put("permissions", names(role.permissions()));
        return facts;
    }

    private static List<String> names(Set<Permission> permissions) {
        return permissions.stream().sorted().map(Permission::name).collect(Collectors.toList());
    }
}
