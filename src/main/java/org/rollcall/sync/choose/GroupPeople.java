package org.rollcall.sync.choose;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.source.DirectoryReader.MemberCounts;

/// A cache of what a very large tenant answered about single groups: counts, people, and nested groups. Thread-safe; in memory
/// only. The number of cached people is bounded, least recently used first.
final class GroupPeople {
    /// The members to count or list.
    ///
    /// @param nested including all groups below; otherwise direct members only
    record Of(UUID group, boolean nested) {}

    /// People in a group. Read only.
    record People(Set<UUID> all, Set<UUID> guests, Set<UUID> disabled) {
        static People none() {
            return new People(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }
    }

    private final long mostPeople;
    private final Map<UUID, MemberCounts> counts = new HashMap<>();
    private final Map<UUID, Set<UUID>> below = new HashMap<>();
    private final Map<Of, People> people = new LinkedHashMap<>();
    private long kept;

    /// @param mostPeople the bound, summed over groups
    GroupPeople(long mostPeople) {
        this.mostPeople = mostPeople;
    }

    synchronized @Nullable MemberCounts counts(UUID group) {
        return counts.get(group);
    }

    /// All groups below a group, excluding itself unless it is in a cycle.
    synchronized @Nullable Set<UUID> below(UUID group) {
        return below.get(group);
    }

    synchronized @Nullable People people(Of of) {
        return people.get(of);
    }

    synchronized void put(Map<UUID, MemberCounts> asked) {
        counts.putAll(asked);
    }

    synchronized void putBelow(UUID group, Set<UUID> groups) {
        below.put(group, Set.copyOf(groups));
    }

    synchronized void put(Of of, People found) {
        People before = people.remove(of);
        kept += found.all().size() - (before == null ? 0 : before.all().size());
        people.put(of, found);
        var oldest = people.entrySet().iterator();
        while (kept > mostPeople) {
            var next = oldest.next();
            if (next.getKey().equals(of)) {
                break;
            }
            kept -= next.getValue().all().size();
            oldest.remove();
        }
    }

    /// Those of `groups` whose counts are unknown.
    synchronized List<UUID> uncounted(Collection<UUID> groups) {
        return groups.stream().filter(id -> !counts.containsKey(id)).distinct().toList();
    }
}
