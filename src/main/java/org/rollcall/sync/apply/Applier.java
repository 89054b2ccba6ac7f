package org.rollcall.sync.apply;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.MemberChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunChange;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.Database;
import org.rollcall.store.DirectoryChanges;
import org.rollcall.store.DirectoryChanges.RoleGrant;
import org.rollcall.store.RoleStore;
import org.rollcall.sync.plan.PersonFields;

/// Takes a run's change set, as it is stored, and makes the directory so. To be called within the one transaction that
/// also stores the profile, the audit events and the end of the run.
public final class Applier {
    private static final int CHUNK = 2_000;

    private final Database database;
    private final ChangeStore changes;
    private final RoleStore roles;
    private final Clock clock;

    public Applier(Database database, ChangeStore changes, RoleStore roles, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.roles = roles;
        this.clock = clock;
    }

    /// @param profileId who brings the objects in
    /// @param rules     of the profile, in order, as stored
    /// @param by        whom the roles are given by, in words
    /// @param progress  how many changes are done
    public void apply(long tenantId, long runId, long profileId, List<RoleRule> rules, String by,
            LongConsumer progress) {
        var directory = new DirectoryChanges(database, tenantId, runId, clock.instant());
        var steps = new Steps(runId, progress);
        // Names are set free before they are taken, so that two people can swap theirs.
        steps.people(people -> directory.freeNames(people.stream().filter(Applier::changesName)
                .map(PersonChange::objectId).toList()), ChangeKind.RENAME, ChangeKind.REMOVE);
        var touched = new HashSet<UUID>();
        steps.people(people -> {
            directory.updatePeople(people);
            people.forEach(person -> touched.add(person.objectId()));
        }, ChangeKind.REACTIVATE, ChangeKind.RENAME, ChangeKind.UPDATE, ChangeKind.DEACTIVATE, ChangeKind.REMOVE);
        directory.refreshKeys(touched);
        Map<String, Long> roleIds = roleIds();
        steps.people(people -> {
            directory.insertPeople(people);
            directory.grant(people.stream().map(person -> grant(person, roleIds, rules)).toList(), by);
        }, ChangeKind.CREATE);
        steps.people(people -> directory.grant(
                people.stream().map(person -> grant(person, roleIds, rules)).toList(), by), ChangeKind.ROLE_GRANT,
                ChangeKind.ROLE_CHANGE);
        steps.people(people -> directory.grant(
                people.stream().filter(person -> person.reason().code() == ReasonCode.RULE)
                        .map(person -> grant(person, roleIds, rules)).toList(),
                by), ChangeKind.SKIP);
        steps.groups(directory::putGroups, ChangeKind.GROUP_CREATE);
        steps.groups(directory::updateGroups, ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE);
        steps.members(directory::removeMemberships, ChangeKind.MEMBER_REMOVE);
        steps.members(directory::addMemberships, ChangeKind.MEMBER_ADD);
        directory.claim(profileId);
    }

    private static boolean changesName(PersonChange person) {
        return person.kind() == ChangeKind.REMOVE || person.after().containsKey(PersonFields.USERNAME);
    }

    private Map<String, Long> roleIds() {
        var ids = new HashMap<String, Long>();
        for (Role role : roles.list()) {
            ids.put(role.name(), role.id());
        }
        return ids;
    }

    private static RoleGrant grant(PersonChange person, Map<String, Long> roleIds, List<RoleRule> rules) {
        String role = String.valueOf(person.after().get(PersonFields.ROLE));
        Long roleId = roleIds.get(role);
        if (roleId == null) {
            throw new RollcallException(ErrorKind.CONFLICT, "apply.role-gone",
                    "the role " + role + " has been deleted or renamed", "plan again");
        }
        @Nullable
        Long ruleId = null;
        if (person.after().get(PersonFields.RULE_POSITION) instanceof Number position) {
            ruleId = rules.get(position.intValue()).id();
        } else if (person.after().get(PersonFields.RULE_ID) instanceof Number id) {
            ruleId = id.longValue();
        }
        return new RoleGrant(person.objectId(), roleId,
                String.valueOf(person.after().get(PersonFields.ROLE_SOURCE)), ruleId);
    }

    /// Walks the stored changes of some kinds, chunk by chunk.
    private final class Steps {
        private final long runId;
        private final LongConsumer progress;
        private final Map<ChangeKind, Long> counts;
        private long done;

        Steps(long runId, LongConsumer progress) {
            this.runId = runId;
            this.progress = progress;
            this.counts = changes.counts(runId);
        }

        void people(Consumer<List<PersonChange>> work, ChangeKind... kinds) {
            walk(PersonChange.class, work, kinds);
        }

        void groups(Consumer<List<GroupChange>> work, ChangeKind... kinds) {
            walk(GroupChange.class, work, kinds);
        }

        void members(Consumer<List<MemberChange>> work, ChangeKind... kinds) {
            walk(MemberChange.class, work, kinds);
        }

        private <C> void walk(Class<C> type, Consumer<List<C>> work, ChangeKind... kinds) {
            // Looking for kinds that are not there would go through the whole change set.
            if (Arrays.stream(kinds).noneMatch(counts::containsKey)) {
                return;
            }
            Iterator<RunChange> all = changes.all(runId, new ChangeFilter(Set.of(kinds), ""));
            var chunk = new ArrayList<C>(CHUNK);
            while (all.hasNext()) {
                // Skips are of people and of groups.
                Change next = all.next().change();
                if (type.isInstance(next)) {
                    chunk.add(type.cast(next));
                }
                if (chunk.size() == CHUNK || !all.hasNext()) {
                    work.accept(chunk);
                    done += chunk.size();
                    progress.accept(done);
                    chunk.clear();
                }
            }
        }
    }
}
