package org.rollcall.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Attributes;
import org.rollcall.domain.DirectoryField;

/// What is known of one object on the way back to a moment: values that were others then, whether it was there at all.
/// What is told later is older and takes the place of what was told before.
class PastObject {
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    boolean absent;
    boolean whole;

    /// These values were so before what has been undone last.
    void before(Map<String, @Nullable Object> before) {
        values.putAll(before);
    }

    /// It was not there before.
    void came() {
        values.clear();
        whole = false;
        absent = true;
    }

    /// It was there, and all of this was so.
    void was(Map<String, @Nullable Object> all) {
        values.clear();
        values.putAll(all);
        whole = true;
        absent = false;
    }

    /// @param present whether it is there now
    boolean wasThere(boolean present) {
        return !absent && (present || whole);
    }

    /// @param now null: it is not there any more
    final <F extends Enum<F> & DirectoryField> Attributes<F> attributes(Class<F> type, @Nullable Attributes<F> now) {
        var attributes = whole || now == null ? Attributes.builder(type) : now.toBuilder();
        for (F field : type.getEnumConstants()) {
            if (values.containsKey(field.graphName())) {
                attributes.set(field, typed(field, values.get(field.graphName())));
            }
        }
        return attributes.build();
    }

    final @Nullable Long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : null;
    }

    /// A value as JSON keeps it, as the field takes it.
    private static <F extends Enum<F> & DirectoryField> @Nullable Object typed(F field, @Nullable Object value) {
        return value instanceof String text && field.type() == DirectoryField.Type.INSTANT
                ? Instant.parse(text)
                : value;
    }
}
