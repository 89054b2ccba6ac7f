package org.rollcall.sample;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.function.IntFunction;

/// What lies below or above an object through all nesting; cycles are walked once. Deleted objects hide what is behind
/// them.
final class Nesting {
    private Nesting() {}

    /// Everything below a group, each once, sorted; the group itself only if a cycle leads back to it.
    static int[] below(DirectoryState state, int group) {
        return walk(state, group, state::members);
    }

    /// All groups above an object, each once, sorted.
    static int[] above(DirectoryState state, int object) {
        return walk(state, object, state::containing);
    }

    private static int[] walk(DirectoryState state, int from, IntFunction<int[]> neighbours) {
        var people = new BitSet();
        var rest = new java.util.TreeSet<Integer>();
        var open = new ArrayDeque<Integer>();
        open.add(from);
        while (!open.isEmpty()) {
            for (int next : neighbours.apply(open.remove())) {
                if (!state.isAlive(next)) {
                    continue;
                }
                if (ObjectKind.of(next) == ObjectKind.USER) {
                    people.set(next);
                } else if (rest.add(next) && ObjectKind.of(next) == ObjectKind.GROUP) {
                    open.add(next);
                }
            }
        }
        int[] found = new int[people.cardinality() + rest.size()];
        int at = 0;
        for (int p = people.nextSetBit(0); p >= 0; p = people.nextSetBit(p + 1)) {
            found[at++] = p;
        }
        for (int other : rest) {
            found[at++] = other;
        }
        return found;
    }
}
