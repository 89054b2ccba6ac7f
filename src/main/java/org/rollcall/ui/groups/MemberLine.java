package org.rollcall.ui.groups;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupRow;
import org.rollcall.domain.UserRow;

/// A person or a group in a group.
///
/// @param through how they are in it: "Direct", or the groups on the way
record MemberLine(@Nullable UserRow person, @Nullable GroupRow group, String through) {
    String name() {
        return person != null ? person.shownName() : group != null ? group.shownName() : "";
    }
}
