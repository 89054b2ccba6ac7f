package org.rollcall.source;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// A row of the MFA registration report. Disabled people are not in it.
///
/// @param registered null: not stated
public record MfaEntry(UUID userId, @Nullable Boolean registered) {}
