package org.rollcall.domain;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// A part of a longer list.
///
/// @param next where the list goes on, opaque; null at the end
public record Page<T>(List<T> rows, @Nullable String next) {
    public Page {
        rows = List.copyOf(rows);
    }
}
