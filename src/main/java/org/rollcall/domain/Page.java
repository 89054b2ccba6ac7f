package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param next the start of the next page, opaque; null at the end
public record Page<T>(List<T> rows, @Nullable String next) {
    public Page {
        rows = List.copyOf(rows);
    }
}
