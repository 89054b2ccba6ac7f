package org.rollcall.domain;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// An import that repeats. One profile has at most one; what it brings in is the profile's business.
///
/// @param every       from one start to the next, at least [#SHORTEST]
/// @param stateReason why it is quarantined, or paused by Rollcall itself; null otherwise
/// @param failures    failed or stopped runs on end
/// @param nextRunAt   null while paused or quarantined
public record Schedule(long id, long profileId, String name, Duration every, State state, @Nullable String stateReason,
        int failures, @Nullable Instant nextRunAt, @Nullable Long lastRunId, String createdBy, Instant createdAt) {

    /// Shorter intervals would only wait for each other.
    public static final Duration SHORTEST = Duration.ofMinutes(5);

    /// QUARANTINED is paused by Rollcall itself until somebody has looked.
    public enum State {
        ACTIVE,
        PAUSED,
        QUARANTINED
    }
}
