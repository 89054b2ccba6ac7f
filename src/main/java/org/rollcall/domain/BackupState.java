package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The state of the automatic backups.
///
/// @param daily   whether they are enabled
/// @param madeAt  the last successful backup; null: none yet
/// @param triedAt the last attempt; null: never
/// @param failure the error of that attempt, with what to do; null: it succeeded
public record BackupState(boolean daily, @Nullable Instant madeAt, @Nullable Instant triedAt,
        @Nullable String failure) {}
