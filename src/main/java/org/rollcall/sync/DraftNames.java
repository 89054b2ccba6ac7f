package org.rollcall.sync;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;

/// The names behind a draft that were taken for the objects which bore them the last time. Whether they still do is known
/// once the directory was read, at no cost; only then may it have to be asked who bears them now.
@FunctionalInterface
public interface DraftNames {
    /// Who bears what name, as just read.
    interface Bearers {
        /// Whether this group bears the name, and among what was read no other does.
        boolean group(UUID id, String name);

        boolean person(UUID id, String name);
    }

    /// @return the draft with other objects; null: every name means what it was taken for
    /// @throws RollcallException INPUT: nobody bears a name any more, or several do; and whatever the directory says
    @Nullable
    Draft again(Bearers bearers);
}
