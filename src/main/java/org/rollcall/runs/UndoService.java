package org.rollcall.runs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.roles.Powers;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.undo.UndoInput;
import org.rollcall.runs.undo.UndoPlan;
import org.rollcall.store.AppliedRuns.Applied;
import org.rollcall.store.PlanBaseStore;
import org.rollcall.store.PresentObjects;
import org.rollcall.store.Stores;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.sync.apply.UndoApplier;
import org.rollcall.sync.plan.Guards;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Reverts the changes of a run wherever they have not been changed since. An undo is itself a run with a change set, so it can
/// be viewed, exported and undone.
///
/// Runs of one tenant are undone newest first. Runs without changes are skipped, and so are refreshes at sign-in: there are
/// many of them, each of one person, and their changes are left alone like other later changes. A run and its undo cancel each
/// other out.
public final class UndoService {
    private static final int BATCH = 2_000;
    private static final int PLANS = 3;
    private static final int SHOWN = 200;

    private final Stores stores;
    private final RoleServices roles;
    private final PlanBaseStore bases;
    private final TenantLocks locks;
    private final ImportSchedules schedules;
    private final UndoApplier applier;
    private final PresentObjects present;
    private final AuditService audit;
    private final RunEnds ends;
    private final Clock clock;

    public UndoService(Stores stores, RoleServices roles, ImportSchedules schedules,
            AuditService audit, Clock clock) {
        this.stores = stores;
        this.roles = roles;
        this.bases = new PlanBaseStore(stores.database());
        this.locks = new TenantLocks(stores.database(), clock);
        this.schedules = schedules;
        this.applier = new UndoApplier(stores.database(), stores.changes(), stores.roles(), clock);
        this.present = new PresentObjects(stores.database());
        this.audit = audit;
        this.ends = new RunEnds(stores, clock);
        this.clock = clock;
    }

    /// Whether a run can be undone.
    ///
    /// @param undoneBy the run that undid it; null: not undone
    /// @param before   the run that has to be undone before it; null: none
    /// @param possible it can be undone now
    public record Standing(@Nullable Long undoneBy, @Nullable Long before, boolean possible) {}

    /// The effect of an undo.
    ///
    /// @param run       as it would be; its id is 0
    /// @param takenBack the changes, up to a few hundred
    /// @param leftAlone what was changed since and would stay, up to a few hundred
    public record Preview(Run run, List<Change> takenBack, List<Change> leftAlone) {
        public Preview {
            takenBack = List.copyOf(takenBack);
            leftAlone = List.copyOf(leftAlone);
        }
    }

    public Standing standing(Actor actor, Run run) {
        actor.require(Permission.VIEW_ACTIVITY);
        Long tenantId = run.tenantId();
        Optional<Applied> applied = stores.applied().of(run.id());
        if (tenantId == null || applied.isEmpty()) {
            return new Standing(null, null, false);
        }
        return standing(tenantId, applied.get());
    }

    private Standing standing(long tenantId, Applied run) {
        List<Applied> later = stores.applied().since(tenantId, run.revision()).reversed();
        var undone = new HashMap<Long, Long>();
        var ids = new HashSet<Long>();
        for (Applied each : later) {
            ids.add(each.id());
            if (each.undoOf() != null && !undone.containsKey(each.id())) {
                undone.put(each.undoOf(), each.id());
            }
        }
        Long before = later.stream()
                .filter(each -> !undone.containsKey(each.id())
                        && !(each.undoOf() != null && ids.contains(each.undoOf())))
                .map(Applied::id).findFirst().orElse(null);
        Long undoneBy = undone.get(run.id());
        return new Standing(undoneBy, undoneBy == null ? before : null, undoneBy == null && before == null);
    }

    /// The effect of undoing a run; changes nothing.
    ///
    /// @param all reverts later changes too
    /// @throws RollcallException INPUT: it cannot be undone, or another run has to be undone before
    public Preview preview(Actor actor, long runId, boolean all, JobContext context) {
        actor.require(Permission.IMPORT);
        Run of = undoable(runId);
        var takenBack = new ArrayList<Change>();
        var leftAlone = new ArrayList<Change>();
        long revision = stores.settings().directoryRevision();
        UndoPlan.Outcome outcome = plan(of, all, context).run(change -> {
            List<Change> into = change.kind() == ChangeKind.CONFLICT ? leftAlone : takenBack;
            if (into.size() < SHOWN) {
                into.add(change);
            }
        });
        int before = roles.guard().administrators();
        var run = new Run(0, of.tenantId(), of.tenantName(), of.profileId(), of.profileName(), RunKind.UNDO,
                Trigger.MANUAL, actor.name(), RunState.PLANNED, clock.instant(), null, true, List.of(),
                outcome.counts(), guards(of, outcome), new Run.Admins(before, before + outcome.administrators()), 0,
                revision, null, runId);
        return new Preview(run, takenBack, leftAlone);
    }

