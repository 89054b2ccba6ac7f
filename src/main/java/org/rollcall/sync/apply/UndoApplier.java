package org.rollcall.sync.apply;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.GroupChange;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.Database;
import org.rollcall.store.DirectoryChanges;
import org.rollcall.store.DirectoryChanges.RoleGrant;
import org.rollcall.store.RoleStore;
import org.rollcall.sync.plan.PersonFields;
import org.rollcall.text.Words;

/// Takes the change set of an undo, as it is stored, and makes the directory so. To be called within the one transaction that
/// also stores the audit event and the end of the run. Where an import removes, this may delete (`after` is empty), and what
/// was deleted comes back with the row that it had (`after` has an id).
public final class UndoApplier {
    /// The fact of a reason that says whether the import has somebody in scope from now on.
    public static final String CLAIM = "claim";

    private final Database database;
    private final ChangeStore changes;
    private final RoleStore roles;
    private final Clock clock;

    public UndoApplier(Database database, ChangeStore changes, RoleStore roles, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.roles = roles;
        this.clock = clock;
    }

    /// @param profileId the import whose run is taken back; null: it has been deleted
    /// @param by        whom the roles are given by, in words
    public void apply(long tenantId, long runId, @Nullable Long profileId, String by, Applier.Progress progress) {
        var directory = new DirectoryChanges(database, tenantId, runId, clock.instant());
        var steps = new ChangeSteps(changes, runId, progress);
        Map<String, Long> roleIds = roles.ids();
        // Names are set free before they are taken, so that two people can swap theirs.
        steps.besides(ApplyStage.PEOPLE, people -> directory.freeNames(people.stream().filter(Applier::changesName)
                .map(PersonChange::objectId).toList()), ChangeKind.RENAME, ChangeKind.REMOVE);
        steps.people(ApplyStage.PEOPLE, people -> directory.deletePeople(people.stream()
                .filter(UndoApplier::deletes).toList()), ChangeKind.REMOVE);
        var touched = new HashSet<UUID>();
        steps.people(ApplyStage.PEOPLE, people -> {
            List<PersonChange> known = people.stream().filter(each -> !deletes(each)).toList();
            directory.updatePeople(known);
            known.forEach(person -> touched.add(person.objectId()));
        }, ChangeKind.REACTIVATE, ChangeKind.RENAME, ChangeKind.UPDATE, ChangeKind.DEACTIVATE, ChangeKind.REMOVE);
        directory.refreshKeys(touched);
        steps.people(ApplyStage.PEOPLE, people -> directory.insertPeople(people,
                people.stream().map(person -> grant(person, roleIds)).toList(), by), ChangeKind.CREATE);
        steps.people(ApplyStage.ROLES, people -> roles(directory, people, roleIds, by), ChangeKind.ROLE_GRANT,
                ChangeKind.ROLE_CHANGE);
        steps.besides(ApplyStage.ROLES, people -> roles(directory, people.stream()
                .filter(each -> each.after().containsKey(PersonFields.ROLE)).toList(), roleIds, by), ChangeKind.SKIP);
        steps.groups(ApplyStage.GROUPS, groups -> directory.deleteGroups(groups.stream()
                .filter(each -> each.after().isEmpty()).toList()), ChangeKind.GROUP_REMOVE);
        steps.groups(ApplyStage.GROUPS, directory::putGroups, ChangeKind.GROUP_CREATE);
        steps.groups(ApplyStage.GROUPS, groups -> directory.updateGroups(groups.stream()
                .filter(each -> !each.after().isEmpty()).toList()), ChangeKind.GROUP_UPDATE, ChangeKind.GROUP_REMOVE);
        steps.members(directory::removeMembers, ChangeKind.MEMBER_REMOVE);
        steps.members(directory::addMembers, ChangeKind.MEMBER_ADD);
        if (profileId != null) {
            claims(directory, steps, profileId);
        }
    }

    private static boolean deletes(PersonChange person) {
        return person.kind() == ChangeKind.REMOVE && person.after().isEmpty();
    }

    private static void roles(DirectoryChanges directory, List<PersonChange> people, Map<String, Long> roleIds,
            String by) {
        directory.takeRoles(people.stream().filter(each -> each.after().get(PersonFields.ROLE) == null)
                .map(PersonChange::objectId).toList());
        directory.giveBack(people.stream().filter(each -> each.after().get(PersonFields.ROLE) != null)
                .map(each -> grant(each, roleIds)).toList(), by);
    }

    private static RoleGrant grant(PersonChange person, Map<String, Long> roleIds) {
        String role = String.valueOf(person.after().get(PersonFields.ROLE));
        Long roleId = roleIds.get(role);
        if (roleId == null) {
            throw new RollcallException(ErrorKind.CONFLICT, "apply.role-gone",
                    Words.of("sync.apply.role-gone", role), Words.of("sync.apply.role-gone.remedy"));
        }
        Long ruleId = person.after().get(PersonFields.RULE_ID) instanceof Number id ? id.longValue() : null;
        return new RoleGrant(person.objectId(), roleId,
                String.valueOf(person.after().get(PersonFields.ROLE_SOURCE)), ruleId);
    }

    private static void claims(DirectoryChanges directory, ChangeSteps steps, long profileId) {
        steps.besides(ApplyStage.PEOPLE, people -> claims(directory, profileId, true, people), ChangeKind.CREATE,
                ChangeKind.REACTIVATE, ChangeKind.REMOVE, ChangeKind.SKIP);
        steps.groupsBesides(ApplyStage.GROUPS, groups -> claims(directory, profileId, false, groups),
                ChangeKind.GROUP_CREATE, ChangeKind.GROUP_REMOVE, ChangeKind.SKIP);
    }

    private static void claims(DirectoryChanges directory, long profileId, boolean people,
            List<? extends Change> all) {
        for (Boolean inScope : List.of(false, true)) {
            var ids = new ArrayList<UUID>();
            all.stream().filter(each -> Objects.equals(each.reason().facts().get(CLAIM), inScope))
                    .forEach(each -> ids.add(each.objectId()));
            if (!ids.isEmpty()) {
                directory.claim(profileId, people, ids, inScope);
            }
        }
    }
}
