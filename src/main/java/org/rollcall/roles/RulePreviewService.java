package org.rollcall.roles;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.Assignment;
import org.rollcall.domain.Page;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleRule;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RulePreview.Administrators;
import org.rollcall.roles.RulePreview.ChangedPerson;
import org.rollcall.roles.RulePreview.RoleChange;
import org.rollcall.roles.RulePreview.RoleCount;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.text.Words;

/// Computes the effect of saving rules. Changes nothing.
public final class RulePreviewService {
    private static final int CHUNK = 2000;
    private static final int NAMES = 5;

    private final ProfileStore profiles;
    private final PersonStore people;
    private final AssignmentStore assignments;
    private final RoleStore roles;
    private final StoredRules stored;
    private final AdministratorGuard guard;

    RulePreviewService(ProfileStore profiles, PersonStore people, AssignmentStore assignments, RoleStore roles,
            StoredRules stored, AdministratorGuard guard) {
        this.profiles = profiles;
        this.people = people;
        this.assignments = assignments;
        this.roles = roles;
        this.stored = stored;
        this.guard = guard;
    }

    /// @param checkpoint called periodically; an exception from it ends the computation
    public RulePreview preview(Actor actor, long profileId, List<RoleRule> inOrder, Runnable checkpoint) {
        actor.require(Permission.VIEW_DIRECTORY);
        Profile profile = profiles.byId(profileId).orElseThrow(() -> RollcallException.input("profile.unknown",
                Words.of("roles.profile.unknown"), Words.of("roles.profile.unknown.remedy")));
        List<Long> ids = people.followingRules(profileId);
        // Rules are identified by their position, whether stored or not.
        var placed = new ArrayList<RoleRule>();
        for (int i = 0; i < inOrder.size(); i++) {
            RoleRule rule = inOrder.get(i);
            placed.add(new RoleRule(i + 1L, profileId, i, rule.group(), rule.nested(), rule.roleId()));
        }
        checkpoint.run();
        Map<Long, RuleDecision> decisions = stored.decide(profile, placed, ids);
        var changes = new ArrayList<RoleChange>();
        var decides = new long[inOrder.size()];
        long others = 0;
        // People who are excluded from imports keep the role that a rule has given them.
        Map<Long, Long> kept = new HashMap<>(assignments.decidedByRule());
        for (int from = 0; from < ids.size(); from += CHUNK) {
            checkpoint.run();
            List<Long> chunk = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            Map<Long, Assignment> now = assignments.of(chunk);
            for (Long id : chunk) {
                RuleDecision decision = Objects.requireNonNull(decisions.get(id));
                int place = decision.ruleId() == null ? -1 : (int) (decision.ruleId() - 1);
                if (place < 0) {
                    others++;
                } else {
                    decides[place]++;
                }
                Assignment present = now.get(id);
                if (present == null) {
                    continue;
                }
                if (present.ruleId() != null) {
                    kept.merge(present.ruleId(), -1L, Long::sum);
                }
                if (present.roleId() != decision.roleId()) {
                    changes.add(new RoleChange(id, present.roleId(), decision.roleId(), present.ruleId(), place));
                }
            }
        }
        for (int i = 0; i < decides.length; i++) {
            decides[i] += Math.max(0, kept.getOrDefault(inOrder.get(i).id(), 0L));
        }
        List<Role> all = roles.list();
        long administrator = all.stream().filter(Role::isAdministrator).findFirst().orElseThrow().id();
        changes.sort(Comparator.comparing(change -> change.fromRoleId() == administrator
                ? 0
                : change.toRoleId() == administrator ? 1 : 2));
        return new RulePreview(inOrder, changes, Arrays.stream(decides).boxed().toList(), others,
                counts(all, changes), administrators(changes, administrator));
    }

    /// People whose role would change, in pages.
    ///
    /// @param words each must occur in name, user name, mail or department; blank: everybody
    /// @param after from the previous page; null: from the start
    public Page<ChangedPerson> people(Actor actor, RulePreview preview, String words, @Nullable String after,
            int limit) {
        actor.require(Permission.VIEW_DIRECTORY);
        var found = new ArrayList<ChangedPerson>();
        int at = after == null ? 0 : Integer.parseInt(after);
        while (at < preview.changes().size()) {
            var chunk = preview.changes().subList(at, Math.min(preview.changes().size(), at + CHUNK));
            var names = people.named(chunk.stream().map(RoleChange::userId).toList(), words);
            for (RoleChange change : chunk) {
                PersonStore.Named person = names.get(change.userId());
                if (person != null) {
                    if (found.size() == limit) {
                        return new Page<>(found, Integer.toString(at));
                    }
                    found.add(new ChangedPerson(change, person.shownName(), person.username(), person.status()));
                }
                at++;
            }
        }
        return new Page<>(found, null);
    }

    private List<RoleCount> counts(List<Role> all, List<RoleChange> changes) {
        Map<Long, Long> before = roles.people();
        var after = new HashMap<>(before);
        for (RoleChange change : changes) {
            after.merge(change.fromRoleId(), -1L, Long::sum);
            after.merge(change.toRoleId(), 1L, Long::sum);
        }
        return all.stream().map(role -> new RoleCount(role, before.getOrDefault(role.id(), 0L),
                after.getOrDefault(role.id(), 0L))).toList();
    }

    private Administrators administrators(List<RoleChange> changes, long administrator) {
        var lost = new ArrayList<String>();
        var won = new ArrayList<String>();
        long lostCount = 0;
        long wonCount = 0;
        var touched = changes.stream().takeWhile(
                change -> change.fromRoleId() == administrator || change.toRoleId() == administrator).toList();
        for (int from = 0; from < touched.size(); from += CHUNK) {
            var chunk = touched.subList(from, Math.min(touched.size(), from + CHUNK));
            var standing = people.standing(chunk.stream().map(RoleChange::userId).toList());
            for (RoleChange change : chunk) {
                var person = standing.get(change.userId());
                if (person == null || person.status() != UserStatus.ACTIVE) {
                    continue;
                }
                boolean loses = change.fromRoleId() == administrator;
                List<String> names = loses ? lost : won;
                if (names.size() < NAMES) {
                    names.add(person.shownName());
                }
                lostCount += loses ? 1 : 0;
                wonCount += loses ? 0 : 1;
            }
        }
        long before = guard.administrators();
        // Rules apply to imported people only.
        long canSignIn = guard.whoCanSignIn();
        boolean none = guard.importedCanSignIn() && canSignIn > 0 && canSignIn - lostCount + wonCount <= 0;
        return new Administrators(before, before - lostCount + wonCount, lost, won,
                none ? guard.refusal().message() : "");
    }
}
