package org.rollcall.groups;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.rollcall.domain.MemberType;
import org.rollcall.roles.RuleResolver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class GroupGraphTest {
    private static UUID id(long number) {
        // Half of them have the top bit set: signed and unsigned order differ.
        return new UUID(number % 2 == 0 ? number : number | Long.MIN_VALUE, number);
    }

    /// Groups by number with the groups and people in them.
    private static GroupGraph graph(int groups, int people, int[][] children, int[][] members) {
        var names = new TreeMap<UUID, Integer>(IdIndex.ORDER);
        for (int i = 0; i < groups; i++) {
            names.put(id(i), i);
        }
        var index = new IdIndex.Builder();
        names.keySet().forEach(index::add);
        var peopleIds = new ArrayList<UUID>();
        for (int i = 0; i < people; i++) {
            peopleIds.add(id(100_000 + i));
        }
        peopleIds.sort(IdIndex.ORDER);
        var peopleIndex = new IdIndex.Builder();
        peopleIds.forEach(peopleIndex::add);
        var builder = GroupGraph.builder(index.build(),
                names.values().stream().map(number -> "g" + number).toArray(String[]::new), peopleIndex.build());
        names.forEach((group, number) -> {
            for (int child : number < children.length ? children[number] : new int[0]) {
                builder.edge(group, id(child), MemberType.GROUP);
            }
            for (int person : number < members.length ? members[number] : new int[0]) {
                builder.edge(group, id(100_000 + person), MemberType.USER);
            }
        });
        return builder.build();
    }

    @Test
    void aChainOf400GroupsIsWalkedToItsEnd() {
        var children = new int[400][];
        for (int i = 0; i < 400; i++) {
            children[i] = i < 399 ? new int[]{ i + 1 } : new int[0];
        }
        var members = new int[400][0];
        members[399] = new int[]{ 0 };
        GroupGraph graph = graph(400, 1, children, members);
        var resolver = new RuleResolver(graph, List.of(new RuleResolver.Rule(id(0), true)));
        assertEquals(0, resolver.rule(0));
        assertEquals(400, resolver.path(0).size());
        assertEquals("g0", resolver.path(0).getFirst());
        assertEquals("g399", resolver.path(0).getLast());
    }

    @Test
    void aCircleOf50GroupsEnds() {
        var children = new int[50][];
        var members = new int[50][];
        for (int i = 0; i < 50; i++) {
            children[i] = new int[]{ (i + 1) % 50 };
            members[i] = new int[]{ i };
        }
        GroupGraph graph = graph(50, 50, children, members);
        for (int start = 0; start < 50; start++) {
            GroupGraph.Reach reach = graph.reach(List.of(id(start)), true);
            assertEquals(50, reach.groups().length);
            int before = graph.groups().indexOf(id((start + 49) % 50));
            assertEquals(50, reach.path(before).size());
        }
    }

    @Test
    void thePathIsTheShortestOne() {
        GroupGraph graph = graph(5, 1, new int[][]{ { 1, 4 }, { 2 }, { 3 }, {}, { 3 } },
                new int[][]{ {}, {}, {}, { 0 }, {} });
        var resolver = new RuleResolver(graph, List.of(new RuleResolver.Rule(id(0), true)));
        assertEquals(List.of("g0", "g4", "g3"), resolver.path(0));
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        GroupGraph graph = graph(3, 3, new int[][]{ { 1 }, {}, {} }, new int[][]{ { 0 }, { 1 }, { 0, 1 } });
        var resolver = new RuleResolver(graph, List.of(new RuleResolver.Rule(id(0), false),
                new RuleResolver.Rule(id(2), false), new RuleResolver.Rule(UUID.randomUUID(), true)));
        int first = graph.people().indexOf(id(100_000));
        int second = graph.people().indexOf(id(100_001));
        int third = graph.people().indexOf(id(100_002));
        assertEquals(0, resolver.rule(first));
        assertEquals(1, resolver.rule(second), "the first rule does not look below its group");
        assertEquals(-1, resolver.rule(third));
        assertEquals(List.of(), resolver.path(third));
        assertArrayEquals(new int[]{ 1, 1, 0 }, resolver.decided());
    }

    @Test
    void idsAreFoundInTheOrderOfTheirBytes() {
        var builder = new IdIndex.Builder();
        var negative = new UUID(-1, 0);
        builder.add(new UUID(1, 0));
        builder.add(negative);
        assertThrows(IllegalArgumentException.class, () -> builder.add(new UUID(2, 0)));
        IdIndex index = builder.build();
        assertEquals(1, index.indexOf(negative));
        assertEquals(-1, index.indexOf(new UUID(3, 3)));
        assertEquals(negative, index.id(1));
    }
}
