package org.rollcall.sync.plan;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// People whom a plan does not go through, as they are and stay.
public interface Others {
    Others NOBODY = new Others() {
        @Override
        public boolean isKnown(UUID id) {
            return false;
        }

        @Override
        public boolean isPresent(UUID id) {
            return false;
        }

        @Override
        public @Nullable Totals totals() {
            return null;
        }
    };

    /// In mirror or directory.
    boolean isKnown(UUID id);

    /// In the directory and not removed.
    boolean isPresent(UUID id);

    /// Figures of the whole tenant; null: there are no others.
    @Nullable
    Totals totals();

    /// Before the run.
    ///
    /// @param active         active people of the profile
    /// @param administrators enabled administrators among the people of the tenant
    record Totals(long active, int administrators) {}
}
