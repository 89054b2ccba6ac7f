package org.rollcall.runs.undo;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;

/// The input of an undo.
///
/// @param runId     the run to undo
/// @param kinds     of its changes
/// @param profileId its import; null: deleted
/// @param all       reverts later changes too
/// @param roleRuns  a role given by one of these runs counts as unchanged: the run itself, and its undo and redo
/// @param roles     names of the existing roles
public record UndoInput(long tenantId, long runId, Set<ChangeKind> kinds, @Nullable Long profileId, boolean all,
        Set<Long> roleRuns, Set<String> roles) {
    private static final long NONE = -1;

    /// Used to query the scope of the import.
    long profile() {
        return profileId == null ? NONE : profileId;
    }
}
