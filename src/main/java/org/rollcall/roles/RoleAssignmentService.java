package org.rollcall.roles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Assignment;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.PersonStore.Standing;
import org.rollcall.store.RoleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.text.Words;

/// Sets roles manually, and lets people follow the rules again. A manual role outlives every import.
///
/// Nobody gives or takes a role with more permissions than their own; the last administrator keeps theirs; each call is all or
/// nothing.
public final class RoleAssignmentService {
    private static final int PART = 250;

    private final AssignmentStore assignments;
    private final PersonStore people;
    private final RoleStore roles;
    private final SettingStore settings;
    private final StoredRules rules;
    private final AdministratorGuard guard;
    private final AuditService audit;

    RoleAssignmentService(AssignmentStore assignments, PersonStore people, RoleStore roles, SettingStore settings,
            StoredRules rules, AdministratorGuard guard, AuditService audit) {
        this.assignments = assignments;
        this.people = people;
        this.roles = roles;
        this.settings = settings;
        this.rules = rules;
        this.guard = guard;
        this.audit = audit;
    }

    /// @throws RollcallException NOT_ALLOWED; INPUT: unknown role or person; GUARD: the last administrator
    public RoleEdit setRole(Actor actor, List<Long> userIds, String roleName) {
        return setRole(actor, userIds, Map.of(), roleName);
    }

    /// @param seen the versions of people as the actor saw them; people without one are changed whatever their version
    /// @throws RollcallException also CONFLICT: somebody else changed one of them meanwhile
    public RoleEdit setRole(Actor actor, List<Long> userIds, Map<Long, Integer> seen, String roleName) {
        actor.require(Permission.CHANGE_ROLES);
        Role role = roles.require(roleName);
        Powers.requireGive(actor, role);
        var decision = new RuleDecision(role.id(), RoleSource.MANUAL, null);
        return guard.requireOneAfter(() -> edit(actor, userIds, seen, ids -> ids.stream()
                .collect(Collectors.toMap(id -> id, id -> decision)), "role.set"));
    }

    /// Lets people follow the rules again, with immediate effect.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: unknown person; GUARD: the last administrator
    public RoleEdit clear(Actor actor, List<Long> userIds) {
        return clear(actor, userIds, Map.of());
    }

    /// @param seen as in [#setRole(Actor, List, Map, String)]
    public RoleEdit clear(Actor actor, List<Long> userIds, Map<Long, Integer> seen) {
        actor.require(Permission.CHANGE_ROLES);
        return guard.requireOneAfter(() -> edit(actor, userIds, seen, rules::decide, "role.clear"));
    }

    /// The role that the rules would give somebody with a manual role.
    public RuleDecision underRules(Actor actor, long userId) {
        actor.require(Permission.VIEW_DIRECTORY);
        return Objects.requireNonNull(rules.decide(List.of(userId)).get(userId));
    }

    /// Reverts an edit.
    ///
    /// @throws RollcallException CONFLICT: somebody changed one of the people since
    public void undo(Actor actor, RoleEdit edit) {
        actor.require(Permission.CHANGE_ROLES);
        Set<Permission> own = actor.permissions();
        guard.requireOneAfter(() -> {
            Map<Long, Role> byId = byId();
            Map<Long, Assignment> old = edit.before().stream()
                    .collect(Collectors.toMap(Assignment::userId, each -> each));
            held(old.values(), byId).forEach(role -> Powers.requireGive(actor, own, role));
            var entries = new ArrayList<AuditService.Entry>();
            for (List<Long> ids : parts(old.keySet())) {
                Map<Long, Standing> standing = standing(ids);
                requireUnchanged(standing, edit.versions());
                Map<Long, Assignment> now = assignments.of(ids);
                held(now.values(), byId).forEach(role -> Powers.requireTake(actor, own, role));
                List<Assignment> before = ids.stream().map(id -> Objects.requireNonNull(old.get(id))).toList();
                assignments.restore(before);
                before.forEach(each -> entries.add(entry("role.undo", standing, byId, now.get(each.userId()),
                        each.userId(), each.roleId(), each.source())));
            }
            settings.raiseDirectoryRevision();
            audit.recordAll(actor, entries);
            return old.size();
        });
    }

    private RoleEdit edit(Actor actor, Collection<Long> userIds, Map<Long, Integer> seen,
            Function<Collection<Long>, Map<Long, RuleDecision>> decide, String action) {
        return apply(actor, decide.apply(new LinkedHashSet<>(userIds)), seen, action);
    }

