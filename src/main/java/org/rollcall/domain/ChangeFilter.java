package org.rollcall.domain;

import java.util.Set;

/// A filter of a run's changes.
///
/// @param kinds empty: all
/// @param text  part of a name, ignoring case; empty: all
public record ChangeFilter(Set<ChangeKind> kinds, String text) {
    public ChangeFilter {
        kinds = Set.copyOf(kinds);
    }

    public static ChangeFilter everything() {
        return new ChangeFilter(Set.of(), "");
    }

    public static ChangeFilter of(ChangeKind... kinds) {
        return new ChangeFilter(Set.of(kinds), "");
    }
}
