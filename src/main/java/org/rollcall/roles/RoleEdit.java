package org.rollcall.roles;

import java.util.List;
import java.util.Map;

import org.rollcall.domain.Assignment;

/// A completed edit of roles, with the data to revert it.
///
/// @param before   the assignments that were changed, as they were
/// @param versions of those people, after the edit
public record RoleEdit(List<Assignment> before, Map<Long, Integer> versions) {
    public RoleEdit {
        before = List.copyOf(before);
        versions = Map.copyOf(versions);
    }

    /// The number of people whose roles or sources of roles were changed.
    public int changed() {
        return before.size();
    }
}
