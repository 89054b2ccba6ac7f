package org.rollcall.sync;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Assignment;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeFilter;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.Permission;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReasonCode;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.RoleAssignmentService;
import org.rollcall.roles.RoleEdit;
import org.rollcall.roles.RoleServices;
import org.rollcall.runs.RunEnds;
import org.rollcall.runs.RunReport;
import org.rollcall.runs.TenantLocks;
import org.rollcall.source.CallControl;
import org.rollcall.store.PersonStore;
import org.rollcall.store.Stores;
import org.rollcall.sync.ImportApplying.Others;
import org.rollcall.sync.plan.Guards;
import org.rollcall.sync.plan.PersonFields;
import org.rollcall.sync.plan.RoleLosses;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.sync.read.MirrorReader;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Imports: previews, runs, and applying a preview exactly as it was shown. One run at a time for each tenant.
public final class ImportService {
    private static final Logger LOG = LoggerFactory.getLogger(ImportService.class);
    private static final int PLANS = 3;

    private final Stores stores;
    private final ImportTargets targets;
    private final SettledPlans settled;
    private final ImportPlanning planning;
    private final ImportApplying applying;
    private final RoleAssignmentService assignments;
    private final PersonStore people;
    private final TenantLocks locks;
    private final PersonRefresh refresh;
    private final AuditService audit;
    private final RunEnds ends;
    private final Clock clock;

    public ImportService(Stores stores, MirrorReader mirrorReader, TenantReaders readers,
            RoleServices roles, AuditService audit, Clock clock) {
        this.stores = stores;
        this.locks = new TenantLocks(stores.database(), clock);
        this.targets = new ImportTargets(stores);
        this.settled = new SettledPlans(stores);
        this.planning = new ImportPlanning(stores, mirrorReader, readers, settled);
        this.applying = new ImportApplying(stores, targets, settled, roles.guard(), audit, clock);
        this.assignments = roles.assignments();
        this.people = stores.people();
        this.refresh = new PersonRefresh(stores, targets, readers, locks, roles.guard(), audit, clock);
        this.audit = audit;
        this.ends = new RunEnds(stores, clock);
        this.clock = clock;
    }

    /// The lock for runs of one tenant, for other operations that change many of its people at once.
    TenantLocks locks() {
        return locks;
    }

    /// Whether a run or preview of a tenant is in progress.
    public boolean isRunning(long tenantId) {
        return locks.isBusy(tenantId);
    }

    /// Refreshes one person who has authenticated and is about to be signed in: details, groups and role, as an import would.
    /// Not while an import of their tenant is running. Runs in the name of that person, who needs no permission to import.
    ///
    /// @param origin where they sign in
    /// @return their present state in Entra; empty: unknown
    /// @throws RollcallException all errors of the directory, CONFLICT, GUARD: nothing was changed
    public Optional<UserStatus> refresh(UserRow person, String origin, CallControl control) {
        return refresh.refresh(person, origin, control);
    }

    /// Reads and plans; changes nothing but the mirror. The change set is stored under the returned run's id until the next
    /// preview of the import.
    ///
    /// @throws RollcallException     INPUT, NOT_ALLOWED, CONFLICT (already running) and all errors of the directory
    /// @throws CancellationException if cancelled
    public RunReport preview(Actor actor, ImportRequest request, JobContext context) {
        actor.require(Permission.IMPORT);
        Tenant tenant = targets.tenant(request.tenant());
        try (var _ = locks.hold(tenant)) {
            return preview(actor, tenant, request, context);
        } catch (RollcallException e) {
            throw audit.failed(actor, "import.preview", "TENANT", String.valueOf(tenant.id()), tenant.name(), e);
        }
    }

