package org.rollcall.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Change;
import org.rollcall.domain.Change.PersonChange;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.source.DirectoryReader;
import org.rollcall.store.SettledPlanStore.Outcome;
import org.rollcall.store.Stores;
import org.rollcall.sync.SettledPlans.Candidate;
import org.rollcall.sync.SettledPlans.Fingerprint;
import org.rollcall.sync.SettledPlans.Unsettled;
import org.rollcall.sync.plan.Guards;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanSummary;
import org.rollcall.sync.plan.Planner;
import org.rollcall.sync.plan.RoleLosses;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.sync.read.ReadResult;
import org.rollcall.sync.read.ReadScope;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// The first two of the three verbs: brings the mirror up to date and stores the change set.
final class ImportPlanning {
    private static final int BATCH = 2_000;
    private static final String FEW = Words.of("sync.importPlanning.few").english();
    private static final String UNCHANGED = Words.of("sync.importPlanning.unchanged").english();

    private final Stores stores;
    private final MirrorReader mirrorReader;
    private final TenantReaders readers;
    private final SettledPlans settled;

    ImportPlanning(Stores stores, MirrorReader mirrorReader, TenantReaders readers, SettledPlans settled) {
        this.stores = stores;
        this.settled = settled;
        this.mirrorReader = mirrorReader;
        this.readers = readers;
    }

    /// Reads to the end. The progress of the read is stored in `run` even if it fails.
    ///
    /// @param everything a full read, not only changes
    Mirror read(ImportRun run, ImportTarget target, boolean everything, JobContext context) {
        ReadScope scope = target.readScope();
        Mirror mirror = mirrorReader.mirror(target.tenant().id(), scope);
        try (DirectoryReader reader = readers.open(target.tenant())) {
            long before = reader.requests();
            boolean done = false;
            try {
                ReadResult result = mirrorReader.read(mirror, scope, reader, everything, context);
                run.read(result.complete(), weighed(target, result.evidence()), result.requests());
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

    /// An unusable report matters to whoever filters by it, even where nothing was known before.
    private static List<StreamEvidence> weighed(ImportTarget target, List<StreamEvidence> evidence) {
        return target.config().filters().mfaRegistered()
                ? evidence
                : evidence.stream().map(each -> each.stream().equals(MirrorReader.MFA_STREAM)
                        ? new StreamEvidence(each.stream(), each.pages(), each.objects(), each.requests(), each.notes()
                                .stream().map(note -> new ReadNote(note.objectId(), note.asked(), note.came(), true))
                                .toList())
                        : each).toList();
    }

    /// Plans and stores the change set of the run, replacing an earlier one. If nothing changed since the last plan, its result
    /// is repeated; if little changed, only the people concerned are planned again.
    void plan(ImportRun run, ImportTarget target, Mirror mirror, RunLimits limits, JobContext context) {
        context.message(Words.of("sync.importPlanning.comparingWithTheDirectory").english());
        long revision = stores.settings().directoryRevision();
        long mirrorChanges = stores.mirrors().changes(mirror.id());
        stores.changes().delete(run.id());
        StoredSources sources = sources(target, mirror);
        PlanInput input = input(run, target, sources, limits);
        Fingerprint fingerprint = settled.fingerprint(target, mirror.id(), input, revision);
        var last = input.complete() ? settled.repeat(run, target, fingerprint) : Optional.<Outcome>empty();
        Unsettled unsettled = null;
        if (last.isPresent()) {
            context.message(UNCHANGED);
            run.planned(last.get().counts(), last.get().guards(), last.get().admins(), revision);
        } else {
            var dirty = settled.dirty(target, input, sources, fingerprint);
            dirty.ifPresent(_ -> context.message(FEW));
            unsettled = compare(run, target, mirror, dirty.map(input::with).orElse(input), revision, context);
        }
        run.settles(new Candidate(fingerprint, mirror.id(), mirrorChanges, unsettled, run.run(),
                () -> settled.fingerprint(target, mirror.id(), input(run, target, sources, limits),
                        stores.settings().directoryRevision())));
    }

    private StoredSources sources(ImportTarget target, Mirror mirror) {
        return new StoredSources(stores.mirrors(), stores.directory(), mirror.id(), target.tenant().id(),
                target.profileId());
    }

    private PlanInput input(ImportRun run, ImportTarget target, StoredSources sources, RunLimits limits) {
        long tenantId = target.tenant().id();
        var administrators = new PlanInput.Administrators(
                stores.assignments().countAdministratorsOutside(tenantId, false),
                stores.assignments().countAdministratorsOutside(tenantId, true),
                stores.assignments().importedCanSignIn(tenantId));
        return new PlanInput(target.profileId(), target.config(), target.rules(), target.defaultRole(),
                run.run().complete(), target.sameMapping(), limits, RoleLosses.NONE, target.kept(),
                administrators, sources);
    }

    /// @return the people with changes, skips or conflicts
    private Unsettled compare(ImportRun run, ImportTarget target, Mirror mirror, PlanInput input, long revision,
            JobContext context) {
        var unsettled = new Unsettled();
        var waiting = new ArrayList<Change>(BATCH);
        long[] seq = { 0 };
        // Roles are loaded only here: a repeated plan changes none.
        PlanInput whole = input.with(RoleLosses.among(stores.roles().list()));
        PlanSummary summary = new Planner(context::checkCancelled).plan(whole, change -> {
            waiting.add(change);
            if (change instanceof PersonChange person) {
                unsettled.add(person);
            }
            if (waiting.size() == BATCH) {
                store(run.id(), seq, waiting);
                context.progress(seq[0], -1);
            }
        });
        store(run.id(), seq, waiting);
        run.planned(summary.counts(), guards(run, target, mirror, summary.guards()), summary.admins(), revision);
        return unsettled;
    }

    /// With an additional guard where the import refers to groups that the directory no longer has.
    private List<Guard> guards(ImportRun run, ImportTarget target, Mirror mirror, List<Guard> found) {
        var named = new LinkedHashMap<UUID, String>();
        target.config().scope().groups().forEach(group -> named.put(group.id(), group.name()));
        target.config().filters().excludedGroups().forEach(group -> named.put(group.id(), group.name()));
        target.rules().forEach(rule -> named.put(rule.group().id(), rule.group().name()));
        named.keySet().removeAll(stores.mirrors().groupsAmong(mirror.id(), List.copyOf(named.keySet())));
        if (named.isEmpty() || !run.run().complete()) {
            return found;
        }
        return Stream.concat(found.stream(), Stream.of(Guards.groupGone(List.copyOf(named.values())))).toList();
    }

    private void store(long runId, long[] seq, List<Change> waiting) {
        stores.changes().append(runId, seq[0], List.copyOf(waiting));
        seq[0] += waiting.size();
        waiting.clear();
    }
}
