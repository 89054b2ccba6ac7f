package org.rollcall.store;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;

import static org.rollcall.store.gen.Tables.RUN;

/// Which runs changed the directory, and in which order. The order is that of the directory's revisions: ids say when a run
/// was begun, and a preview or a stopped run may be applied later.
public final class AppliedRuns {
    private final Database database;

    public AppliedRuns(Database database) {
        this.database = database;
    }

    /// A run that changed the directory.
    ///
    /// @param undoOf   the run that it took back
    /// @param revision of the directory once it was applied
    public record Applied(long id, RunKind kind, @Nullable Long undoOf, long revision) {}

    /// To be called in the transaction that applies the run, at its end.
    ///
    /// @param revision of the directory from then on
    public void note(long runId, long revision) {
        database.dsl().update(RUN).set(RUN.REVISION, revision).where(RUN.ID.eq(runId)).execute();
    }

    /// Empty: the run was not applied, or changed nothing.
    public Optional<Applied> of(long runId) {
        return database.dsl().select(RUN.ID, RUN.KIND, RUN.UNDO_OF, RUN.REVISION).from(RUN)
                .where(RUN.ID.eq(runId), RUN.STATE.eq(RunState.SUCCEEDED.name()), RUN.REVISION.isNotNull())
                .fetchOptional(row -> new Applied(row.value1(), RunKind.valueOf(row.value2()), row.value3(),
                        row.value4()));
    }

    /// Those of a tenant that were applied after a revision, oldest first; refreshes of single people apart.
    public List<Applied> since(long tenantId, long revision) {
        return database.dsl().select(RUN.ID, RUN.KIND, RUN.UNDO_OF, RUN.REVISION).from(RUN)
                .where(RUN.TENANT_ID.eq(tenantId), RUN.REVISION.gt(revision),
                        RUN.KIND.ne(RunKind.REFRESH.name()))
                .orderBy(RUN.REVISION, RUN.ID)
                .fetch(row -> new Applied(row.value1(), RunKind.valueOf(row.value2()), row.value3(), row.value4()));
    }

    /// The newest run of an import that changed the directory, refreshes of single people apart.
    public Optional<Applied> newestOf(long tenantId, long profileId) {
        return database.dsl().select(RUN.ID, RUN.KIND, RUN.UNDO_OF, RUN.REVISION).from(RUN)
                .where(RUN.TENANT_ID.eq(tenantId), RUN.REVISION.isNotNull(), RUN.PROFILE_ID.eq(profileId),
                        RUN.KIND.ne(RunKind.REFRESH.name()))
                .orderBy(RUN.REVISION.desc(), RUN.ID.desc()).limit(1)
                .fetchOptional(row -> new Applied(row.value1(), RunKind.valueOf(row.value2()), row.value3(),
                        row.value4()));
    }
}
