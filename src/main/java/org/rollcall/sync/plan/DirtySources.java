package org.rollcall.sync.plan;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.MemberType;
import org.rollcall.domain.MirrorGroup;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.StoredGroup;
import org.rollcall.domain.StoredPerson;
import org.rollcall.groups.GroupGraph;
import org.rollcall.groups.IdIndex;

/// The sources of an incremental plan: only the dirty set. The result for a person depends on their own rows, on the groups
/// above them, on the configuration and, if they want a user name that they do not hold, on its holder. Everybody else has no
/// changes, as in the plan before: their rows are unchanged, they had no changes then, and no group above them moved.
public final class DirtySources implements PlanSources {
    /// Up to this many people are always looked up individually.
    private static final int FEW = 500;
    /// Beyond a share of one in this many, a full scan is cheaper than individual lookups.
    private static final int SHARE = 4;

    private final PlanSources all;
    private final PlanLookups lookups;
    private final List<UUID> people;
    private final Set<String> names;
    private final Rest rest;

    private DirtySources(PlanSources all, PlanLookups lookups, List<UUID> people, Set<String> names) {
        this.all = all;
        this.lookups = lookups;
        this.people = people;
        this.names = names;
        this.rest = new Rest(lookups);
    }

    /// @param input   with the sources of a full plan
    /// @param people  changed in the mirror or in the directory, with changed memberships, or with changes, skips or conflicts in
    ///                the plan before
    /// @param above   groups that another group was added to or removed from, and deleted groups
    /// @param below   groups that came, and those that went into a group or out of one
    /// @return empty: a full plan is cheaper
    public static Optional<PlanSources> of(PlanInput input, PlanLookups lookups, Collection<UUID> people,
            Collection<UUID> above, Collection<UUID> below) {
        long most = Math.max(FEW, lookups.countPeople() / SHARE);
        var dirty = new HashSet<>(people);
        Set<UUID> named = namedGroups(input);
        if (!named.isEmpty()) {
            addPeopleBelow(input.sources(), named, above, lookups.groupsAmong(below), dirty, most);
        }
        if (dirty.size() > most) {
            return Optional.empty();
        }
        var names = new HashSet<String>();
        lookups.mirrorPeople(sorted(dirty), person -> {
            String wanted = Mapped.username(person.attributes(), input.config().mapping());
            if (wanted != null) {
                names.add(SearchKeys.unique(wanted));
            }
        });
        // Holders either keep their name or are dirty already, so the set is complete.
        dirty.addAll(lookups.holders(names));
        return Optional.of(new DirtySources(input.sources(), lookups, sorted(dirty), names));
    }

    /// The groups of the scope, of exclusions and of rules.
    private static Set<UUID> namedGroups(PlanInput input) {
        var named = new HashSet<UUID>();
        input.rules().forEach(rule -> named.add(rule.group().id()));
        input.config().scope().groups().forEach(group -> named.add(group.id()));
        input.config().filters().excludedGroups().forEach(group -> named.add(group.id()));
        return named;
    }

    private static void addPeopleBelow(PlanSources sources, Set<UUID> named, Collection<UUID> above,
            Set<UUID> below, Set<UUID> dirty, long most) {
        if (below.isEmpty()) {
            return;
        }
        GroupGraph graph = Planner.graph(sources, new IdIndex.Builder().build());
        if (!concernsNamed(graph, named, above, below)) {
            return;
        }
        GroupGraph.Reach reach = graph.reach(below, true);
        MemberSets members = sources.members();
        members.mirror(each -> {
            int group = graph.groups().indexOf(each.group());
            if (group >= 0 && reach.contains(group) && dirty.size() <= most) {
                dirty.addAll(List.of(members.ids(each.of(MemberType.USER))));
                dirty.addAll(List.of(members.ids(each.of(MemberType.UNKNOWN))));
            }
        });
    }

    /// Whether a change of nesting may have moved people into or out of a named group. Of a lost path, the removed edge nearest to
    /// the named group starts at a group that is still below that one. Of a new path, the end is below it now. The former place
    /// of a deleted group is unknown.
    private static boolean concernsNamed(GroupGraph graph, Set<UUID> named, Collection<UUID> above,
            Set<UUID> below) {
        GroupGraph.Reach under = graph.reach(named, true);
        return Stream.concat(above.stream(), below.stream()).mapToInt(graph.groups()::indexOf)
                .anyMatch(group -> group < 0 || under.contains(group));
    }

    private static List<UUID> sorted(Collection<UUID> ids) {
        return ids.stream().sorted(IdIndex.ORDER).toList();
    }

    @Override
    public void mirrorPeople(Consumer<MirrorPerson> sink) {
        lookups.mirrorPeople(people, sink);
    }

    @Override
    public Iterator<StoredPerson> people() {
        return lookups.people(people);
    }

    @Override
    public void foreignNames(BiConsumer<String, String> sink) {
        lookups.foreignNames(names, sink);
    }

    @Override
    public void mirrorGroups(Consumer<MirrorGroup> sink) {
        all.mirrorGroups(sink);
    }

    @Override
    public MemberSets members() {
        return all.members();
    }

    @Override
    public Iterator<StoredGroup> groups() {
        return all.groups();
    }

    @Override
    public Others others() {
        return rest;
    }

    /// Everybody else, loaded lazily and only as ids.
    private static final class Rest implements Others {
        private final PlanLookups lookups;
        private @Nullable IdIndex stored;
        private @Nullable IdIndex seen;
        private final BitSet present = new BitSet();

        Rest(PlanLookups lookups) {
            this.lookups = lookups;
        }

        private IdIndex stored() {
            if (stored == null) {
                var ids = new IdIndex.Builder();
                lookups.personIds((id, isPresent) -> present.set(ids.add(id), isPresent));
                stored = ids.build();
            }
            return stored;
        }

        private IdIndex seen() {
            if (seen == null) {
                var ids = new IdIndex.Builder();
                lookups.mirrorIds(ids::add);
                seen = ids.build();
            }
            return seen;
        }

        @Override
        public boolean isKnown(UUID id) {
            return stored().contains(id) || seen().contains(id);
        }

        @Override
        public boolean isPresent(UUID id) {
            int number = stored().indexOf(id);
            return number >= 0 && present.get(number);
        }

        @Override
        public Totals totals() {
            return new Totals(lookups.countActive(), lookups.countAdministrators());
        }
    }
}
