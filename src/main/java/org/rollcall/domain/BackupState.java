package org.rollcall.domain;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// How it stands with the backups that are made by themselves.
///
/// @param daily   whether one is made each day
/// @param madeAt  when the last one was made; null: there was none yet
/// @param triedAt when it was last tried; null: never
/// @param failure why that one could not be made, with what to do; null: it could
public record BackupState(boolean daily, @Nullable Instant madeAt, @Nullable Instant triedAt,
        @Nullable String failure) {}
