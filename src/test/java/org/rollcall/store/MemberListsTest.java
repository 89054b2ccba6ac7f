package org.rollcall.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.IdOrder;
import org.rollcall.domain.MemberType;
import org.rollcall.domain.Membership;
import org.rollcall.domain.Tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MemberListsTest {
    @TempDir
    Path folder;
    TestDirectory directory;
    Tenant contoso;
    MemberLists lists;
    long mirror;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        contoso = directory.tenant("Contoso");
        lists = MemberLists.ofMirrors(directory.database);
        mirror = new MirrorStore(directory.database, directory.clock).open(contoso.id(), "all", "{}").id();
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void add(int generation, Collection<Membership> edges) {
        directory.database.transaction(() -> lists.add(mirror, contoso.id(), generation, edges));
    }

    private List<Membership> stored() {
        var all = new ArrayList<Membership>();
        lists.memberships(mirror, contoso.id()).forEachRemaining(all::add);
        return all;
    }

    private record Key(UUID group, UUID member) {}

    /// Against a plain map, edge by edge, over generations.
    @Test
    void listsAreWhatAMapOfEdgesWouldBe() {
        var random = new Random(11);
        List<UUID> groups = Stream.generate(UUID::randomUUID).limit(5).toList();
        List<UUID> members = Stream.generate(UUID::randomUUID).limit(60).toList();
        var types = List.of(MemberType.USER, MemberType.GROUP, MemberType.UNKNOWN);
        var truth = new HashMap<Key, MemberType>();
        Map<Key, Integer> met = new HashMap<>();
        int generation = 1;
        for (int step = 0; step < 400; step++) {
            var edges = new ArrayList<Membership>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                edges.add(new Membership(groups.get(random.nextInt(5)), members.get(random.nextInt(60)),
                        types.get(random.nextInt(20) == 0 ? random.nextInt(3) : 0)));
            }
            int now = generation;
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    directory.database.transaction(() -> lists.remove(mirror, contoso.id(), edges));
                    edges.forEach(each -> truth.remove(new Key(each.group(), each.member())));
                }
                case 2 -> {
                    List<UUID> gone = List.of(members.get(random.nextInt(60)), members.get(random.nextInt(60)));
                    directory.database.transaction(() -> lists.removeMembers(mirror, contoso.id(), gone));
                    truth.keySet().removeIf(each -> gone.contains(each.member()));
                }
                case 3 -> {
                    UUID gone = groups.get(random.nextInt(5));
                    directory.database.transaction(() -> lists.removeGroups(mirror, List.of(gone)));
                    truth.keySet().removeIf(each -> each.group().equals(gone));
                }
                case 4 -> {
                    List<UUID> kept = List.of(groups.get(random.nextInt(5)));
                    directory.database.transaction(() -> lists.renew(mirror, now, kept));
                    truth.keySet().stream().filter(each -> kept.contains(each.group()))
                            .forEach(each -> met.put(each, now));
                }
                case 5 -> {
                    var unseen = new HashSet<UUID>();
                    truth.keySet().stream().filter(each -> met.getOrDefault(each, 0) < now)
                            .forEach(each -> unseen.add(each.group()));
                    assertEquals(unseen, Set.copyOf(lists.withUnseen(mirror, now)));
                    directory.database.transaction(() -> {
                        lists.sweep(mirror, now);
                    });
                    truth.keySet().removeIf(each -> met.getOrDefault(each, 0) < now);
                    generation++;
                }
                default -> {
                    add(now, edges);
                    edges.forEach(each -> {
                        truth.put(new Key(each.group(), each.member()), each.type());
                        met.put(new Key(each.group(), each.member()), now);
                    });
                }
            }
            met.keySet().retainAll(truth.keySet());
            List<Membership> expected = truth.entrySet().stream()
                    .map(each -> new Membership(each.getKey().group(), each.getKey().member(), each.getValue()))
                    .sorted((a, b) -> a.group().equals(b.group())
                            ? IdOrder.compare(a.member(), b.member())
                            : IdOrder.compare(a.group(), b.group()))
                    .toList();
            assertEquals(expected, stored());
        }
        UUID one = members.getFirst();
        var holding = new HashSet<UUID>();
        truth.keySet().stream().filter(each -> each.member().equals(one)).forEach(each -> holding.add(each.group()));
        assertEquals(holding,
                Set.copyOf(lists.holders(mirror, contoso.id(), List.of(one)).getOrDefault(one, List.of())));
    }

    @Test
    void aLargeGroupIsKeptInPiecesAndAChangeWritesOne() {
        UUID group = UUID.randomUUID();
        List<UUID> members = Stream.generate(UUID::randomUUID).limit(10_000).toList();
        for (int from = 0; from < members.size(); from += 1_000) {
            add(1, members.subList(from, from + 1_000).stream()
                    .map(member -> new Membership(group, member, MemberType.USER)).toList());
        }
        assertEquals(10_000, lists.count(mirror));
        var pieces = lists.of(mirror, List.of(group)).getOrDefault(group, List.of());
        assertTrue(pieces.size() <= 4, () -> pieces.size() + " pieces");
        add(1, List.of(new Membership(group, members.get(17), MemberType.USER)));
        assertEquals(10_000, lists.count(mirror), "who is in a group is added once");
        directory.database.transaction(() -> lists.remove(mirror, contoso.id(),
                List.of(new Membership(group, members.get(5_000), MemberType.USER))));
        var after = lists.of(mirror, List.of(group)).getOrDefault(group, List.of());
        long changed = after.stream().filter(each -> pieces.stream()
                .noneMatch(before -> before.number() == each.number() && before.size() == each.size())).count();
        assertEquals(1, changed);
        assertEquals(9_999, stored().size());
    }

    @Test
    void numbersThatWereNotCommittedAreGivenAnew() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        ObjectNumbers numbers = directory.database.numbers();
        // So many that they are kept in memory from here on.
        directory.database.transaction(
                () -> numbers.make(contoso.id(), Stream.generate(UUID::randomUUID).limit(5_000).toList()));
        assertThrows(IllegalStateException.class, () -> directory.database.transaction(() -> {
            assertEquals(5_001, numbers.make(contoso.id(), List.of(first))[0]);
            throw new IllegalStateException("nothing of this is kept");
        }));
        assertEquals(ObjectNumbers.NONE, numbers.of(contoso.id(), List.of(first))[0]);
        directory.database.transaction(() -> {
            assertEquals(5_001, numbers.make(contoso.id(), List.of(second))[0]);
        });
        assertEquals(second, numbers.ids(contoso.id(), new int[]{ 5_001 })[0]);
        assertFalse(List.of(numbers.ids(contoso.id(), new int[]{ 1, 5_001 })).contains(first));
    }

    @Test
    void oneIdInTwoTenantsHasANumberInEach() {
        Tenant fabrikam = directory.tenant("Fabrikam");
        UUID shared = UUID.randomUUID();
        ObjectNumbers numbers = directory.database.numbers();
        directory.database.transaction(() -> {
            numbers.make(contoso.id(), List.of(UUID.randomUUID(), shared));
            numbers.make(fabrikam.id(), List.of(shared));
        });
        assertEquals(2, numbers.of(contoso.id(), List.of(shared))[0]);
        assertEquals(1, numbers.of(fabrikam.id(), List.of(shared))[0]);
    }
}