    /// Undoes a run: everything possible, or nothing. An undo that a guard stops or that is cancelled is reported, not thrown.
    ///
    /// @param all reverts later changes too
    /// @throws RollcallException INPUT: it cannot be undone, or another run has to be undone before; NOT_ALLOWED; CONFLICT: a
    ///                           run of the tenant is in progress
    public RunReport undo(Actor actor, long runId, boolean all, JobContext context) {
        actor.require(Permission.IMPORT);
        Tenant tenant = tenant(undoable(runId));
        try (var _ = locks.hold(tenant)) {
            Run of = undoable(runId);
            var run = new RunDraft(stores.runs().startUndo(tenant, of, actor.name(), clock.instant()));
            try {
                planAndApply(actor, run, of, tenant, all, context);
            } catch (CancellationException e) {
                ends.end(run, RunState.CANCELLED, null);
            } catch (RollcallException e) {
                if (e.kind() != ErrorKind.GUARD) {
                    ends.discard(run);
                    throw e;
                }
                ends.end(run, RunState.STOPPED, Run.Failure.of(e));
            } catch (RuntimeException e) {
                ends.discard(run);
                throw e;
            }
            return new RunReport(run.run());
        } catch (RollcallException e) {
            throw audit.failed(actor, "import.undo", "RUN", String.valueOf(runId), tenant.name(), e);
        }
    }

    private void planAndApply(Actor actor, RunDraft run, Run of, Tenant tenant, boolean all, JobContext context) {
        for (int plans = 1;; plans++) {
            context.message(Words.of("sync.undoService.comparingWithTheDirectory").english());
            long revision = stores.settings().directoryRevision();
            stores.changes().delete(run.id());
            var waiting = new ArrayList<Change>(BATCH);
            long[] seq = { 0 };
            UndoPlan.Outcome outcome = plan(of, all, context).run(change -> {
                waiting.add(change);
                if (waiting.size() == BATCH) {
                    store(run.id(), seq, waiting);
                }
            });
            store(run.id(), seq, waiting);
            int before = roles.guard().administrators();
            run.read(true, List.of(), 0);
            run.planned(outcome.counts(), guards(of, outcome),
                    new Run.Admins(before, before + outcome.administrators()), revision);
            try {
                apply(actor, run, of, tenant, outcome, revision, context);
                return;
            } catch (RollcallException e) {
                if (!OutdatedPlan.is(e) || plans == PLANS) {
                    throw e;
                }
            }
        }
    }

    private void apply(Actor actor, RunDraft run, Run of, Tenant tenant, UndoPlan.Outcome outcome, long revision,
            JobContext context) {
        context.message(Words.of("sync.undoService.applyingTheChanges").english());
        context.stage(ApplyStage.COMPARE, 0);
        long changes = outcome.counts().entrySet().stream().filter(each -> each.getKey().changesDirectory())
                .mapToLong(Map.Entry::getValue).sum();
        roles.guard().requireOneAfter(() -> {
            if (revision != stores.settings().directoryRevision()) {
                throw OutdatedPlan.refusal();
            }
            context.stage(ApplyStage.GUARDS, 0);
            requirePowers(actor, outcome);
            context.stage(ApplyStage.PEOPLE, 0);
            applier.apply(tenant.id(), run.id(), of.profileId(), actor.name(), (stage, inStage, inAll) -> {
                context.checkCancelled();
                context.progress(Math.min(inAll, changes), changes);
                context.stage(stage, inStage);
            });
            context.stage(ApplyStage.RECORD, 0);
            if (!outcome.counts().keySet().stream().allMatch(ChangeKind.CONFLICT::equals)) {
                stores.applied().note(run.id(), stores.settings().raiseDirectoryRevision());
            }
            // The next plans of its imports are full ones.
            stores.profiles().ofTenant(tenant.id()).forEach(each -> bases.forget(each.id()));
            if (of.kind() != RunKind.UNDO && of.profileId() != null) {
                schedules.undone(actor, of.profileId(),
                        Words.of("sync.undoService.runWasUndoneByThe", of.id(), actor.name()).english());
            }
            var admins = new Run.Admins(run.run().admins() == null ? 0 : run.run().admins().before(),
                    roles.guard().administrators());
            run.planned(run.run().counts(), run.run().guards(), admins, revision);
            run.ended(RunState.SUCCEEDED, of.profileId(), clock.instant(), null);
            Map<String, @Nullable Object> facts = new LinkedHashMap<>(run.facts());
            facts.put("undoOf", String.valueOf(of.id()));
            audit.record(actor, "import.undo", "RUN", String.valueOf(of.id()), tenant.name(), facts, run.id());
            stores.runs().update(run.run());
            return Boolean.TRUE;
        });
    }

