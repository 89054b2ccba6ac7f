package org.rollcall.source;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A line of the MFA registration report. Disabled people are not in it.
///
/// @param registered null: the line says neither yes nor no
public record MfaEntry(UUID userId, @Nullable Boolean registered) {}
