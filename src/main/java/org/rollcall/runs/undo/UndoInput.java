package org.rollcall.runs.undo;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;

/// What is to be undone.
///
/// @param runId     the run that is taken back
/// @param kinds     of its changes
/// @param profileId its import; null: that has been deleted
/// @param all       what was changed since is taken back too
/// @param roleRuns  a role that one of these runs gave is as the run left it: itself, and what undid and redid it
/// @param roles     names of the roles that there are
public record UndoInput(long tenantId, long runId, Set<ChangeKind> kinds, @Nullable Long profileId, boolean all,
        Set<Long> roleRuns, Set<String> roles) {
    private static final long NONE = -1;

    /// For asking whom the import has in scope.
    long profile() {
        return profileId == null ? NONE : profileId;
    }
}
