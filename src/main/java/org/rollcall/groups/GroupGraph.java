package org.rollcall.groups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.rollcall.domain.MemberType;

/// Groups, nested groups and people as numbers: four bytes an edge. Groups may contain each other in a cycle; every traversal
/// visits a group once, breadth first, so the path it records is a shortest one.
public final class GroupGraph {
    private final IdIndex groups;
    private final String[] names;
    private final IdIndex people;
    private final int[] childStart;
    private final int[] children;
    private final int[] memberStart;
    private final int[] members;

    private GroupGraph(Builder from) {
        groups = from.groups;
        names = from.names;
        people = from.people;
        childStart = from.childStart;
        children = Arrays.copyOf(from.children, from.childCount);
        memberStart = from.memberStart;
        members = Arrays.copyOf(from.members, from.memberCount);
    }

    /// @param names of the groups, by number
    public static Builder builder(IdIndex groups, String[] names, IdIndex people) {
        return new Builder(groups, names, people);
    }

    public IdIndex groups() {
        return groups;
    }

    public IdIndex people() {
        return people;
    }

    public String name(int group) {
        return names[group];
    }

    /// The numbers of the people directly in a group, ascending.
    public int[] directPeople(int group) {
        return Arrays.copyOfRange(members, memberStart[group], memberStart[group + 1]);
    }

    /// Traverses downwards from some groups. Groups that are not in the graph are ignored.
    ///
    /// @param nested false: only the given groups
    public Reach reach(Collection<UUID> from, boolean nested) {
        var parent = new int[groups.size()];
        Arrays.fill(parent, Reach.OUTSIDE);
        var order = new int[Math.min(16, groups.size())];
        int count = 0;
        var queue = new ArrayDeque<Integer>();
        for (UUID id : from) {
            int start = groups.indexOf(id);
            if (start >= 0 && parent[start] == Reach.OUTSIDE) {
                parent[start] = Reach.START;
                queue.add(start);
            }
        }
        while (!queue.isEmpty()) {
            int group = queue.remove();
            if (count == order.length) {
                order = Arrays.copyOf(order, Math.min(groups.size(), count * 2));
            }
            order[count++] = group;
            for (int i = childStart[group]; nested && i < childStart[group + 1]; i++) {
                if (parent[children[i]] == Reach.OUTSIDE) {
                    parent[children[i]] = group;
                    queue.add(children[i]);
                }
            }
        }
        return new Reach(this, parent, Arrays.copyOf(order, count));
    }

    /// The groups that a traversal reached, nearest first.
    public static final class Reach {
        private static final int START = -1;
        private static final int OUTSIDE = -2;

        private final GroupGraph graph;
        private final int[] parent;
        private final int[] order;

        private Reach(GroupGraph graph, int[] parent, int[] order) {
            this.graph = graph;
            this.parent = parent;
            this.order = order;
        }

        public boolean contains(int group) {
            return parent[group] != OUTSIDE;
        }

        /// Numbers of the groups, nearest first.
        public int[] groups() {
            return order.clone();
        }

        /// Names of the groups from the start of the traversal down to `group`, both included.
        public List<String> path(int group) {
            var names = new ArrayList<String>();
            for (int at = group; at >= 0; at = parent[at]) {
                names.add(graph.name(at));
            }
            return names.reversed();
        }

        /// Reports every person in these groups, with the group nearest to the start that has them directly; a person may be
        /// reported several times, the nearest group first.
        public void forEachPerson(PersonInGroup sink) {
            for (int group : order) {
                for (int i = graph.memberStart[group]; i < graph.memberStart[group + 1]; i++) {
                    sink.accept(graph.members[i], group);
                }
            }
        }
    }

    /// Receives numbers of a person and of a group that has them as a direct member.
    @FunctionalInterface
    public interface PersonInGroup {
        void accept(int person, int group);
    }

    /// Receives edges group by group, in the order of group ids.
    public static final class Builder {
        private final IdIndex groups;
        private final String[] names;
        private final IdIndex people;
        private final int[] childStart;
        private final int[] memberStart;
        private int[] children = new int[256];
        private int[] members = new int[1024];
        private int childCount;
        private int memberCount;
        private int current = -1;

        private Builder(IdIndex groups, String[] names, IdIndex people) {
            if (names.length != groups.size()) {
                throw new IllegalArgumentException("one name a group");
            }
            this.groups = groups;
            this.names = names.clone();
            this.people = people;
            this.childStart = new int[groups.size() + 1];
            this.memberStart = new int[groups.size() + 1];
        }

        /// All direct members of a group, as numbers, ascending.
        ///
        /// @param group    number of the group
        /// @param direct   of the people in it
        /// @param below    of the groups in it
        public void members(int group, int[] direct, int[] below) {
            if (group < current) {
                throw new IllegalArgumentException("groups have to come in their order");
            }
            openUpTo(group);
            if (memberCount + direct.length > members.length) {
                members = Arrays.copyOf(members,
                        Math.max(memberCount + direct.length, memberCount + (memberCount >> 1)));
            }
            System.arraycopy(direct, 0, members, memberCount, direct.length);
            memberCount += direct.length;
            if (childCount + below.length > children.length) {
                children = Arrays.copyOf(children, Math.max(childCount + below.length, childCount + (childCount >> 1)));
            }
            System.arraycopy(below, 0, children, childCount, below.length);
            childCount += below.length;
        }

        /// Edges from or to objects in neither index are ignored, as are those to objects that are neither people nor groups.
        /// If the directory returned no type, the id decides.
        public void edge(UUID group, UUID member, MemberType type) {
            int from = groups.indexOf(group);
            if (from < 0) {
                return;
            }
            if (from < current) {
                throw new IllegalArgumentException("edges have to come in the order of their groups");
            }
            openUpTo(from);
            int person = type == MemberType.USER || type == MemberType.UNKNOWN ? people.indexOf(member) : -1;
            int child = type == MemberType.GROUP || type == MemberType.UNKNOWN ? groups.indexOf(member) : -1;
            if (person >= 0) {
                if (memberCount == members.length) {
                    members = Arrays.copyOf(members, memberCount + (memberCount >> 1));
                }
                members[memberCount++] = person;
            } else if (child >= 0) {
                if (childCount == children.length) {
                    children = Arrays.copyOf(children, childCount + (childCount >> 1));
                }
                children[childCount++] = child;
            }
        }

        private void openUpTo(int group) {
            while (current < group) {
                current++;
                childStart[current] = childCount;
                memberStart[current] = memberCount;
            }
        }

        public GroupGraph build() {
            openUpTo(groups.size());
            return new GroupGraph(this);
        }
    }
}
