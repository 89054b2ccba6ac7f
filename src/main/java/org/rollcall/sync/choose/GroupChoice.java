package org.rollcall.sync.choose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.sync.choose.GroupPeople.Of;
import org.rollcall.sync.choose.GroupPeople.People;
import org.rollcall.sync.choose.TenantPicture.Chosen;
import org.rollcall.sync.choose.TenantPicture.Precision;

/// A choice of groups in a very large tenant: the people it selects as far as known, and the next questions. First the number
/// of people in each group; then, unless the sum exceeds a limit, who they are, since only that gives the number of different
/// people.
final class GroupChoice {
    private final GroupPeople known;
    private final ProfileConfig.Filters filters;
    private final boolean nested;
    private final long tenant;
    private final long limit;
    private final List<UUID> topmost;
    private final List<UUID> out;
    private final Set<UUID> groups;

    /// @param limit of people whose ids are read, summed over groups
    GroupChoice(TenantPicture picture, ProfileConfig config, long limit) {
        known = picture.asked();
        filters = config.filters();
        nested = config.scope().nested();
        tenant = picture.peopleCount();
        this.limit = limit;
        out = filters.excludedGroups().stream().map(Ref::id).distinct().toList();
        var reach = new LinkedHashMap<UUID, Set<UUID>>();
        config.scope().groups().forEach(group -> reach.put(group.id(),
                nested ? picture.below(List.of(group.id())) : Set.of(group.id())));
        topmost = topmost(reach);
        groups = new HashSet<>();
        reach.values().forEach(groups::addAll);
        groups.removeAll(out);
    }

    /// Without groups below another chosen one; of a cycle, its first.
    private static List<UUID> topmost(Map<UUID, Set<UUID>> reach) {
        var top = new LinkedHashSet<UUID>();
        reach.forEach((group, below) -> {
            if (top.stream().noneMatch(each -> reach.getOrDefault(each, Set.of()).contains(group))) {
                top.removeAll(below);
                top.add(group);
            }
        });
        return List.copyOf(top);
    }

    /// The next questions, each once; answers may lead to further questions.
    Unasked unasked() {
        var uncounted = known.uncounted(concat(topmost, out));
        if (!uncounted.isEmpty()) {
            return new Unasked(uncounted, List.of(), List.of());
        }
        // Exclusion always includes nested groups.
        List<UUID> below = concat(nested ? topmost : List.of(), out).stream().filter(id -> known.below(id) == null)
                .distinct().toList();
        var people = new LinkedHashSet<Of>();
        long inGroups = atMost();
        if (inGroups <= limit) {
            topmost.forEach(id -> people.add(new Of(id, nested)));
            if (inGroups + out.stream().mapToLong(id -> count(id, true)).sum() <= limit) {
                out.forEach(id -> people.add(new Of(id, true)));
            }
        }
        people.removeIf(of -> known.people(of) != null);
        return new Unasked(List.of(), List.copyOf(people), below);
    }

    private static List<UUID> concat(List<UUID> one, List<UUID> other) {
        var all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    /// -1 if unknown.
    private long count(UUID group, boolean withNested) {
        var counts = known.counts(group);
        return counts == null ? -1 : withNested ? counts.nested() : counts.direct();
    }

    /// The sum over the groups; -1 if one is unknown.
    private long atMost() {
        long sum = 0;
        for (UUID group : topmost) {
            long count = count(group, nested);
            if (count < 0) {
                return -1;
            }
            sum += count;
        }
        return sum;
    }

    Chosen chosen() {
        People found = people();
        if (found != null) {
            return of(found);
        }
        long sum = atMost();
        if (sum < 0) {
            return new Chosen(Set.of(), -1, groups.size(), -1, -1, -1, 0, Precision.AT_MOST);
        }
        boolean alone = topmost.size() < 2;
        boolean butForMfa = alone && filters.guests() && filters.disabled() && out.isEmpty()
                && filters.excludedPeople().isEmpty();
        long most = Math.min(sum, tenant);
        return new Chosen(Set.of(), most, groups.size(), alone ? most : -1, -1, -1, 0,
                Precision.of(butForMfa, filters));
    }

    /// In all chosen groups; null while one is unknown.
    private @Nullable People people() {
        var all = People.none();
        for (UUID group : topmost) {
            People one = known.people(new Of(group, nested));
            if (one == null) {
                return null;
            }
            all.all().addAll(one.all());
            all.guests().addAll(one.guests());
            all.disabled().addAll(one.disabled());
        }
        return all;
    }

    private Chosen of(People found) {
        var left = new HashSet<>(found.all());
        if (!filters.guests()) {
            left.removeAll(found.guests());
        }
        if (!filters.disabled()) {
            left.removeAll(found.disabled());
        }
        int before = left.size();
        boolean butForMfa = true;
        for (UUID group : out) {
            People excluded = known.people(new Of(group, true));
            if (excluded == null) {
                butForMfa &= count(group, true) == 0;
            } else {
                left.removeAll(excluded.all());
            }
        }
        filters.excludedPeople().forEach(person -> left.remove(person.id()));
        return new Chosen(Set.of(), left.size(), groups.size(), found.all().size(), found.guests().size(),
                found.disabled().size(), before - left.size(),
                Precision.of(butForMfa, filters));
    }

    /// Questions for a tenant.
    ///
    /// @param counts groups to count people in
    /// @param people groups to list people of
    /// @param below  groups to list the groups below of
    record Unasked(List<UUID> counts, List<Of> people, List<UUID> below) {
        boolean isEmpty() {
            return counts.isEmpty() && people.isEmpty() && below.isEmpty();
        }
    }
}
