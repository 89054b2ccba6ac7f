package org.rollcall.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;
import org.rollcall.domain.GroupField;

/// The columns that hold the attributes of people or groups in one table, in field order, and how values get in and out.
///
/// Lists are text: the kinds of a group separated by commas, as the columns' comment says; others, whose elements may
/// hold commas, by line feeds. Null and the empty list stay apart (null and the empty text).
///
/// @param <F> [org.rollcall.domain.UserField] or [GroupField]
final class FieldColumns<F extends Enum<F> & DirectoryField> {
    private final Class<F> type;
    private final F[] fields;
    private final List<Field<?>> columns = new ArrayList<>();

    FieldColumns(Class<F> type, Table<?> table) {
        this.type = type;
        this.fields = type.getEnumConstants();
        for (F field : fields) {
            Field<?> column = table.field(field.column());
            if (column == null) {
                throw new IllegalStateException(table.getName() + " has no column " + field.column());
            }
            columns.add(column);
        }
    }

    List<Field<?>> columns() {
        return columns;
    }

    // Columns lie in the order of the fields, which is fixed at compile time of both.
    @SuppressWarnings({ "unchecked", "EnumOrdinal" })
    Field<Object> column(F field) {
        return (Field<Object>) columns.get(field.ordinal());
    }

    /// The value as its column takes it.
    static <F extends Enum<F> & DirectoryField> @Nullable Object toColumn(F field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case List<?> list -> String.join(separator(field), list.stream().map(String::valueOf).toList());
            default -> value;
        };
    }

    /// All values in column order.
    @Nullable
    Object[] toColumns(Attributes<F> attributes) {
        var values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = toColumn(fields[i], attributes.get(fields[i]));
        }
        return values;
    }

    /// The attributes in a record that holds all columns, side by side, from `offset` on.
    Attributes<F> read(Record row, int offset) {
        var builder = Attributes.builder(type);
        for (int i = 0; i < fields.length; i++) {
            builder.set(fields[i], fromColumn(fields[i], row.get(offset + i)));
        }
        return builder.build();
    }

    private static <F extends Enum<F> & DirectoryField> @Nullable Object fromColumn(F field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case OffsetDateTime time -> time.toInstant();
            case String text when field.type() == DirectoryField.Type.LIST ->
                text.isEmpty() ? List.of() : List.of(text.split(separator(field), -1));
            default -> value;
        };
    }

    private static String separator(DirectoryField field) {
        return field == GroupField.GROUP_TYPES ? "," : "\n";
    }
}
