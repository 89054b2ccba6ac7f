package org.rollcall.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Logged changes from which a plan derives its dirty set.
///
/// @param people with a changed row or membership
/// @param groups with a changed row or direct member
/// @param below  groups with a changed place in the nesting: new, or added to or removed from a group. The result for everybody
///               below them may change. May contain ids that are not of groups.
/// @param above  groups that such a group was added to or removed from, and deleted groups
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

    /// Number of log rows.
    int size() {
        return people.size() + groups.size() + below.size() + above.size();
    }

    List<Set<UUID>> sets() {
        return List.of(people, groups, below, above);
    }
}
