package org.rollcall.sync;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rollcall.directory.DirectoryReader;
import org.rollcall.domain.Change;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.sync.plan.MaxRemovals;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanSummary;
import org.rollcall.sync.plan.Planner;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.sync.read.ReadResult;
import org.rollcall.sync.read.ReadScope;
import org.rollcall.task.JobContext;

/// The first two of the three verbs: brings the mirror up to date and stores what would have to change.
final class ImportPlanning {
    private static final int BATCH = 2_000;

    private final ImportStores stores;
    private final MirrorReader mirrorReader;
    private final TenantReaders readers;

    ImportPlanning(ImportStores stores, MirrorReader mirrorReader, TenantReaders readers) {
        this.stores = stores;
        this.mirrorReader = mirrorReader;
        this.readers = readers;
    }

    /// Reads to the end. What is known of the read is in `run` even if it fails.
    Mirror read(RunDraft run, ImportTarget target, JobContext context) {
        ReadScope scope = target.readScope();
        Mirror mirror = mirrorReader.mirror(target.tenant().id(), scope);
        try (DirectoryReader reader = readers.open(target.tenant())) {
            long before = reader.requests();
            boolean done = false;
            try {
                ReadResult result = mirrorReader.read(mirror, scope, reader, context);
                run.read(result.complete(), result.evidence(), result.requests());
                done = true;
            } finally {
                if (!done) {
                    List<StreamEvidence> sofar = mirrorReader.evidence(mirror.id());
                    run.read(false, sofar, reader.requests() - before);
                }
                readers.finished(target.tenant(), reader);
            }
        }
        return mirror;
    }

    /// Compares and stores the change set under the run, in place of one stored before.
    void plan(RunDraft run, ImportTarget target, Mirror mirror, @Nullable MaxRemovals maxRemovals,
            @Nullable Integer maxAdministrators, JobContext context) {
        context.message("Comparing with the directory");
        long revision = stores.settings().directoryRevision();
        long tenantId = target.tenant().id();
        stores.changes().delete(run.id());
        var sources = new StoredSources(stores.mirrors(), stores.directory(), mirror.id(), tenantId,
                target.profileId());
        var administrators = new PlanInput.Administrators(
                stores.assignments().countAdministratorsOutside(tenantId, false),
                stores.assignments().countAdministratorsOutside(tenantId, true),
                stores.assignments().importedCanSignIn(tenantId));
        var input = new PlanInput(target.profileId(), target.config(), target.rules(), target.defaultRole(),
                run.run().complete(), target.sameMapping(), maxRemovals, maxAdministrators, target.kept(),
                administrators, sources);
        var waiting = new ArrayList<Change>(BATCH);
        long[] seq = { 0 };
        PlanSummary summary = new Planner(context::checkCancelled).plan(input, change -> {
            waiting.add(change);
            if (waiting.size() == BATCH) {
                store(run.id(), seq, waiting);
                context.progress(seq[0], -1);
            }
        });
        store(run.id(), seq, waiting);
        run.planned(summary.counts(), summary.guards(), summary.admins(), revision);
    }

    private void store(long runId, long[] seq, List<Change> waiting) {
        stores.changes().append(runId, seq[0], List.copyOf(waiting));
        seq[0] += waiting.size();
        waiting.clear();
    }
}