    /// Applies decisions to those whose role or its source they change, in the caller's transaction; also called after rules
    /// were saved.
    RoleEdit apply(Actor actor, Map<Long, RuleDecision> decisions, Map<Long, Integer> seen, String action) {
        // An actor who gives up a role no longer has its permissions afterwards.
        Set<Permission> own = actor.permissions();
        Map<Long, Role> byId = byId();
        var previous = new ArrayList<Assignment>();
        var entries = new ArrayList<AuditService.Entry>();
        var versions = new HashMap<Long, Integer>();
        parts(decisions.keySet()).forEach(ids -> {
            Map<Long, Assignment> before = assignments.of(ids);
            List<Long> others = ids.stream().filter(id -> !holds(before.get(id), decision(decisions, id))).toList();
            Map<Long, Standing> standing = standing(
                    ids.stream().filter(id -> seen.containsKey(id) || others.contains(id)).toList());
            requireUnchanged(standing, seen);
            var changed = new LinkedHashMap<RuleDecision, List<Long>>();
            for (Long id : others) {
                RuleDecision decision = decision(decisions, id);
                Assignment old = before.get(id);
                changed.computeIfAbsent(decision, key -> new ArrayList<>()).add(id);
                if (old != null) {
                    previous.add(old);
                }
                entries.add(entry(action, standing, byId, old, id, decision.roleId(), decision.source()));
                versions.put(id, Objects.requireNonNull(standing.get(id)).version() + 1);
            }
            changed.forEach((decision, some) -> assignments.set(some, decision.roleId(), decision.source(),
                    decision.ruleId(), actor.name()));
        });
        if (!entries.isEmpty()) {
            held(previous, byId).forEach(role -> Powers.requireTake(actor, own, role));
            versions.keySet().stream().map(id -> decision(decisions, id).roleId()).distinct()
                    .flatMap(id -> Stream.ofNullable(byId.get(id)))
                    .forEach(role -> Powers.requireGive(actor, own, role));
            settings.raiseDirectoryRevision();
            audit.recordAll(actor, entries);
        }
        return new RoleEdit(previous, versions);
    }

    /// In ascending order and in chunks: each part of the tables is read once and not once for every step.
    private static List<List<Long>> parts(Collection<Long> ids) {
        List<Long> sorted = ids.stream().sorted().toList();
        var parts = new ArrayList<List<Long>>();
        for (int from = 0; from < sorted.size(); from += PART) {
            parts.add(sorted.subList(from, Math.min(sorted.size(), from + PART)));
        }
        return parts;
    }

    private static RuleDecision decision(Map<Long, RuleDecision> decisions, Long id) {
        return Objects.requireNonNull(decisions.get(id));
    }

    private static boolean holds(@Nullable Assignment present, RuleDecision decision) {
        return present != null && present.roleId() == decision.roleId() && present.source() == decision.source()
                && Objects.equals(present.ruleId(), decision.ruleId());
    }

    private Map<Long, Standing> standing(Collection<Long> ids) {
        Map<Long, Standing> standing = people.standing(ids);
        for (Long id : ids) {
            if (!standing.containsKey(id)) {
                throw RollcallException.input("user.unknown", Words.of("roles.user.unknown", id),
                        Words.of("roles.user.unknown.remedy"));
            }
        }
        return standing;
    }

    private static void requireUnchanged(Map<Long, Standing> standing, Map<Long, Integer> seen) {
        standing.forEach((id, now) -> {
            Integer version = seen.get(id);
            if (version != null && now.version() != version) {
                throw new RollcallException(ErrorKind.CONFLICT, "user.changed",
                        Words.of("roles.user.changed", now.shownName()),
                        Words.of("roles.user.changed.remedy"));
            }
        });
    }

    private Map<Long, Role> byId() {
        return roles.list().stream().collect(Collectors.toMap(Role::id, role -> role));
    }

    private static List<Role> held(Collection<Assignment> assignments, Map<Long, Role> byId) {
        return assignments.stream().map(Assignment::roleId).distinct().flatMap(id -> Stream.ofNullable(byId.get(id)))
                .toList();
    }

    private static AuditService.Entry entry(String action, Map<Long, Standing> standing, Map<Long, Role> byId,
            @Nullable Assignment before, long id, long roleId, RoleSource source) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        if (before != null) {
            detail.put("before", words(byId, before.roleId(), before.source()));
        }
        detail.put("after", words(byId, roleId, source));
        Standing who = standing.get(id);
        return new AuditService.Entry(action, "USER", Long.toString(id), who == null ? null : who.shownName(), detail,
                null);
    }

    private static Map<String, String> words(Map<Long, Role> byId, long roleId, RoleSource source) {
        Role role = byId.get(roleId);
        var words = new LinkedHashMap<String, String>();
        words.put("role", role == null ? Long.toString(roleId) : role.name());
        words.put("roleSource", source.name());
        return words;
    }
}
