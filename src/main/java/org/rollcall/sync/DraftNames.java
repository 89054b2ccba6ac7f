package org.rollcall.sync;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The names in a draft, resolved to the objects that had them at the last read. Whether they still have them is known after
/// the read at no cost; only if not, the directory is asked for the names.
@FunctionalInterface
public interface DraftNames {
    /// The names as just read.
    interface Bearers {
        /// Whether this group has the name, and no other group that was read does.
        boolean group(UUID id, String name);

        boolean person(UUID id, String name);
    }

    /// @return the draft with other objects; null: every name still means the same object
    /// @throws RollcallException INPUT: nothing has a name any more, or several objects do; and all errors of the directory
    @Nullable
    Draft again(Bearers bearers);
}
