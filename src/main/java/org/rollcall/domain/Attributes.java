package org.rollcall.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/// The attribute values of one person or group, one slot per field. Immutable; equal when every value is equal.
///
/// @param <F> [UserField] or [GroupField]
// The ordinal is the slot: values never outlive the process, and there are hundreds of thousands of people.
@SuppressWarnings("EnumOrdinal")
public final class Attributes<F extends Enum<F> & DirectoryField> {
    private final Class<F> type;
    private final @Nullable Object[] values;

    private Attributes(Class<F> type, @Nullable Object[] values) {
        this.type = type;
        this.values = values;
    }

    public static <F extends Enum<F> & DirectoryField> Builder<F> builder(Class<F> type) {
        return new Builder<>(type, new @Nullable Object[type.getEnumConstants().length]);
    }

    /// A builder with these values.
    public Builder<F> toBuilder() {
        return new Builder<>(type, values.clone());
    }

    public @Nullable Object get(F field) {
        return values[field.ordinal()];
    }

    public @Nullable String text(F field) {
        return (String) values[field.ordinal()];
    }

    /// The text, or the empty string if null in Entra.
    public String textOrEmpty(F field) {
        return Objects.requireNonNullElse(text(field), "");
    }

    public @Nullable Boolean bool(F field) {
        return (Boolean) values[field.ordinal()];
    }

    public boolean isTrue(F field) {
        return Boolean.TRUE.equals(values[field.ordinal()]);
    }

    public @Nullable Instant instant(F field) {
        return (Instant) values[field.ordinal()];
    }

    @SuppressWarnings("unchecked")
    public List<String> list(F field) {
        Object value = values[field.ordinal()];
        return value == null ? List.of() : (List<String>) value;
    }

    public Class<F> fieldType() {
        return type;
    }

    /// The values of this object for all fields that differ, by Graph name, in field order.
    public Map<F, @Nullable Object> differencesTo(Attributes<F> other) {
        Map<F, @Nullable Object> result = new LinkedHashMap<>();
        for (F field : type.getEnumConstants()) {
            if (!Objects.equals(get(field), other.get(field))) {
                result.put(field, get(field));
            }
        }
        return result;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes<?> that && type == that.type && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        // No values: they are personal data and must not be logged by accident.
        return type.getSimpleName() + " values";
    }

    /// A builder; not thread-safe.
    public static final class Builder<F extends Enum<F> & DirectoryField> {
        private final Class<F> type;
        private final @Nullable Object[] values;

        private Builder(Class<F> type, @Nullable Object[] values) {
            this.type = type;
            this.values = values;
        }

        /// @throws IllegalArgumentException if the value is not of the field's type
        public Builder<F> set(F field, @Nullable Object value) {
            boolean fits = value == null || switch (field.type()) {
                case TEXT -> value instanceof String;
                case BOOLEAN -> value instanceof Boolean;
                case INSTANT -> value instanceof Instant;
                case LIST -> value instanceof List<?>;
            };
            if (!fits) {
                throw new IllegalArgumentException(field.graphName() + " does not take a value of this type");
            }
            values[field.ordinal()] = value instanceof List<?> list ? List.copyOf(list) : value;
            return this;
        }

        public Attributes<F> build() {
            return new Attributes<>(type, values.clone());
        }
    }
}
