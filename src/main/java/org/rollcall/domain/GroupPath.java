package org.rollcall.domain;

import java.util.List;

/// A group of a person, and the shortest path: from that group down to the one they are directly in.
///
/// @param path starts with `group`; one element long for direct membership
public record GroupPath(GroupRow group, List<Ref> path) {
    public GroupPath {
        path = List.copyOf(path);
    }

    public boolean isDirect() {
        return path.size() == 1;
    }
}
