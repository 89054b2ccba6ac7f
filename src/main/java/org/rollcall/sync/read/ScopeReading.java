package org.rollcall.sync.read;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.ReadProgressStore;
import org.rollcall.store.ReadProgressStore.Todo;
import org.rollcall.text.Words;

/// Limits a mirror of chosen groups and people to what is in scope: requests what was added to it, and deletes what left it.
final class ScopeReading {
    private final ReadSession session;
    private final Lookups lookups;

    ScopeReading(ReadSession session, Lookups lookups) {
        this.session = session;
        this.lookups = lookups;
    }

    /// Adds the lookups that a first read needs, within the caller's transaction.
    static void begin(long mirror, ReadScope scope, ReadProgressStore progress) {
        progress.add(mirror, Todo.GROUP, scope.roots());
        progress.add(mirror, Todo.MEMBERS_OF, scope.roots());
        progress.add(mirror, Todo.GROUPS_BELOW, scope.nestedRuleGroups());
        if (scope.nested()) {
            progress.add(mirror, Todo.GROUPS_BELOW, scope.groups());
            progress.add(mirror, Todo.PEOPLE_BELOW, scope.groups());
        } else {
            progress.add(mirror, Todo.DIRECT_PEOPLE, scope.groups());
        }
        progress.add(mirror, Todo.USER, scope.people());
    }

    /// Until everything in scope is stored or known not to exist: each round settles at least one object.
    void settle() {
        settleObjects();
        Map<UUID, Set<UUID>> unexplained = unexplained();
        if (!unexplained.isEmpty()) {
            askAgain(unexplained);
        }
        session.database.transaction(this::prune);
    }

    private void settleObjects() {
        while (askForGroups() || askForPeople()) {
            lookups.drain();
        }
    }

    /// People in the list below a group whom no list of members leads to: one of the two lists is short, or somebody left in
    /// between.
    private Map<UUID, Set<UUID>> unexplained() {
        long mirror = session.mirrorId;
        var nesting = session.rows.nesting(mirror);
        var explained = new HashSet<>(peopleInScope());
        explained.addAll(session.scope.groupsToHold(nesting));
        explained.addAll(session.missing);
        explained.addAll(session.toldGone);
        Set<UUID> hidden = session.seesHiddenMembers ? Set.of() : session.rows.hiddenGroups(mirror);
        var unexplained = new LinkedHashMap<UUID, Set<UUID>>();
        session.listedBelow.forEach((group, ids) -> {
            var rest = new HashSet<>(ids);
            rest.removeAll(explained);
            // The members of hidden groups are not requested, so they lead to nobody.
            if (!rest.isEmpty() && Collections.disjoint(ReadScope.closure(Set.of(group), nesting), hidden)) {
                unexplained.put(group, rest);
            }
        });
        return unexplained;
    }

    /// Both kinds of lists are read once more.
    ///
    /// @throws RollcallException REFUSED: they contradict each other again
    private void askAgain(Map<UUID, Set<UUID>> before) {
        session.pause();
        long mirror = session.mirrorId;
        var nesting = session.rows.nesting(mirror);
        var below = ReadScope.closure(before.keySet(), nesting);
        below.retainAll(Set.copyOf(session.rows.groupIds(mirror)));
        session.listedBelow.keySet().removeAll(before.keySet());
        session.database.transaction(() -> {
            var ofPeople = new HashSet<>(before.keySet());
            ofPeople.retainAll(session.scope.groupsOfPeople(nesting));
            session.progress.add(mirror, session.scope.nested() ? Todo.PEOPLE_BELOW : Todo.DIRECT_PEOPLE, ofPeople);
            var ofGroups = new HashSet<>(before.keySet());
            if (!session.scope.nested()) {
                ofGroups.removeAll(session.scope.groups());
            }
            session.progress.add(mirror, Todo.GROUPS_BELOW, ofGroups);
        });
        lookups.membersAgain(List.copyOf(below));
        settleObjects();
        Map<UUID, Set<UUID>> after = unexplained();
        before.forEach((group, ids) -> session.note(Streams.ASKED_AGAIN, group,
                Words.of("sync.scopeReading.groupWasListedWithPeople", group, ids.size()).english(),
                after.containsKey(group)
                        ? Words.of("sync.scopeReading.theyContradictEachOtherAgain").english()
                        : Words.of("sync.scopeReading.theyAgree").english()));
        after.keySet().stream().findFirst().ifPresent(group -> {
            // Continuing at this place would take the short lists for complete.
            session.database.transaction(() -> session.progress.clear(mirror));
            throw new RollcallException(ErrorKind.REFUSED, "directory.short-members",
                    Words.of("sync.directory.short-members", group),
                    Words.of("sync.directory.short-members.remedy"), Map.of("object", group.toString()), null);
        });
    }

    private boolean askForGroups() {
        long mirror = session.mirrorId;
        var nesting = session.rows.nesting(mirror);
        var unknown = without(session.scope.groupsToHold(nesting), session.rows.groupIds(mirror));
        if (unknown.isEmpty()) {
            return false;
        }
        var ofPeople = new HashSet<>(unknown);
        ofPeople.retainAll(session.scope.groupsOfPeople(nesting));
        var direct = new HashSet<>(unknown);
        direct.retainAll(session.scope.ruleGroups());
        if (!session.scope.nested()) {
            direct.addAll(ofPeople);
            direct.removeAll(session.scope.nestedRuleGroups());
        }
        var nested = new HashSet<>(unknown);
        nested.removeAll(direct);
        session.database.transaction(() -> {
            session.progress.add(mirror, Todo.GROUP, unknown);
            session.progress.add(mirror, Todo.MEMBERS_OF, unknown);
            session.progress.add(mirror, Todo.GROUPS_BELOW, nested);
            session.progress.add(mirror, session.scope.nested() ? Todo.PEOPLE_BELOW : Todo.DIRECT_PEOPLE, ofPeople);
        });
        return true;
    }

    private boolean askForPeople() {
        long mirror = session.mirrorId;
        var unknown = without(peopleInScope(), session.rows.userIds(mirror));
        session.database.transaction(() -> session.progress.add(mirror, Todo.USER, unknown));
        return !unknown.isEmpty();
    }

    private Set<UUID> peopleInScope() {
        var nesting = session.rows.nesting(session.mirrorId);
        var people = new HashSet<>(session.rows.peopleIn(session.mirrorId, session.scope.groupsOfPeople(nesting)));
        people.addAll(session.scope.people());
        return people;
    }

    private Set<UUID> without(Set<UUID> wanted, Iterable<UUID> held) {
        var rest = new HashSet<>(wanted);
        rest.removeAll(session.missing);
        held.forEach(rest::remove);
        return rest;
    }

    private void prune() {
        long mirror = session.mirrorId;
        var groups = new HashSet<>(session.rows.groupIds(mirror));
        groups.removeAll(session.scope.groupsToHold(session.rows.nesting(mirror)));
        session.rows.pruneGroups(mirror, groups);
        var people = new HashSet<>(session.rows.userIds(mirror));
        people.removeAll(peopleInScope());
        session.rows.pruneUsers(mirror, people);
    }
}
