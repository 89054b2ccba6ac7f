package org.rollcall.sync.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.SearchKeys;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.UserField;
import org.rollcall.domain.UserStatus;
import org.rollcall.groups.IdIndex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A plan without the people about whom it would have nothing to say is the same plan, as long as everybody is among the
/// others who was written to since the plan before, or about whom that had something to say.
///
/// `-Drollcall.stories=5000` tells more stories.
class DirtySourcesTest {
    private static final int STORIES = Integer.getInteger("rollcall.stories", 300);
    private static final int ROUNDS = 8;

    @Test
    void saysWhatGoingThroughEverybodySays() {
        int few = 0;
        int left = 0;
        int changed = 0;
        for (int seed = 0; seed < STORIES; seed++) {
            var random = new Random(seed);
            var here = new PlanFixture();
            Base base = null;
            for (int round = 0; round < ROUNDS; round++) {
                PlanPropertiesTest.mutate(here, random, round == 0 ? 30 : 4);
                if (random.nextInt(4) == 0) {
                    here.foreignNames.put("p" + random.nextInt(14) + "@contoso.example", "a local account");
                }
                PlanFixture.Planned full = here.plan();
                if (base != null && base.decides.equals(decides(here))) {
                    var sources = new Watched(here, base.people(here), base.above(here),
                            base.below(here));
                    PlanFixture.Planned planned = sources.plan();
                    String where = "story " + seed + ", round " + round;
                    assertEquals(full.changes(), planned.changes(), where);
                    assertEquals(full.summary(), planned.summary(), where);
                    few++;
                    left += everybody(here).size() - sources.told;
                    changed += full.changesNothing() ? 0 : 1;
                }
                base = new Base(here, full);
                if (random.nextInt(4) > 0) {
                    here.apply(full);
                }
                here.foreignNames.keySet().removeIf(_ -> random.nextInt(4) == 0);
            }
        }
        String played = few + " plans, " + changed + " with changes, " + left + " people left out";
        assertTrue(few > STORIES && changed > few / 4 && left > few, played);
    }

    @Test
    void whoHoldsANameThatSomebodyElseWantsIsLookedAt() {
        var here = new PlanFixture();
        here.seen("ann");
        here.seen("bob");
        here.seen("carl");
        here.planAndApply();
        here.change("bob", UserField.USER_PRINCIPAL_NAME, "ANN@contoso.example");
        var sources = new Watched(here, Set.of(PlanFixture.id("bob")), Set.of(), Set.of());
        PlanFixture.Planned planned = sources.plan();
        assertEquals(ReasonCode.USERNAME_TAKEN, planned.reason(ChangeKind.CONFLICT, "bob"));
        assertEquals(List.of("ann"), planned.person(ChangeKind.CONFLICT, "bob").reason().facts().get("others"));
        assertEquals(here.plan().changes(), planned.changes());
        assertEquals(2, sources.told);
    }

    @Test
    void everybodyBelowAGroupThatWentElsewhereIsLookedAt() {
        var here = new PlanFixture();
        List.of("ann", "bob", "carl").forEach(here::seen);
        here.seenGroup("group1", "group2");
        here.seenGroup("group2", "ann");
        here.seenGroup("group3", "carl");
        here.rule("group1", true, Role.AUDITOR);
        here.planAndApply();
        here.member("group1", "group3", MemberType.GROUP);
        var sources = new Watched(here, Set.of(), Set.of(PlanFixture.id("group1")),
                Set.of(PlanFixture.id("group3")));
        PlanFixture.Planned planned = sources.plan();
        assertEquals(List.of(ChangeKind.ROLE_CHANGE), planned.kinds("carl"));
        assertEquals(here.plan().changes(), planned.changes());
        assertEquals(1, sources.told);
    }

    @Test
    void nobodyBelowAGroupThatWentElsewhereIsLookedAtWhereNoNamedGroupIsAbove() {
        var here = new PlanFixture();
        List.of("ann", "bob", "carl").forEach(here::seen);
        here.seenGroup("group1", "ann");
        here.seenGroup("group2");
        here.seenGroup("group3", "carl");
        here.rule("group1", true, Role.AUDITOR);
        here.planAndApply();
        here.member("group2", "group3", MemberType.GROUP);
        var sources = new Watched(here, Set.of(), Set.of(PlanFixture.id("group2")),
                Set.of(PlanFixture.id("group3")));
        PlanFixture.Planned planned = sources.plan();
        assertEquals(here.plan().changes(), planned.changes());
        assertEquals(0, sources.told);
    }

    private static List<Object> decides(PlanFixture here) {
        return List.of(here.config, List.copyOf(here.rules), here.defaultRole);
    }

    private static Set<UUID> everybody(PlanFixture here) {
        var all = new HashSet<>(here.mirrorPeople.keySet());
        all.addAll(here.people.keySet());
        return all;
    }

    /// What there was when a plan was made.
    private static final class Base {
        private final List<Object> decides;
        private final Map<UUID, MirrorPerson> mirrorPeople;
        private final Map<UUID, StoredPerson> people;
        private final Set<UUID> groups;
        private final Set<Membership> edges;
        private final Set<UUID> unsettled = new HashSet<>();