    private RunReport preview(Actor actor, Tenant tenant, ImportRequest request, JobContext context) {
        ImportTarget target = targets.resolve(actor, tenant, request.profile(), request.draft());
        var run = start(actor, target, RunKind.PREVIEW, request,
                PreviewBasis.of(request).toJson());
        try {
            Mirror mirror = planning.read(run, target, request.everything(), context);
            Draft again = again(request, mirror);
            if (again != null) {
                ends.discard(run);
                return preview(actor, tenant, request.with(again), context);
            }
            planning.plan(run, target, mirror, request.limits(), context);
        } catch (RuntimeException e) {
            ends.discard(run);
            throw e;
        }
        run.ended(RunState.PLANNED, run.run().profileId(), clock.instant(), null);
        stores.database().transaction(() -> {
            stores.runs().update(run.run());
            stores.runs().dropPreviews(tenant.id(), target.profileName(), run.id());
            settled.keep(run, run.run().profileId());
            // The plan of a draft is no base for plans of the stored import.
            if (target.draft() == null
                    && Objects.equals(run.run().baseRevision(), stores.settings().directoryRevision())) {
                settled.keepBase(run, target);
            }
        });
        audit.record(actor, "import.preview", "TENANT", String.valueOf(tenant.id()), tenant.name(),
                Map.of("profile", target.profileName()), run.id());
        return new RunReport(run.run());
    }

    /// Reads and returns what a run would do; changes nothing but the mirror and stores no result, so that previews and stopped
    /// runs of others stay.
    ///
    /// @throws RollcallException     INPUT, NOT_ALLOWED, CONFLICT (already running) and all errors of the directory
    /// @throws CancellationException if cancelled
    public RunReport look(Actor actor, ImportRequest request, JobContext context) {
        actor.require(Permission.IMPORT);
        Tenant tenant = targets.tenant(request.tenant());
        try (var _ = locks.hold(tenant)) {
            ImportTarget target = targets.resolve(actor, tenant, request.profile(), request.draft());
            var run = start(actor, target, RunKind.PREVIEW, request, null);
            try {
                Mirror mirror = planning.read(run, target, request.everything(), context);
                planning.plan(run, target, mirror, request.limits(), context);
                run.ended(RunState.PLANNED, run.run().profileId(), clock.instant(), null);
                return new RunReport(run.run());
            } finally {
                ends.discard(run);
            }
        }
    }

    /// Changes the configuration of a stored import without running it; its next run uses it.
    ///
    /// @throws RollcallException INPUT: unknown import or role; NOT_ALLOWED: as for a run; CONFLICT: it is running
    public void configure(Actor actor, String tenantName, String profile, Draft draft) {
        actor.require(Permission.IMPORT);
        Tenant tenant = targets.tenant(tenantName);
        try (var _ = locks.hold(tenant)) {
            ImportTarget target = targets.resolve(actor, tenant, profile, draft);
            if (target.profile().isEmpty()) {
                throw RollcallException.input("profile.unknown",
                        Words.of("sync.profile.unknown", profile, tenant.name()),
                        Words.of("sync.profile.unknown.importService.remedy"));
            }
            stores.database().transaction(() -> applying.configure(actor, target));
        } catch (RollcallException e) {
            throw audit.failed(actor, "import.configure", "TENANT", String.valueOf(tenant.id()), tenant.name(), e);
        }
    }

    /// Sets the limits of a stored import at which its guards stop a run; the rest of the import stays.
    ///
    /// @throws RollcallException INPUT: an invalid limit; and as [#configure]
    public void limit(Actor actor, String tenantName, String profile, ProfileConfig.Policies limits) {
        actor.require(Permission.IMPORT);
        Integer administrators = limits.maxAdministrators();
        if (limits.maxRemovalPercent() < 0 || limits.maxRemovalPercent() > 100 || limits.minRemovals() < 0
                || administrators != null && administrators < 0 || Guards.lostRolePercent(limits) < 0
                || Guards.lostRolePercent(limits) > 100 || Guards.leastLostRoles(limits) < 0) {
            throw RollcallException.input("import.limits", Words.of("sync.import.limits"),
                    Words.of("sync.import.limits.remedy"));
        }
        Tenant tenant = targets.tenant(tenantName);
        ImportTarget now = targets.resolve(actor, tenant, profile, null);
        ProfileConfig config = now.config();
        configure(actor, tenantName, profile, new Draft(
                new ProfileConfig(config.scope(), config.filters(), config.mapping(), limits), now.defaultRole(),
                now.rules().stream().map(rule -> new Draft.RuleDraft(rule.group(), rule.nested(), rule.role()))
                        .toList()));
    }

    /// As [#configure], also for a new import, which its first run then uses.
    ///
    /// @throws RollcallException as [#configure]
    public void bringIn(Actor actor, String tenantName, String profile, Draft draft) {
        actor.require(Permission.IMPORT);
        Tenant tenant = targets.tenant(tenantName);
        try (var _ = locks.hold(tenant)) {
            ImportTarget target = targets.resolve(actor, tenant, profile, draft);
            stores.database().transaction(() -> applying.configure(actor, target));
        } catch (RollcallException e) {
            throw audit.failed(actor, "import.configure", "TENANT", String.valueOf(tenant.id()), tenant.name(), e);
        }
    }

