package org.rollcall.source;

import org.jspecify.annotations.Nullable;

/// A tenant as its login service describes it publicly.
///
/// @param id   GUID
/// @param name of the organization; null if not published
public record FoundTenant(String id, @Nullable String name) {}
