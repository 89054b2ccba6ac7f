package org.rollcall.sync;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.ImportSchedules;
import org.rollcall.runs.RunDraft;
import org.rollcall.runs.RunReport;
import org.rollcall.runs.RunService;
import org.rollcall.runs.TenantLocks;
import org.rollcall.store.RunStore;
import org.rollcall.store.Stores;
import org.rollcall.sync.plan.Guards;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Runs that a guard stopped: their change sets are applied once, exactly as shown, or discarded.
public final class StoppedRuns {
    private final Stores stores;
    private final ImportTargets targets;
    private final ImportApplying applying;
    private final TenantLocks locks;
    private final ImportSchedules schedules;
    private final AuditService audit;

    public StoppedRuns(Stores stores, ImportService imports, RoleServices roles, ImportSchedules schedules,
            AuditService audit, Clock clock) {
        this.stores = stores;
        this.targets = new ImportTargets(stores);
        this.applying = new ImportApplying(stores, targets, new SettledPlans(stores), roles.guard(), audit, clock);
        this.locks = imports.locks();
        this.schedules = schedules;
        this.audit = audit;
    }

    /// What can be done with a run.
    public enum Standing {
        /// Nothing: it was not stopped, or it has been applied or discarded.
        NOTHING,
        /// Discard only: people, roles or the mirror have changed since.
        OUTDATED,
        /// Discard only: the guard that stopped it cannot be lifted.
        HELD,
        APPLICABLE
    }

    public Standing standing(Actor actor, Run run) {
        actor.require(Permission.IMPORT);
        StoppedBasis basis = basis(run).orElse(null);
        if (basis == null) {
            return Standing.NOTHING;
        }
        if (held(run).isPresent()) {
            return Standing.HELD;
        }
        return isOutdated(run, basis) ? Standing.OUTDATED : Standing.APPLICABLE;
    }

    /// Applies the change set of a stopped run exactly as it was shown, once. The guards of removals and lost roles are lifted,
    /// others hold.
    ///
    /// @throws RollcallException INPUT: it was not stopped, or was applied or discarded; CONFLICT: people, roles or the mirror
    ///                           have changed since; GUARD: another guard stops it; NOT_ALLOWED. Nothing was changed
    public RunReport apply(Actor actor, long runId, JobContext context) {
        actor.require(Permission.IMPORT);
        Tenant tenant = tenant(stopped(runId));
        try (var _ = locks.hold(tenant)) {
            return apply(actor, tenant, stopped(runId), context);
        } catch (RollcallException e) {
            throw audit.failed(actor, "import.apply", "RUN", String.valueOf(runId), tenant.name(), e);
        }
    }

    private RunReport apply(Actor actor, Tenant tenant, Run stopped, JobContext context) {
        StoppedBasis basis = basis(stopped).orElseThrow();
        ImportTarget target = targets.resolve(actor, tenant, stopped.profileName(), basis.draft());
        if (!basis.spares(target.kept())) {
            throw actor.refused(new RollcallException(ErrorKind.NOT_ALLOWED, "role.beyond-own",
                    Words.of("sync.role.beyond-own", actor.name()),
                    Words.of("sync.role.beyond-own.remedy")));
        }
        held(stopped).ifPresent(guard -> {
            throw ImportService.stopped(guard);
        });
        if (isOutdated(stopped, basis)) {
            throw new RollcallException(ErrorKind.CONFLICT, "stopped.outdated",
                    Words.of("sync.stopped.outdated", stopped.id()),
                    Words.of("sync.stopped.outdated.remedy"));
        }
        var run = new ImportRun(stopped);
        run.planned(stopped.counts(), stopped.guards().stream().map(guard -> guard.stopped()
                ? new Guard(guard.name(), false, guard.message() + "; applied once by " + actor.name())
                : guard).toList(), Objects.requireNonNull(stopped.admins()),
                Objects.requireNonNull(stopped.baseRevision()));
        applying.apply(actor, run, target, context, ImportApplying.Others.WRITE_TOO, () -> {}, () -> {
            stores.runs().keep(stopped.id(), null);
            audit.record(actor, "import.apply", "RUN", String.valueOf(stopped.id()), tenant.name(),
                    new RunDraft(stopped).facts(), stopped.id());
            release(actor, stopped);
        });
        return new RunReport(run.run());
    }

    /// Discards the change set of a stopped run.
    ///
    /// @throws RollcallException INPUT: it was not stopped, or was applied or discarded
    public void discard(Actor actor, long runId) {
        actor.require(Permission.IMPORT);
        stores.database().transaction(() -> {
            Run stopped = stopped(runId);
            stores.runs().keep(runId, RunStore.DISCARDED);
            stores.changes().delete(runId);
            audit.record(actor, "import.discard", "RUN", String.valueOf(runId), stopped.tenantName(),
                    Map.of("profile", stopped.profileName()), runId);
            release(actor, stopped);
        });
    }

    private void release(Actor actor, Run run) {
        if (run.profileId() != null) {
            schedules.release(actor, run.profileId());
        }
    }

    private Run stopped(long runId) {
        Run run = stores.runs().byId(runId).filter(each -> each.kind() != RunKind.PREVIEW)
                .orElseThrow(() -> RunService.unknown(runId));
        if (run.state() != RunState.STOPPED) {
            throw RollcallException.input("run.not-stopped", Words.of("sync.run.not-stopped", runId),
                    Words.of("sync.run.not-stopped.remedy"));
        }
        if (basis(run).isEmpty()) {
            throw RollcallException.input("run.nothing-kept", Words.of("sync.run.nothing-kept", runId),
                    Words.of("sync.run.nothing-kept.remedy"));
        }
        return run;
    }

    private Optional<StoppedBasis> basis(Run run) {
        return run.state() == RunState.STOPPED && run.kind() == RunKind.IMPORT
                ? stores.runs().kept(run.id()).map(StoppedBasis::fromJson)
                : Optional.empty();
    }

    /// The first guard that cannot be lifted.
    private static Optional<Guard> held(Run run) {
        return run.guards().stream().filter(guard -> guard.stopped() && !Guards.isLiftedOnce(guard.name())).findFirst();
    }

    private boolean isOutdated(Run run, StoppedBasis basis) {
        return !Objects.equals(run.baseRevision(), stores.settings().directoryRevision())
                || !stores.mirrors().isAt(basis.mirror(), basis.changes());
    }

    private Tenant tenant(Run run) {
        return Optional.ofNullable(run.tenantId()).flatMap(stores.tenants()::connected)
                .orElseThrow(() -> RunService.tenantGone(run.id()));
    }
}
