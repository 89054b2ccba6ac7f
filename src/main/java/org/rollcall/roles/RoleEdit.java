package org.rollcall.roles;

import java.util.List;
import java.util.Map;

import org.rollcall.domain.Assignment;

/// An edit of roles that was made, with what is needed to take it back.
///
/// @param before   the assignments that were changed, as they were
/// @param versions of those people, after the edit
public record RoleEdit(List<Assignment> before, Map<Long, Integer> versions) {
    public RoleEdit {
        before = List.copyOf(before);
        versions = Map.copyOf(versions);
    }

    /// How many people's roles, or the sources of their roles, were changed.
    public int changed() {
        return before.size();
    }
}
