package org.rollcall.sync.apply;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.Database;
import org.rollcall.store.DirectoryChanges;
import org.rollcall.store.DirectoryChanges.RoleGrant;
import org.rollcall.store.PastLog;
import org.rollcall.store.RoleStore;
import org.rollcall.sync.plan.PersonFields;
import org.rollcall.text.Words;

/// Takes a run's change set, as it is stored, and makes the directory so. To be called within the one transaction that
/// also stores the profile, the audit events and the end of the run.
public final class Applier {
    private final Database database;
    private final ChangeStore changes;
    private final RoleStore roles;
    private final Clock clock;

    /// Hears how far it is.
    public interface Progress {
        /// @param inStage changes of that stage
        /// @param inAll   changes of all stages
        void made(ApplyStage stage, long inStage, long inAll);
    }

    public Applier(Database database, ChangeStore changes, RoleStore roles, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.roles = roles;
        this.clock = clock;
    }

    /// @param profileId who brings the objects in
    /// @param rules     of the profile, in order, as stored
    /// @param by        whom the roles are given by, in words
    /// @param progress  what is done so far
    /// @return whether the directory is another one now, be it only in what nobody would call a change: which rule gives a
    ///         role, which profile has whom in scope
    public boolean apply(long tenantId, long runId, long profileId, List<RoleRule> rules, String by,
            Progress progress) {
        var directory = new DirectoryChanges(database, tenantId, runId, clock.instant());
        var steps = new ChangeSteps(changes, runId, progress);
        if (steps.changes()) {
            new PastLog(database, clock).runBegins(runId);
        }
        // Names are set free before they are taken, so that two people can swap theirs.
        steps.besides(ApplyStage.PEOPLE, people -> directory.freeNames(people.stream().filter(Applier::changesName)
                .map(PersonChange::objectId).toList()), ChangeKind.RENAME, ChangeKind.REMOVE);
        var touched = new HashSet<UUID>();
        steps.people(ApplyStage.PEOPLE, people -> {
            directory.updatePeople(people);
            people.forEach(person -> touched.add(person.objectId()));
        }, ChangeKind.REACTIVATE, ChangeKind.RENAME, ChangeKind.UPDATE, ChangeKind.DEACTIVATE, ChangeKind.REMOVE);
        directory.refreshKeys(touched);
        Map<String, Long> roleIds = roles.ids();
        steps.peopleByName(ApplyStage.PEOPLE, people -> directory.insertPeople(people,
                people.stream().map(person -> grant(person, roleIds, rules)).toList(), by), ChangeKind.CREATE);
        steps.people(ApplyStage.ROLES, people -> directory.grant(
                people.stream().map(person -> grant(person, roleIds, rules)).toList(), by), ChangeKind.ROLE_GRANT,
                ChangeKind.ROLE_CHANGE);
        steps.besides(ApplyStage.ROLES, people -> {
            List<RoleGrant> grants = people.stream().filter(person -> person.reason().code() == ReasonCode.RULE)
                    .map(person -> grant(person, roleIds, rules)).toList();
            grants.forEach(grant -> touched.add(grant.person()));
            directory.grant(grants, by);
        }, ChangeKind.SKIP);
        steps.groups(ApplyStage.GROUPS, directory::putGroups, ChangeKind.GROUP_CREATE);
        steps.groups(ApplyStage.GROUPS, directory::updateGroups, ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE);
        steps.members(directory::removeMembers, ChangeKind.MEMBER_REMOVE);
        steps.members(directory::addMembers, ChangeKind.MEMBER_ADD);
        return directory.claim(profileId, steps.kinds()) > 0 || !touched.isEmpty() || steps.changes();
    }

    static boolean changesName(PersonChange person) {
        return person.kind() == ChangeKind.REMOVE || person.after().containsKey(PersonFields.USERNAME);
    }

    private static RoleGrant grant(PersonChange person, Map<String, Long> roleIds, List<RoleRule> rules) {
        String role = String.valueOf(person.after().get(PersonFields.ROLE));
        Long roleId = roleIds.get(role);
        if (roleId == null) {
            throw new RollcallException(ErrorKind.CONFLICT, "apply.role-gone",
                    Words.of("sync.apply.role-gone", role), Words.of("sync.apply.role-gone.remedy"));
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
}
