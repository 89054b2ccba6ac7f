package org.rollcall.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What was written: whom, and which groups, as far as a plan has to know.
///
/// @param people whose row was written, or a membership of theirs
/// @param groups whose row was written, or a direct member of them
/// @param below  groups whose place among groups is another one: they came, or went into a group or out of one. Everybody
///               below them may be decided about in another way. What is no group is of no consequence.
/// @param above  groups that such a group went into or out of, and those that are gone
public record Touched(Set<UUID> people, Set<UUID> groups, Set<UUID> below, Set<UUID> above) {
    static final Touched NOTHING = new Touched(Set.of(), Set.of(), Set.of(), Set.of());

    public Touched {
        people = Set.copyOf(people);
        groups = Set.copyOf(groups);
        below = Set.copyOf(below);
        above = Set.copyOf(above);
    }

    static Touched ofPeople(Collection<UUID> people) {
        return new Touched(Set.copyOf(people), Set.of(), Set.of(), Set.of());
    }

    /// How many rows it takes to note it.
    int size() {
        return people.size() + groups.size() + below.size() + above.size();
    }

    List<Set<UUID>> sets() {
        return List.of(people, groups, below, above);
    }
}
