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

/// What a tenant that is not read whole has told of single groups: how many people are in them, who those are, and which
/// groups are below. Thread-safe; in memory only. Of people that nobody asked for lately no more than a bounded number is
/// kept.
final class GroupPeople {
    /// Whose members.
    ///
    /// @param nested with all groups below, else direct ones only
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

    /// @param mostPeople kept, the sum over groups
    GroupPeople(long mostPeople) {
        this.mostPeople = mostPeople;
    }

    synchronized @Nullable MemberCounts counts(UUID group) {
        return counts.get(group);
    }

    /// Groups below a group through all nesting, itself not among them unless it is in a circle.
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

    /// Those of `groups` whose counts nobody asked for.
    synchronized List<UUID> uncounted(Collection<UUID> groups) {
        return groups.stream().filter(id -> !counts.containsKey(id)).distinct().toList();
    }
}
