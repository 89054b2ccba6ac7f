package org.rollcall.ui.importing.preview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.sync.plan.RoleLosses;
import org.rollcall.ui.common.ChangeRoleDialog.RoleOption;
import org.rollcall.ui.importing.draft.ImportServices;

/// Who may do what before and after a change set: people by role, and the role that each person gets.
///
/// @param options all roles, with the people who hold them now
/// @param given   the role that each person gets from rules or default, by object id; only those whose role changes
/// @param names   of those people, in the order of the change set
/// @param taken   how many hold a role no longer, by role
/// @param gained  how many of `given` get a role, by role
/// @param lost    how many lose their role or get a lower one
/// @param administrators names of those of `given` who become administrators, in the order of the change set
record RoleDiff(List<RoleOption> options, Map<UUID, String> given, Map<UUID, String> names, Map<String, Long> taken,
        Map<String, Long> gained, long lost, Map<UUID, String> administrators) {
    private static final Set<ChangeKind> KINDS = Set.of(ChangeKind.CREATE, ChangeKind.ROLE_GRANT,
            ChangeKind.ROLE_CHANGE, ChangeKind.REACTIVATE);

    static RoleDiff of(ImportServices services, Actor actor, Run run) {
        var options = services.roles().roles().list(actor).stream()
                .map(use -> new RoleOption(use.role(), use.people())).toList();
        var given = new HashMap<UUID, String>();
        var names = new LinkedHashMap<UUID, String>();
        var taken = new HashMap<String, Long>();
        var losses = RoleLosses.among(options.stream().map(RoleOption::role).toList()).count();
        services.runs().allChanges(actor, run.id(), new ChangeFilter(KINDS, "")).forEachRemaining(each -> {
            if (each.change() instanceof PersonChange person) {
                String role = roleName(options, person.after().get("role"));
                if (role != null) {
                    given.put(person.objectId(), role);
                    names.put(person.objectId(), person.name());
                }
                String before = roleName(options, person.before().get("role"));
                if (person.kind() == ChangeKind.ROLE_CHANGE && before != null) {
                    taken.merge(before, 1L, Long::sum);
                }
                losses.see(person);
            }
        });
        return counted(options, given, names, taken, losses.lost());
    }

    /// Counts once, off the FX thread: there may be a hundred thousand people.
    static RoleDiff counted(List<RoleOption> options, Map<UUID, String> given, Map<UUID, String> names,
            Map<String, Long> taken, long lost) {
        var gained = new HashMap<String, Long>();
        given.values().forEach(role -> gained.merge(role, 1L, Long::sum));
        var administrators = new LinkedHashMap<>(names);
        administrators.keySet().removeIf(id -> !Role.ADMINISTRATOR.equals(given.get(id)));
        return new RoleDiff(options, given, names, taken, gained, lost, administrators);
    }

    static @Nullable String roleName(List<RoleOption> options, @Nullable Object value) {
        if (value instanceof Number id) {
            return options.stream().map(RoleOption::role).filter(role -> role.id() == id.longValue()).map(Role::name)
                    .findFirst().orElse(null);
        }
        return value == null ? null : value.toString();
    }

    /// One role's people, before and after.
    record Line(String role, long before, long after) {}

    /// @param byHand  roles chosen here, by object id
    /// @param leftOut people who do not come in
    List<Line> lines(Map<UUID, String> byHand, Set<UUID> leftOut) {
        var added = new HashMap<>(gained);
        var changed = new HashSet<>(byHand.keySet());
        changed.addAll(leftOut);
        changed.forEach(id -> {
            String role = given.get(id);
            if (role != null) {
                added.merge(role, -1L, Long::sum);
                if (!leftOut.contains(id)) {
                    added.merge(Objects.requireNonNullElse(byHand.get(id), role), 1L, Long::sum);
                }
            }
        });
        return options.stream().map(option -> {
            String role = option.role().name();
            return new Line(role, option.people(), option.people() + added.getOrDefault(role, 0L)
                    - taken.getOrDefault(role, 0L));
        }).toList();
    }

    /// Names of people of this import who become administrators.
    List<String> administrators(Map<UUID, String> byHand, Set<UUID> leftOut) {
        var found = new ArrayList<String>();
        var possible = byHand.containsValue(Role.ADMINISTRATOR) ? names : administrators;
        possible.forEach((id, name) -> {
            String role = Objects.requireNonNullElse(byHand.get(id), given.getOrDefault(id, ""));
            if (role.equals(Role.ADMINISTRATOR) && !leftOut.contains(id)) {
                found.add(name);
            }
        });
        return found;
    }
}
