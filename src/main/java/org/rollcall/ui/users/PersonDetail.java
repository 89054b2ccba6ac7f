package org.rollcall.ui.users;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.GroupPath;
import org.rollcall.domain.UserRow;
import org.rollcall.sync.Decision;
import org.rollcall.ui.common.Look;

/// All that the pane tells about a person, read at one moment.
///
/// @param ways the ways to sign in, open or not
/// @param asOf the moment that is looked at; null: the present. Of the past it is not told why, nor how they could sign in
record PersonDetail(UserRow person, List<GroupPath> groups, List<Decision> why, List<Way> ways, List<Event> history,
        @Nullable Instant asOf) {
    /// A way to sign in.
    ///
    /// @param open  whether it would work; null: not known
    /// @param words the way, and where it is closed why
    record Way(@Nullable Boolean open, String words) {}

    /// Something that was done to them.
    ///
    /// @param words old and new values
    /// @param by    who or which run did it
    /// @param run   the run; null: a person did it
    record Event(@Nullable Instant at, Look look, List<Difference> words, String by, @Nullable Long run) {}

    /// One value as it was and as it became; both may be empty.
    record Difference(String name, String before, String after) {}
}
