package org.rollcall.sync.plan;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Ref;
import org.rollcall.groups.GroupGraph;

/// The people and groups in the scope of the import, with reasons.
final class ScopeDecision {
    private final GroupGraph graph;
    private final ProfileConfig.Scope scope;
    private final BitSet peopleIn = new BitSet();
    private final BitSet groupsIn = new BitSet();
    private final Set<UUID> excludedGroups = new HashSet<>();
    /// By person: 0 is none, else the ordinal of the reason plus one.
    private final byte[] codes;
    private final int[] via;
    private final GroupGraph.Reach chosen;

    ScopeDecision(PlanInput input, People people, GroupGraph graph) {
        this.graph = graph;
        this.scope = input.config().scope();
        this.codes = new byte[people.size()];
        this.chosen = graph.reach(scope.groups().stream().map(Ref::id).toList(), scope.nested());
        boolean paths = !scope.groups().isEmpty() || !input.config().filters().excludedGroups().isEmpty();
        this.via = new int[paths ? people.size() : 0];
        choose(people);
        leaveOut(input.config().filters(), people);
    }

    private void choose(People people) {
        if (scope.all()) {
            for (int i = 0; i < people.size(); i++) {
                if (people.is(i, People.SEEN)) {
                    mark(i, ReasonCode.IN_SCOPE_EVERYONE);
                }
            }
            groupsIn.set(0, graph.groups().size());
            return;
        }
        for (int group : chosen.groups()) {
            groupsIn.set(group);
        }
        chosen.forEachPerson((person, group) -> {
            if (codes[person] == 0 && people.is(person, People.SEEN)) {
                mark(person, ReasonCode.IN_SCOPE_GROUP);
                via[person] = group;
            }
        });
        for (Ref each : scope.people()) {
            int person = people.ids().indexOf(each.id());
            if (person >= 0 && people.is(person, People.SEEN)) {
                mark(person, ReasonCode.IN_SCOPE_PERSON);
            }
        }
    }

    private void leaveOut(ProfileConfig.Filters filters, People people) {
        // Later ones win, so the reason that is hardest to change in Entra comes first.
        for (int i = 0; i < people.size(); i++) {
            if (codes[i] == 0) {
                continue;
            }
            if (!filters.mfaRegistered() && people.is(i, People.MFA)) {
                skip(i, ReasonCode.MFA_SKIPPED);
            }
            if (!filters.disabled() && people.is(i, People.DISABLED)) {
                skip(i, ReasonCode.DISABLED_SKIPPED);
            }
            if (!filters.guests() && people.is(i, People.GUEST)) {
                skip(i, ReasonCode.GUEST_SKIPPED);
            }
            if (!people.is(i, People.READABLE)) {
                skip(i, ReasonCode.ONLY_ID_READABLE);
            }
        }
        for (Ref excluded : filters.excludedGroups()) {
            excludedGroups.add(excluded.id());
            int group = graph.groups().indexOf(excluded.id());
            if (group < 0) {
                continue;
            }
            groupsIn.clear(group);
            graph.reach(List.of(excluded.id()), true).forEachPerson((person, in) -> {
                if (codes[person] != 0 && code(person) != ReasonCode.EXCLUDED_GROUP) {
                    skip(person, ReasonCode.EXCLUDED_GROUP);
                    via[person] = group;
                }
            });
        }
        for (Ref excluded : filters.excludedPeople()) {
            int person = people.ids().indexOf(excluded.id());
            if (person >= 0 && codes[person] != 0) {
                skip(person, ReasonCode.EXCLUDED_PERSON);
            }
        }
    }

    private void mark(int person, ReasonCode code) {
        codes[person] = (byte) (code.ordinal() + 1);
        peopleIn.set(person);
    }

    private void skip(int person, ReasonCode code) {
        codes[person] = (byte) (code.ordinal() + 1);
        peopleIn.clear(person);
    }

    private ReasonCode code(int person) {
        return ReasonCode.values()[codes[person] - 1];
    }

    boolean includes(int person) {
        return peopleIn.get(person);
    }

    /// Why a person is in scope, or chosen and nevertheless excluded; null for others.
    @Nullable
    Reason reason(int person) {
        if (codes[person] == 0) {
            return null;
        }
        ReasonCode code = code(person);
        return switch (code) {
            case IN_SCOPE_GROUP -> groupReason(via[person]);
            case EXCLUDED_GROUP -> new Reason(code, Map.of("group", graph.name(via[person])));
            default -> Reason.of(code);
        };
    }

    boolean includesGroup(UUID id) {
        int group = graph.groups().indexOf(id);
        return group >= 0 && groupsIn.get(group);
    }

    boolean excludesGroup(UUID id) {
        return excludedGroups.contains(id);
    }

    /// Why a group is in scope.
    Reason reasonOfGroup(UUID id) {
        return scope.all()
                ? Reason.of(ReasonCode.IN_SCOPE_EVERYONE)
                : groupReason(graph.groups().indexOf(id));
    }

    private Reason groupReason(int group) {
        List<String> path = chosen.path(group);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("group", path.getFirst());
        facts.put("path", path);
        return new Reason(ReasonCode.IN_SCOPE_GROUP, facts);
    }
}
