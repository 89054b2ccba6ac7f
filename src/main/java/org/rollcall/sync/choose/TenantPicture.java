package org.rollcall.sync.choose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.GroupField;
import org.rollcall.domain.Guests;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.Ref;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.GroupEntry;
import org.rollcall.source.UserEntry;
import org.rollcall.sync.Draft.RuleDraft;

/// A model of a tenant for choosing: its groups and, unless the tenant is very large, its people and memberships, so that all
/// counts are exact. For a very large one, answers about single groups ([TenantPictures]). In memory only; answers may be added
/// by another thread.
public final class TenantPicture {
    private static final int KEPT_TIMES = 10;

    private final DirectoryReader.Counts counts;
    private final boolean whole;
    private final long comparable;
    private final GroupPeople asked;
    private final Map<UUID, Attributes<GroupField>> groups = new HashMap<>();
    private final Map<UUID, Attributes<UserField>> people = new HashMap<>();
    private final Map<UUID, Members> members = new ConcurrentHashMap<>();

    /// @param comparable the limit of people in chosen groups whose ids are read to find overlaps, if `whole` is false
    TenantPicture(DirectoryReader.Counts counts, boolean whole, long comparable, Collection<GroupEntry> groups,
            Collection<UserEntry> people) {
        this.counts = counts;
        this.whole = whole;
        this.comparable = comparable;
        asked = new GroupPeople(KEPT_TIMES * comparable);
        groups.forEach(group -> this.groups.put(group.id(), group.attributes()));
        people.forEach(person -> this.people.put(person.id(), person.attributes()));
    }

    /// Of an empty tenant.
    public static TenantPicture empty() {
        return new TenantPicture(new DirectoryReader.Counts(0, 0), true, 0, List.of(), List.of());
    }

    /// Direct members of a group.
    record Members(Set<UUID> people, Set<UUID> groups) {}

    void put(UUID group, Members direct) {
        members.put(group, direct);
    }

    /// Whether people and memberships are known, too.
    public boolean whole() {
        return whole;
    }

    public long peopleCount() {
        return counts.users();
    }

    public long groupCount() {
        return counts.groups();
    }

    public Set<UUID> groups() {
        return groups.keySet();
    }

    public String groupName(UUID id) {
        var group = groups.get(id);
        return group == null ? id.toString() : group.textOrEmpty(GroupField.DISPLAY_NAME);
    }

    public @Nullable Attributes<GroupField> group(UUID id) {
        return groups.get(id);
    }

    public @Nullable Attributes<UserField> person(UUID id) {
        return people.get(id);
    }

    public boolean knowsMembers(UUID group) {
        return members.containsKey(group);
    }

    /// Groups directly in a group, by name; empty while unknown.
    public List<UUID> children(UUID group) {
        Members direct = members.get(group);
        return direct == null ? List.of() : sorted(direct.groups());
    }

    /// Number of people directly in a group; -1 if unknown.
    public long direct(UUID group) {
        Members direct = members.get(group);
        if (direct != null) {
            return direct.people().size();
        }
        var count = asked.counts(group);
        return count == null ? -1 : count.direct();
    }

    /// Number of people in a group through all nesting; -1 if unknown.
    public long nested(UUID group) {
        if (whole) {
            return peopleIn(group, true).size();
        }
        var count = asked.counts(group);
        return count == null ? -1 : count.nested();
    }

    GroupPeople asked() {
        return asked;
    }

    /// Groups that are in no other group, and one of each cycle that is reachable from nowhere else.
    public List<UUID> roots() {
        var inner = new HashSet<UUID>();
        members.values().forEach(each -> inner.addAll(each.groups()));
        var roots = new ArrayList<>(groups.keySet().stream().filter(id -> !inner.contains(id)).toList());
        var reached = below(roots);
        for (UUID id : sorted(groups.keySet())) {
            if (!reached.contains(id)) {
                roots.add(id);
                reached.addAll(below(List.of(id)));
            }
        }
        return sorted(roots);
    }

    private List<UUID> sorted(Collection<UUID> ids) {
        return ids.stream().filter(groups::containsKey)
                .sorted(Comparator.comparing((UUID id) -> groupName(id).toLowerCase(Locale.ROOT))
                        .thenComparing(id -> id))
                .toList();
    }

    /// The groups themselves and all below them, as far as known.
    public Set<UUID> below(Collection<UUID> start) {
        var found = new LinkedHashSet<UUID>();
        var open = new ArrayDeque<UUID>(start);
        while (!open.isEmpty()) {
            UUID id = open.poll();
            if (found.add(id)) {
                Members direct = members.get(id);
                if (direct != null) {
                    open.addAll(direct.groups());
                }
                Set<UUID> all = asked.below(id);
                if (all != null) {
                    open.addAll(all);
                }
            }
        }
        return found;
    }

    /// People in a group.
    public Set<UUID> peopleIn(UUID group, boolean nested) {
        var found = new HashSet<UUID>();
        for (UUID id : nested ? below(List.of(group)) : Set.of(group)) {
            Members direct = members.get(id);
            if (direct != null) {
                found.addAll(direct.people());
            }
        }
        return found;
    }