    /// @return null: the names of the request still mean the same objects
    private @Nullable Draft again(ImportRequest request, Mirror mirror) {
        Draft again = request.names() == null ? null : request.names().again(new DraftNames.Bearers() {
            @Override
            public boolean group(UUID id, String name) {
                return stores.mirrors().groupsCalled(mirror.id(), name).equals(Set.of(id));
            }

            @Override
            public boolean person(UUID id, String name) {
                return stores.mirrors().personIsCalled(mirror.id(), id, name);
            }
        });
        return again == null || again.equals(request.draft()) ? null : again;
    }

    /// Reads, plans and applies. A run that fails, is stopped by a guard or cancelled is reported in the result, not thrown; it
    /// has changed nothing but the mirror.
    ///
    /// @throws RollcallException INPUT, NOT_ALLOWED, CONFLICT: no run was started
    public RunReport run(Actor actor, ImportRequest request, JobContext context) {
        actor.require(Permission.IMPORT);
        Tenant tenant = targets.tenant(request.tenant());
        try (var _ = locks.hold(tenant)) {
            ImportTarget target = targets.resolve(actor, tenant, request.profile(), request.draft());
            var run = start(actor, target, RunKind.IMPORT, request, null);
            try {
                Mirror mirror = planning.read(run, target, request.everything(), context);
                Draft again = again(request, mirror);
                if (again != null) {
                    target = targets.resolve(actor, tenant, request.profile(), again);
                    mirror = planning.read(run, target, false, context);
                }
                if (!planAndApply(actor, run, target, mirror, request, context)) {
                    stop(run, target, failure(guard(run.run())));
                }
            } catch (CancellationException e) {
                ends.end(run, RunState.CANCELLED, null);
            } catch (RollcallException e) {
                LOG.info("Run {} ended: {} ({})", run.id(), e.code(), e.kind());
                if (e.kind() == ErrorKind.GUARD) {
                    stop(run, target, Run.Failure.of(e));
                } else {
                    ends.end(run, RunState.FAILED, Run.Failure.of(e));
                }
            } catch (RuntimeException e) {
                LOG.error("Run {} failed", run.id(), e);
                ends.end(run, RunState.FAILED,
                        new Run.Failure(ErrorKind.BUG, "run.bug",
                                Words.of("sync.importService.theImportFailedUnexpectedly").english(),
                                Words.of("sync.importService.lookAtTheLogFor").english(),
                                Map.of("type", e.getClass().getSimpleName())));
            }
            return new RunReport(run.run());
        }
    }

    /// @return false: a guard stops it
    private boolean planAndApply(Actor actor, ImportRun run, ImportTarget target, Mirror mirror, ImportRequest request,
            JobContext context) {
        for (int plans = 1;; plans++) {
            ImportTarget present = plans == 1
                    ? target
                    : targets.resolve(actor, target.tenant(), target.profileName(), target.draft());
            planning.plan(run, present, mirror, request.limits(), context);
            if (run.run().guardStopped()) {
                return false;
            }
            try {
                // Others may write meanwhile. If their changes made the plan out of date every time, they wait during the last
                // attempt.
                applying.apply(actor, run, present, context, plans < PLANS ? Others.WRITE_TOO : Others.WAIT, () -> {},
                        () -> {});
                return true;
            } catch (RollcallException e) {
                // A person or role was edited meanwhile. The read is still valid, only the plan is out of date.
                if (!applying.isOutdated(e, run) || plans == PLANS) {
                    throw e;
                }
            }
        }
    }

    /// Checks in advance what [#run] would refuse, as far as possible without looking up names of groups in the directory.
    ///
    /// @param ruleRoles names of the roles that the rules give, in order
    /// @throws RollcallException INPUT: unknown role; NOT_ALLOWED
    public void requireRoles(Actor actor, Tenant tenant, String profile, List<String> ruleRoles, String defaultRole) {
        actor.require(Permission.IMPORT);
        targets.powers().requireRoles(actor, tenant, profile, ruleRoles, defaultRole);
    }