        Base(PlanFixture here, PlanFixture.Planned planned) {
            decides = decides(here);
            mirrorPeople = Map.copyOf(here.mirrorPeople);
            people = Map.copyOf(here.people);
            groups = Set.copyOf(here.mirrorGroups.keySet());
            edges = Set.copyOf(here.mirrorMemberships);
            planned.changes().stream().filter(PersonChange.class::isInstance).map(Change::objectId)
                    .forEach(unsettled::add);
        }

        Set<UUID> people(PlanFixture here) {
            var found = new HashSet<>(unsettled);
            found.addAll(different(mirrorPeople, here.mirrorPeople));
            found.addAll(different(people, here.people));
            moved(here).forEach(edge -> found.add(edge.member()));
            return found;
        }

        /// Groups that others went into or out of, and those that are gone.
        Set<UUID> above(PlanFixture here) {
            var found = new HashSet<UUID>();
            moved(here).stream().filter(edge -> edge.type() == MemberType.GROUP || edge.type() == MemberType.UNKNOWN)
                    .forEach(edge -> found.add(edge.group()));
            groups.stream().filter(id -> !here.mirrorGroups.containsKey(id)).forEach(found::add);
            return found;
        }

        Set<UUID> below(PlanFixture here) {
            var found = new HashSet<>(here.mirrorGroups.keySet());
            found.removeAll(groups);
            moved(here).forEach(edge -> found.add(edge.member()));
            return found;
        }

        private Set<Membership> moved(PlanFixture here) {
            var found = new HashSet<>(edges);
            found.removeAll(here.mirrorMemberships);
            here.mirrorMemberships.stream().filter(edge -> !edges.contains(edge)).forEach(found::add);
            return found;
        }

        private static <T> Set<UUID> different(Map<UUID, T> before, Map<UUID, T> after) {
            var all = new HashSet<>(before.keySet());
            all.addAll(after.keySet());
            all.removeIf(id -> Objects.equals(before.get(id), after.get(id)));
            return all;
        }
    }

    /// Looks people up in memory, and counts whom the plan goes through.
    private static final class Watched implements PlanLookups {
        private final PlanFixture here;
        private final Set<UUID> people;
        private final Set<UUID> above;
        private final Set<UUID> below;
        private int told;

        Watched(PlanFixture here, Set<UUID> people, Set<UUID> above, Set<UUID> below) {
            this.here = here;
            this.people = people;
            this.above = above;
            this.below = below;
        }

        PlanFixture.Planned plan() {
            Optional<PlanSources> sources = DirtySources.of(here.input(), this, people, above, below);
            var changes = new ArrayList<Change>();
            PlanSummary summary = new Planner(() -> {}).plan(here.input().with(sources.orElseThrow()), changes::add);
            return new PlanFixture.Planned(changes, summary);
        }

        @Override
        public void mirrorPeople(List<UUID> ids, Consumer<MirrorPerson> sink) {
            ids.stream().map(here.mirrorPeople::get).filter(Objects::nonNull).forEach(sink);
        }

        @Override
        public Iterator<StoredPerson> people(List<UUID> ids) {
            told = (int) ids.stream().filter(everybody(here)::contains).count();
            return ids.stream().<@Nullable StoredPerson>map(here.people::get).filter(Objects::nonNull).iterator();
        }

        @Override
        public Set<UUID> groupsAmong(Collection<UUID> ids) {
            var found = new HashSet<>(ids);
            found.retainAll(here.mirrorGroups.keySet());
            return found;
        }

        @Override
        public List<UUID> holders(Collection<String> names) {
            return here.people.values().stream().filter(each -> each.status() != UserStatus.REMOVED)
                    .filter(each -> names.contains(SearchKeys.unique(each.username()))).map(StoredPerson::id).toList();
        }

        @Override
        public void foreignNames(Collection<String> names, BiConsumer<String, String> sink) {
            var found = new HashMap<>(here.foreignNames);
            found.keySet().retainAll(names);
            found.forEach(sink);
        }

        @Override
        public void mirrorIds(Consumer<UUID> sink) {
            here.mirrorPeople.keySet().forEach(sink);
        }

        @Override
        public void personIds(BiConsumer<UUID, Boolean> sink) {
            here.people.values().stream().sorted((a, b) -> IdIndex.ORDER.compare(a.id(), b.id()))
                    .forEach(each -> sink.accept(each.id(), each.status() != UserStatus.REMOVED));
        }

        @Override
        public long countPeople() {
            return here.people.size();
        }

        @Override
        public long countActive() {
            return here.people.values().stream()
                    .filter(each -> each.inProfile() && each.status() == UserStatus.ACTIVE).count();
        }

        @Override
        public int countAdministrators() {
            return (int) here.people.values().stream().filter(each -> each.status() == UserStatus.ACTIVE)
                    .filter(each -> Role.ADMINISTRATOR.equals(each.role())).count();
        }
    }
}