    /// The result of a configuration.
    ///
    /// @param people    who would be imported; empty if unknown
    /// @param count     their number; -1 if unknown
    /// @param inScope   before guests, disabled people and exclusions are subtracted; -1 if unknown
    /// @param guests    in scope, as `disabled`; -1 if unknown
    /// @param precision of `count`
    public record Chosen(Set<UUID> people, long count, long groups, long inScope, long guests, long disabled,
            long excluded, Precision precision) {
        public boolean exact() {
            return precision == Precision.EXACT;
        }
    }

    /// How close a count is to the result of an import.
    public enum Precision {
        EXACT,
        /// People with MFA are counted although they are to be left out; everything else is exact.
        BUT_FOR_MFA,
        /// An upper bound.
        AT_MOST;

        /// @param butForMfa whether everything except MFA is known
        static Precision of(boolean butForMfa, ProfileConfig.Filters filters) {
            return !butForMfa ? AT_MOST : filters.mfaRegistered() ? EXACT : BUT_FOR_MFA;
        }
    }

    public Chosen chosen(ProfileConfig config) {
        var scope = config.scope();
        if (!whole) {
            return scope.groups().isEmpty() ? withoutGroups(config) : choice(config).chosen();
        }
        var start = scope.groups().stream().map(Ref::id).toList();
        Set<UUID> chosenGroups = scope.all()
                ? groups.keySet()
                : scope.nested() ? below(start) : Set.copyOf(start);
        var found = new HashSet<UUID>();
        if (scope.all()) {
            found.addAll(people.keySet());
        } else {
            chosenGroups.forEach(id -> found.addAll(peopleIn(id, false)));
            scope.people().forEach(person -> found.add(person.id()));
            found.retainAll(people.keySet());
        }
        return filtered(found, chosenGroups, config.filters());
    }

    /// Whether [#chosen] is as exact as possible: a very large tenant has to be asked first.
    public boolean knows(ProfileConfig config) {
        return unasked(config).isEmpty();
    }

    GroupChoice.Unasked unasked(ProfileConfig config) {
        return whole || config.scope().groups().isEmpty()
                ? new GroupChoice.Unasked(List.of(), List.of(), List.of())
                : choice(config).unasked();
    }

    private GroupChoice choice(ProfileConfig config) {
        return new GroupChoice(this, config, comparable);
    }

    private Chosen withoutGroups(ProfileConfig config) {
        var scope = config.scope();
        var filters = config.filters();
        long inScope = scope.all() ? counts.users() : scope.people().size();
        long excluded = filters.excludedPeople().stream()
                .filter(person -> scope.all()
                        || scope.people().stream().anyMatch(each -> each.id().equals(person.id())))
                .count();
        boolean butForMfa = filters.guests() && filters.disabled() && filters.excludedGroups().isEmpty();
        return new Chosen(Set.of(), inScope - excluded, scope.all() ? counts.groups() : 0, inScope, -1, -1, excluded,
                Precision.of(butForMfa, filters));
    }

    private Chosen filtered(Set<UUID> found, Set<UUID> chosenGroups, ProfileConfig.Filters filters) {
        long inScope = found.size();
        long guests = found.stream().filter(this::isGuest).count();
        long disabled = found.stream().filter(this::isDisabled).count();
        if (!filters.guests()) {
            found.removeIf(this::isGuest);
        }
        if (!filters.disabled()) {
            found.removeIf(this::isDisabled);
        }
        long before = found.size();
        filters.excludedGroups().forEach(group -> found.removeAll(peopleIn(group.id(), true)));
        filters.excludedPeople().forEach(person -> found.remove(person.id()));
        var left = new HashSet<>(chosenGroups);
        filters.excludedGroups().forEach(group -> left.remove(group.id()));
        return new Chosen(found, found.size(), left.size(), inScope, guests, disabled, before - found.size(),
                Precision.of(true, filters));
    }

    private boolean isGuest(UUID id) {
        var person = people.get(id);
        return person != null && isGuest(person);
    }

    private boolean isDisabled(UUID id) {
        var person = people.get(id);
        return person != null && isDisabled(person);
    }

    static boolean isGuest(Attributes<UserField> person) {
        return Guests.isGuest(person);
    }

    static boolean isDisabled(Attributes<UserField> person) {
        return !UserStatus.isEnabled(person.bool(UserField.ACCOUNT_ENABLED));
    }

    /// How suitable an attribute is as a user name.
    public record Verdict(long filled, long missing, long shared) {}

    public Verdict verdict(UserField field, Set<UUID> of) {
        var seen = new HashMap<String, Integer>();
        long missing = 0;
        for (UUID id : of) {
            var person = people.get(id);
            String value = person == null ? null : person.text(field);
            if (value == null || value.isBlank()) {
                missing++;
            } else {
                seen.merge(value.toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        long shared = seen.values().stream().filter(count -> count > 1).mapToLong(Integer::longValue).sum();
        return new Verdict(of.size() - missing, missing, shared);
    }

    /// The number of people whom each rule matches, in order; the last number is those with the default role.
    public long[] decided(List<RuleDraft> rules, Set<UUID> of) {
        var rest = new HashSet<>(of);
        var decided = new long[rules.size() + 1];
        for (int i = 0; i < rules.size(); i++) {
            int before = rest.size();
            rest.removeAll(peopleIn(rules.get(i).group().id(), rules.get(i).nested()));
            decided[i] = before - rest.size();
        }
        decided[rules.size()] = rest.size();
        return decided;
    }
}
