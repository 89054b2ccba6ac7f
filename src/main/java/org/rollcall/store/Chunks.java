package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Splits long lists of ids into parts that one statement can take.
final class Chunks {
    private static final int SIZE = 1000;

    private Chunks() {}

    static <T> List<List<T>> of(Collection<T> all) {
        var list = List.copyOf(all);
        var result = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += SIZE) {
            result.add(list.subList(from, Math.min(list.size(), from + SIZE)));
        }
        return result;
    }
}
