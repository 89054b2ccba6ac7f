package org.rollcall.runs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunChange;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.UserRow;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.IdentityStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.Stores;
import org.rollcall.text.Words;

/// Lists runs, their changes, and the changes of one person.
public final class RunService {
    private static final int CHUNK = 500;
    private static final int RUNS_ABOUT = 50;

    private final Stores stores;
    private final RunStore runs;
    private final ChangeStore changes;
    private final AuditService audit;
    private final Clock clock;
    private final IdentityStore identities;

    public RunService(Stores stores, AuditService audit, Clock clock) {
        this.audit = audit;
        this.stores = stores;
        this.runs = stores.runs();
        this.changes = stores.changes();
        this.clock = clock;
        this.identities = stores.identities();
    }

    /// Newest first, without previews that were not applied.
    ///
    /// @param before only runs with a smaller id; null: from the newest on
    public List<Run> list(Actor actor, RunFilter filter, @Nullable Long before, int limit) {
        actor.require(Permission.VIEW_ACTIVITY);
        return runs.list(filter, before, limit);
    }

    public long count(Actor actor, RunFilter filter) {
        actor.require(Permission.VIEW_ACTIVITY);
        return runs.count(filter);
    }

    /// A doubtful answer about somebody, and its resolution.
    public record AskedAgain(long run, Instant at, ReadNote note) {}

    /// The repeated questions about a person in the last runs of their tenant, newest first.
    public List<AskedAgain> askedAgain(Actor actor, UserRow person) {
        if (!Objects.equals(actor.userId(), person.id())) {
            actor.require(Permission.VIEW_DIRECTORY);
        }
        Long tenant = person.tenantId();
        if (tenant == null) {
            return List.of();
        }
        return runs.list(RunFilter.ofTenant(tenant), null, RUNS_ABOUT).stream()
                .flatMap(run -> run.evidence().stream().flatMap(stream -> stream.notes().stream())
                        .filter(note -> Objects.equals(note.objectId(), person.objectId()))
                        .map(note -> new AskedAgain(run.id(), run.startedAt(), note)))
                .toList();
    }

    /// Passes on every matching run, newest first.
    ///
    /// @throws RollcallException NOT_ALLOWED without the permissions to see activity and to export
    public void forEach(Actor actor, RunFilter filter, Consumer<Run> sink) {
        actor.require(Permission.VIEW_ACTIVITY);
        actor.require(Permission.EXPORT);
        audit.recordLook(actor, "export.runs", null, null, null, Map.of());
        Long before = null;
        List<Run> chunk;
        do {
            chunk = runs.list(filter, before, CHUNK);
            for (Run run : chunk) {
                sink.accept(run);
                before = run.id();
            }
        } while (chunk.size() == CHUNK);
    }

    /// @throws RollcallException INPUT: there is no such run
    public Run show(Actor actor, long runId) {
        if (!actor.permissions().contains(Permission.IMPORT)) {
            // Whoever may see neither previews nor runs is not told which of them exist.
            actor.require(Permission.VIEW_ACTIVITY);
        }
        Run run = runs.byId(runId).orElseThrow(() -> unknown(runId));
        actor.require(run.kind() == RunKind.PREVIEW ? Permission.IMPORT : Permission.VIEW_ACTIVITY);
        return run;
    }

    /// A page of a run's changes, in their order.
    ///
    /// @param after number of the last change of the page before; -1: from the start
    public List<RunChange> changes(Actor actor, long runId, ChangeFilter filter, long after, int limit) {
        show(actor, runId);
        return changes.page(runId, filter, after, limit);
    }

    /// All changes of a run, in order, read on demand.
    public Iterator<RunChange> allChanges(Actor actor, long runId, ChangeFilter filter) {
        show(actor, runId);
        return changes.all(runId, filter);
    }

    /// The same for an export, which is recorded.
    ///
    /// @throws RollcallException NOT_ALLOWED without the permission to export
    public Iterator<RunChange> exportChanges(Actor actor, long runId, ChangeFilter filter) {
        actor.require(Permission.EXPORT);
        Run run = show(actor, runId);
        audit.recordLook(actor, "export.changes", "RUN", String.valueOf(runId), run.tenantName(), Map.of());
        return changes.all(runId, filter);
    }

    public long countChanges(Actor actor, long runId, ChangeFilter filter) {
        show(actor, runId);
        return changes.count(runId, filter);
    }

    /// Changes of a person by runs, newest first. Everybody may query themselves.
    public List<RunChange> history(Actor actor, UserRow person, int limit) {
        boolean own = Long.valueOf(person.id()).equals(actor.userId());
        actor.require(own ? Permission.VIEW_OWN_PROFILE : Permission.VIEW_DIRECTORY);
        return person.tenantId() == null || person.objectId() == null
                ? List.of()
                : changes.ofObjects(person.tenantId(), ids(person, person.objectId()), limit);
    }

    /// Including those of the person's former accounts in Entra.
    private List<UUID> ids(UserRow person, UUID present) {
        var ids = new ArrayList<UUID>();
        ids.add(present);
        ids.addAll(identities.formerOf(person.id()).objectIds());
        return ids;
    }

    /// The error for an unknown run.
    public static RollcallException unknown(long runId) {
        return RollcallException
                .input("run.unknown", Words.of("sync.run.unknown", runId), Words.of("sync.run.unknown.remedy"))
                .onCommandLine(Words.of("sync.run.unknown.remedy.cli"));
    }

    /// The error if the tenant of a run is no longer connected.
    public static RollcallException tenantGone(long runId) {
        return RollcallException.input("run.tenant-gone", Words.of("sync.run.tenant-gone", runId),
                Words.of("sync.run.tenant-gone.remedy"));
    }

    /// Marks runs of killed processes as interrupted; those of live processes continue.
    ///
    /// @return number of interrupted runs
    public int recoverInterrupted() {
        var locks = new TenantLocks(stores.database(), clock);
        return new InterruptedRuns(stores.database(), clock).recover(tenant -> !locks.isBusy(tenant));
    }
}
