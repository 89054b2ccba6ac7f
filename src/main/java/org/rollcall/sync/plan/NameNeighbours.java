package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.Change.Reason;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.groups.IdIndex;

/// Names the other people of lost contests for user names: those who want the name too, and its holder. Reads everybody once
/// more, but only if somebody lost.
final class NameNeighbours {
    private static final int MOST = 5;

    private final People people;
    private final NameContest contest;
    private final Map<Long, List<Neighbour>> byName = new HashMap<>();

    private record Neighbour(UUID id, String name) {}

    NameNeighbours(PlanInput input, People people, NameContest contest) {
        this.people = people;
        this.contest = contest;
        if (contest.isContested()) {
            Merge.<MirrorPerson, StoredPerson, UUID>join(input.sources()::mirrorPeople, MirrorPerson::id,
                    input.sources().people(), StoredPerson::id, IdIndex.ORDER, this::look);
        }
    }

    private void look(@Nullable MirrorPerson seen, @Nullable StoredPerson stored) {
        UUID id = seen != null ? seen.id() : Objects.requireNonNull(stored).id();
        int person = people.ids().indexOf(id);
        if (person < 0) {
            return;
        }
        Attributes<UserField> attributes = seen != null
                ? seen.attributes()
                : Objects.requireNonNull(stored).attributes();
        if (contest.wantsAnother(person)) {
            note(people.wanted(person), id, attributes);
        }
        if (people.isPresent(person)) {
            note(people.current(person), id, attributes);
        }
    }

    private void note(long name, UUID id, Attributes<UserField> attributes) {
        if (contest.isContestedName(name)) {
            List<Neighbour> neighbours = byName.computeIfAbsent(name, hash -> new ArrayList<>());
            if (neighbours.size() <= MOST) {
                neighbours.add(new Neighbour(id, Names.of(attributes, id)));
            }
        }
    }

    /// Why a person does not get the user name.
    ///
    /// @param username the wanted name, null if its source has no value
    /// @param source   the attribute the name comes from
    Reason reason(int person, @Nullable String username, UserField source) {
        if (username == null || contest.isMissing(person)) {
            return new Reason(ReasonCode.USERNAME_MISSING, Map.of("field", source.graphName()));
        }
        UUID self = people.ids().id(person);
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("username", username);
        List<String> others = byName.getOrDefault(people.wanted(person), List.of()).stream()
                .filter(other -> !other.id().equals(self)).limit(MOST).map(Neighbour::name).toList();
        if (!others.isEmpty()) {
            facts.put("others", others);
        }
        if (contest.isShared(person)) {
            return new Reason(ReasonCode.USERNAME_SHARED, facts);
        }
        String holder = contest.foreignHolder(person);
        if (holder != null) {
            facts.put("holder", holder);
        }
        return new Reason(ReasonCode.USERNAME_TAKEN, facts);
    }
}
