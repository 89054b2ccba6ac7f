package org.rollcall.sample;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// One directory object as it was at some moment; it never changes. Properties are asked for by their Graph names.
public final class SampleObject {
    private final int ref;
    private final String id;
    private final SampleSchema schema;
    private final @Nullable Object[] values;

    SampleObject(int ref, String id) {
        this(ref, id, new Object[SampleSchema.of(ObjectKind.of(ref)).size()]);
    }

    private SampleObject(int ref, String id, @Nullable Object[] values) {
        this.ref = ref;
        this.id = id;
        this.schema = SampleSchema.of(ObjectKind.of(ref));
        this.values = values;
    }

    int ref() {
        return ref;
    }

    /// Object id: a GUID in lower case.
    public String id() {
        return id;
    }

    /// User, group or what else it is.
    public ObjectKind kind() {
        return ObjectKind.of(ref);
    }

    SampleSchema schema() {
        return schema;
    }

    /// A property's value: String, Boolean, [Instant] or List of String; null if it has none.
    public @Nullable Object get(String property) {
        if (property.equals("id")) {
            return id;
        }
        int slot = schema.slot(property);
        Object value = slot < 0 ? null : values[slot];
        return value == null && schema.isList(property) ? List.of() : value;
    }

    /// A property's text; null if it has none.
    public @Nullable String text(String property) {
        Object value = get(property);
        return value == null ? null : value.toString();
    }

    /// Whether a property is true.
    public boolean flag(String property) {
        return Boolean.TRUE.equals(get(property));
    }

    /// What it is called.
    public String displayName() {
        return Objects.requireNonNullElse(text("displayName"), "");
    }

    /// The user principal name; empty for what is no person.
    public String userPrincipalName() {
        return Objects.requireNonNullElse(text("userPrincipalName"), "");
    }

    /// The same with another value.
    ///
    /// @throws IllegalArgumentException if there is no such property, or its value may not be that
    SampleObject with(String property, @Nullable Object value) {
        Object[] copy = values.clone();
        copy[slot(property)] = value;
        return new SampleObject(ref, id, copy);
    }

    /// Sets a value while the object is being made.
    SampleObject set(String property, @Nullable Object value) {
        values[slot(property)] = value;
        return this;
    }

    private int slot(String property) {
        int slot = schema.slot(property);
        if (slot < 0) {
            throw new IllegalArgumentException("no such property of a " + kind().typeName() + ": " + property);
        }
        return slot;
    }

    @Override
    public String toString() {
        return kind().typeName() + " " + id;
    }
}