    /// Applies a preview exactly as it was shown, except for edits made since; all or nothing.
    ///
    /// @throws RollcallException     CONFLICT: the preview was deleted, applied or is out of date; GUARD: a guard stops it;
    ///                               NOT_ALLOWED: roles set by hand that the actor may not give. The preview then stays as it
    ///                               is
    /// @throws CancellationException if cancelled; nothing was changed
    public RunReport applyPreview(Actor actor, long previewRunId, PreviewEdits edits, JobContext context) {
        actor.require(Permission.IMPORT);
        Run preview = stores.runs().byId(previewRunId)
                .filter(each -> each.kind() == RunKind.PREVIEW && each.state() == RunState.PLANNED)
                .orElseThrow(() -> new RollcallException(ErrorKind.CONFLICT, "preview.gone",
                        Words.of("sync.preview.gone"), Words.of("sync.preview.gone.remedy")));
        Tenant tenant = targets.tenant(preview.tenantName());
        PreviewBasis basis = PreviewBasis.fromJson(stores.runs().draft(previewRunId).orElse("{}"));
        RunLimits limits = edits.limits().or(basis.limits());
        try (var _ = locks.hold(tenant)) {
            ImportTarget target = targets.resolve(actor, tenant, preview.profileName(), basis.draft());
            var run = new ImportRun(preview);
            run.becomesImport(actor.name(), clock.instant());
            applying.apply(actor, run, target, context, Others.WRITE_TOO,
                    () -> setAside(run, target, edits.leftOut(), limits),
                    () -> giveRoles(actor, tenant, run, edits));
            return new RunReport(run.run());
        }
    }

    /// Within the transaction of the import, so that what the preview showed is true from the start. They belong to the run:
    /// its change set includes them, and undoing it reverts them.
    private void giveRoles(Actor actor, Tenant tenant, ImportRun run, PreviewEdits edits) {
        var comingIn = new HashSet<>(edits.roles().keySet());
        comingIn.removeAll(edits.leftOut());
        var byRole = new TreeMap<String, List<Long>>();
        // People with conflicts are not imported, so they are not found and get no role.
        people.idsOf(tenant.id(), comingIn).forEach((objectId, id) -> byRole
                .computeIfAbsent(Objects.requireNonNull(edits.roles().get(objectId)), _ -> new ArrayList<>()).add(id));
        var told = new ArrayList<Change>();
        byRole.forEach((role, ids) -> {
            RoleEdit edit = assignments.setRole(actor, ids, role);
            stores.assignments().countToRun(edit.versions().keySet(), run.id());
            told.addAll(chosen(run, tenant, edit, role));
        });
        if (!told.isEmpty()) {
            stores.changes().append(run.id(), stores.changes().next(run.id()), told);
            run.planned(stores.changes().counts(run.id()), run.run().guards(),
                    Objects.requireNonNull(run.run().admins()), Objects.requireNonNull(run.run().baseRevision()));
        }
    }

    /// The roles of people who existed before; other changes of roles are in the change set already.
    private List<Change> chosen(ImportRun run, Tenant tenant, RoleEdit edit, String role) {
        Map<Long, String> names = targets.powers().roleNames();
        List<Assignment> before = edit.before().stream()
                .filter(each -> !Objects.equals(each.runId(), run.id())).toList();
        return people.objectsOf(tenant.id(), before.stream().map(Assignment::userId).toList()).entrySet().stream()
                .<Change>map(each -> {
                    Assignment old = before.stream().filter(one -> one.userId() == each.getKey()).findFirst()
                            .orElseThrow();
                    Map<String, @Nullable Object> was = new LinkedHashMap<>();
                    was.put(PersonFields.ROLE, names.get(old.roleId()));
                    was.put(PersonFields.ROLE_SOURCE, old.source().name());
                    if (old.ruleId() != null) {
                        was.put(PersonFields.RULE_ID, old.ruleId());
                    }
                    return new Change.PersonChange(ChangeKind.ROLE_CHANGE, each.getValue().objectId(),
                            each.getValue().name(), was, Map.of(PersonFields.ROLE, role, PersonFields.ROLE_SOURCE,
                                    RoleSource.MANUAL.name()),
                            Change.Reason.of(ReasonCode.CHOSEN_BY_HAND));
                }).toList();
    }

