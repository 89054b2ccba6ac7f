package org.rollcall.source;

import org.jspecify.annotations.Nullable;

/// A tenant as its login service tells of it to everybody.
///
/// @param id   GUID
/// @param name the organisation's; null where it is not told
public record FoundTenant(String id, @Nullable String name) {}
