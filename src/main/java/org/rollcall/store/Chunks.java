package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Splits long lists of ids into parts that one statement can take.
final class Chunks {
    private static final int SIZE = 1000;

    private Chunks() {}

    /// A field is one of these ids, as one parameter: a list of many is slow to parse and, in H2, looked through for each
    /// row.
    static Condition anyOf(Field<Long> field, Collection<Long> ids) {
        return DSL.condition("{0} = any({1})", field, DSL.val(ids.toArray(Long[]::new)));
    }

    static <T> List<List<T>> of(Collection<T> all) {
        var list = List.copyOf(all);
        var result = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += SIZE) {
            result.add(list.subList(from, Math.min(list.size(), from + SIZE)));
        }
        return result;
    }
}