    private void setAside(ImportRun run, ImportTarget target, Set<UUID> leftOut, RunLimits limits) {
        stores.changes().leaveOut(run.id(), leftOut);
        var counts = stores.changes().counts(run.id());
        long active = target.profile().map(each -> stores.directory().countActive(each.id())).orElse(0L);
        ProfileConfig.Policies policies = target.config().policies();
        var guards = run.run().guards().stream().map(each -> switch (each.name()) {
            case Guards.REMOVALS -> Guards.removals(policies, limits.removals(), active, counts);
            case Guards.LOST_ROLES -> Guards.lostRoles(policies, limits.lostRoles(), active, rolesLost(run.id()));
            case Guards.ADMINISTRATORS_GIVEN ->
                Guards.administratorsGiven(
                        limits.administrators() == null ? policies.maxAdministrators() : limits.administrators(),
                        administratorsGiven(run.id()));
            default -> each;
        }).toList();
        guards.stream().filter(Guard::stopped).findFirst().ifPresent(each -> {
            throw stopped(each);
        });
        run.planned(counts, guards, run.run().admins() == null ? new Run.Admins(0, 0) : run.run().admins(),
                run.run().baseRevision() == null ? 0 : run.run().baseRevision());
    }

    /// The number of people whom a change set makes administrators by rule or default role.
    private long administratorsGiven(long runId) {
        var given = new HashSet<UUID>();
        stores.changes().all(runId, new ChangeFilter(
                EnumSet.of(ChangeKind.CREATE, ChangeKind.ROLE_GRANT, ChangeKind.ROLE_CHANGE), ""))
                .forEachRemaining(row -> {
                    if (row.change() instanceof Change.PersonChange person
                            && Role.ADMINISTRATOR.equals(person.after().get(PersonFields.ROLE))
                            && !Role.ADMINISTRATOR.equals(person.before().get(PersonFields.ROLE))) {
                        given.add(person.objectId());
                    }
                });
        return given.size();
    }

    /// The number of people who lose their role by a change set, or get a lower one.
    private long rolesLost(long runId) {
        RoleLosses.Count losses = RoleLosses.among(stores.roles().list()).count();
        stores.changes().all(runId, new ChangeFilter(EnumSet.of(ChangeKind.REACTIVATE, ChangeKind.ROLE_CHANGE), ""))
                .forEachRemaining(row -> losses.see(row.change()));
        return losses.lost();
    }

    private ImportRun start(Actor actor, ImportTarget target, RunKind kind, ImportRequest request,
            @Nullable String basis) {
        return new ImportRun(stores.runs().start(target.tenant(), target.profile().map(each -> each.id()).orElse(null),
                target.profileName(), kind, request.trigger(), actor.name(), clock.instant(), basis));
    }

    /// If a guard stops the run, the input of its plan is stored with its change set, which may be applied later.
    private void stop(ImportRun run, ImportTarget target, Run.Failure failure) {
        ends.end(run, RunState.STOPPED, failure);
        StoppedBasis basis = StoppedBasis.of(run, target);
        if (basis != null) {
            stores.runs().keep(run.id(), basis.toJson());
        }
    }

    private static Guard guard(Run run) {
        return run.guards().stream().filter(Guard::stopped).findFirst().orElseThrow();
    }

    private static Run.Failure failure(Guard guard) {
        return Run.Failure.of(stopped(guard));
    }

    static RollcallException stopped(Guard guard) {
        Words remedy = switch (guard.name()) {
            case Guards.REMOVALS -> Words.of("sync.importService.stopped.remedy.removals");
            case Guards.LOST_ROLES -> Words.of("sync.importService.stopped.remedy.lostRoles");
            case Guards.ADMINISTRATORS_GIVEN ->
                Words.of("sync.importService.stopped.remedy.administratorsGiven");
            case Guards.ADMINISTRATORS -> Words.of("sync.importService.stopped.remedy.administrators");
            default -> Words.of("sync.importService.stopped.remedy.default");
        };
        Words message = Words.of("sync.importService.stopped",
                Character.toLowerCase(guard.message().charAt(0)) + guard.message().substring(1));
        var stop = new RollcallException(ErrorKind.GUARD, "guard." + guard.name(), message, remedy);
        return switch (guard.name()) {
            case Guards.REMOVALS -> stop.onCommandLine(Words.of("sync.importService.stopped.remedy.cli"));
            case Guards.LOST_ROLES -> stop.onCommandLine(Words.of("sync.importService.stopped.lostRoles.remedy.cli"));
            default -> stop;
        };
    }
}
