package org.rollcall.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A JSON object in the making; fields keep the order in which they were put.
final class Doc {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /// Ids are strings in every document: numbers of that size do not survive all readers.
    Doc id(String name, @Nullable Long id) {
        return put(name, id == null ? null : Long.toString(id));
    }

    Doc put(String name, @Nullable Object value) {
        fields.put(name, switch (value) {
            case null -> null;
            case Instant instant -> instant.toString();
            case Enum<?> constant -> constant.name();
            case UUID uuid -> uuid.toString();
            default -> value;
        });
        return this;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
