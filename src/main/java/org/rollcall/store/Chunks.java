package org.rollcall.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Splits long lists of ids into parts that one statement can take.
final class Chunks {
    /// The field of [#table].
    static final Field<UUID> ID = DSL.field(DSL.name("wanted", "id"), UUID.class);

    /// H2 looks at each row that it found by a list of pairs once more, pair by pair: long lists cost their square.
    private static final int SIZE = 128;

    private Chunks() {}

    /// A field is one of these ids, as one parameter: a list of many is slow to parse and, in H2, looked through for each
    /// row.
    static Condition anyOf(Field<Long> field, Collection<Long> ids) {
        return DSL.condition("{0} = any({1})", field, DSL.val(ids.toArray(Long[]::new)));
    }

    /// A pair of fields, of which the first has one value and the second is one of these ids. H2 looks each pair up in the
    /// index that has just these two fields; with `first = ? and second in (...)` it reads all that have the first.
    static <T> Condition pairs(Field<Long> first, long value, Field<T> second, Collection<T> ids) {
        return DSL.row(first, second).in(ids.stream().map(id -> DSL.row(value, id)).toList());
    }

    /// The same of one id, whichever of these values the first field has.
    static Condition pairs(Field<Long> first, Collection<Long> values, Field<UUID> second, UUID id) {
        return DSL.row(first, second).in(values.stream().map(value -> DSL.row(value, id)).toList());
    }

    /// Ids as a table to join with, each once, as one parameter: for indexes of which the field of the id is neither first nor
    /// last.
    static Table<?> table(Collection<UUID> ids) {
        return DSL.unnest(DSL.val(ids.stream().distinct().toArray(UUID[]::new))).as("wanted", "id");
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
