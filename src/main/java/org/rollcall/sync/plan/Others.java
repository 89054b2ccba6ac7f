package org.rollcall.sync.plan;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// People who are not in the dirty set, unchanged by the plan.
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

    /// Counts of the whole tenant; null: everybody is in the dirty set.
    @Nullable
    Totals totals();

    /// Before the run.
    ///
    /// @param active         active people of the import
    /// @param administrators enabled administrators among the people of the tenant
    record Totals(long active, int administrators) {}
}
