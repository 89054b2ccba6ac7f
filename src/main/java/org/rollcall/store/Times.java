package org.rollcall.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/// Instants as columns hold them: whole microseconds, UTC.
final class Times {
    private Times() {}

    static OffsetDateTime toColumn(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime toColumnOrNull(@Nullable Instant instant) {
        return instant == null ? null : toColumn(instant);
    }

    static Instant fromColumn(OffsetDateTime time) {
        return time.toInstant();
    }

    static @Nullable Instant fromColumnOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