    /// Changing people's roles needs the permission to change roles, and nobody gives, takes or touches more permissions than
    /// they have.
    private void requirePowers(Actor actor, UndoPlan.Outcome outcome) {
        if (!outcome.given().isEmpty() || !outcome.taken().isEmpty()) {
            actor.require(Permission.CHANGE_ROLES);
        }
        if (outcome.lifts()) {
            actor.require(Permission.MANAGE_USERS);
        }
        for (Role role : stores.roles().list()) {
            if (outcome.given().contains(role.name())) {
                Powers.requireGive(actor, role);
            }
            if (outcome.taken().contains(role.name())) {
                Powers.requireTake(actor, role);
            }
        }
        roles.powers().requireOver(actor, outcome.over().values(), Words.of("roles.verb.activateDeactivateOrRemove"));
    }

    private UndoPlan plan(Run of, boolean all, JobContext context) {
        long tenantId = Objects.requireNonNull(of.tenantId());
        var runs = new HashSet<Long>(Set.of(of.id()));
        stores.applied().of(of.id()).ifPresent(applied -> stores.applied().since(tenantId, applied.revision()).stream()
                .filter(each -> each.kind() == RunKind.UNDO).forEach(each -> runs.add(each.id())));
        var input = new UndoInput(tenantId, of.id(), stores.changes().counts(of.id()).keySet(), of.profileId(), all,
                runs, stores.roles().ids().keySet());
        return new UndoPlan(input, stores.changes(), present, context::checkCancelled);
    }

    private List<Guard> guards(Run of, UndoPlan.Outcome outcome) {
        long tenantId = Objects.requireNonNull(of.tenantId());
        int elsewhere = stores.assignments().countAdministratorsOutside(tenantId, true);
        int imported = stores.assignments().importedCanSignIn(tenantId)
                ? Math.toIntExact(stores.directory().countActiveAdministrators(tenantId))
                : 0;
        int after = stores.assignments().importedCanSignIn(tenantId) ? imported + outcome.administrators() : 0;
        return List.of(Guards.administrators(elsewhere + imported, elsewhere + after));
    }

    private void store(long runId, long[] seq, List<Change> waiting) {
        stores.changes().append(runId, seq[0], List.copyOf(waiting));
        seq[0] += waiting.size();
        waiting.clear();
    }

    private Run undoable(long runId) {
        Run run = stores.runs().byId(runId).orElseThrow(() -> RunService.unknown(runId));
        if (run.kind() == RunKind.PREVIEW || run.state() != RunState.SUCCEEDED) {
            throw RollcallException.input("undo.not-applied",
                    Words.of("sync.undo.not-applied", runId), Words.of("sync.undo.not-applied.remedy"));
        }
        Tenant tenant = tenant(run);
        Applied applied = stores.applied().of(runId).orElseThrow(() -> RollcallException.input("undo.nothing",
                Words.of("sync.undo.nothing", runId), Words.of("sync.undo.nothing.remedy")));
        Standing standing = standing(tenant.id(), applied);
        if (standing.undoneBy() != null) {
            throw RollcallException.input("undo.undone",
                    Words.of("sync.undo.undone", runId, standing.undoneBy()),
                    Words.of("sync.undo.undone.remedy", standing.undoneBy()));
        }
        if (standing.before() != null) {
            throw RollcallException.input("undo.later",
                    Words.of("sync.undo.later", standing.before(), tenant.name(), runId),
                    Words.of("sync.undo.later.remedy", standing.before()));
        }
        return run;
    }

    private Tenant tenant(Run run) {
        return Optional.ofNullable(run.tenantId()).flatMap(stores.tenants()::connected)
                .orElseThrow(() -> RunService.tenantGone(run.id()));
    }
}
