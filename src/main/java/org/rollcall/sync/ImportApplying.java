package org.rollcall.sync;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.roles.RuleService;
import org.rollcall.runs.OutdatedPlan;
import org.rollcall.store.Stores;
import org.rollcall.sync.apply.Applier;
import org.rollcall.sync.apply.ApplyStage;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// The third verb: applies the change set, the import's configuration, the audit event and the end of the run in one
/// transaction, under the administrator guard.
final class ImportApplying {
    /// Errors of concurrent changes: a name that is taken, a role that was deleted, a locked row.
    private static final Set<String> DISTURBED = Set.of("apply.name-taken", "apply.role-gone", "storage.busy");

    private final Stores stores;
    private final ImportTargets targets;
    private final SettledPlans settled;
    private final AdministratorGuard administrators;
    private final AuditService audit;
    private final Applier applier;
    private final Clock clock;

    ImportApplying(Stores stores, ImportTargets targets, SettledPlans settled, AdministratorGuard administrators,
            AuditService audit, Clock clock) {
        this.stores = stores;
        this.targets = targets;
        this.settled = settled;
        this.administrators = administrators;
        this.audit = audit;
        this.applier = new Applier(stores.database(), stores.changes(), stores.roles(), clock);
        this.clock = clock;
    }

    /// How concurrent changes are treated while a change set is applied.
    enum Others {
        /// They are allowed, and make the plan out of date.
        WRITE_TOO,
        /// They wait.
        WAIT
    }

    /// Whether the failure is due to changes of the directory after the plan was made: the plan is out of date, or applying it
    /// collided with them.
    boolean isOutdated(RollcallException e, ImportRun run) {
        return OutdatedPlan.is(e) || DISTURBED.contains(e.code())
                && !Objects.equals(run.run().baseRevision(), stores.settings().directoryRevision());
    }

    /// @param beforeApplying runs first in the transaction
    /// @param afterApplying  runs in the transaction once the changes are made
    /// @throws RollcallException CONFLICT `plan.outdated`, GUARD, STORAGE: nothing was changed
    void apply(Actor actor, ImportRun run, ImportTarget target, JobContext context, Others others,
            Runnable beforeApplying, Runnable afterApplying) {
        context.message(Words.of("sync.importApplying.applyingTheChanges").english());
        context.stage(ApplyStage.COMPARE, 0);
        Supplier<Boolean> change = () -> change(actor, run, target, context, beforeApplying, afterApplying);
        if (others == Others.WRITE_TOO) {
            administrators.requireOneAfterBesideOthers(change);
        } else {
            administrators.requireOneAfter(change);
        }
    }

    private boolean change(Actor actor, ImportRun run, ImportTarget target, JobContext context,
            Runnable beforeApplying, Runnable afterApplying) {
        requireUnchanged(run);
        context.stage(ApplyStage.GUARDS, 0);
        beforeApplying.run();
        ImportTargets.Stored stored = targets.store(target);
        long changes = run.run().counts().entrySet().stream()
                .filter(each -> each.getKey().changesDirectory()).mapToLong(Map.Entry::getValue).sum();
        context.stage(ApplyStage.PEOPLE, 0);
        boolean touched = applier.apply(target.tenant().id(), run.id(), stored.profileId(), stored.rules(),
                actor.name(),
                (stage, inStage, inAll) -> {
                    context.checkCancelled();
                    context.progress(Math.min(inAll, changes), changes);
                    context.stage(stage, inStage);
                });
        context.stage(ApplyStage.RECORD, 0);
        // Changes that others committed until now count; from here on they wait.
        stores.database().alone();
        requireUnchanged(run);
        stores.mirrors().find(target.tenant().id(), target.readScope().key())
                .ifPresent(mirror -> stores.profiles().setMirror(stored.profileId(), mirror.id()));
        recordRoles(actor, run, target, stored);
        afterApplying.run();
        if (touched || stored.changed()) {
            long revision = stores.settings().raiseDirectoryRevision();
            if (touched) {
                stores.applied().note(run.id(), revision);
            }
        }
        var admins = new Run.Admins(run.run().admins() == null ? 0 : run.run().admins().before(),
                administrators.administrators());
        run.planned(run.run().counts(), run.run().guards(), admins,
                Objects.requireNonNull(run.run().baseRevision()));
        run.ended(RunState.SUCCEEDED, stored.profileId(), clock.instant(), null);
        audit.record(actor, "import.applied", "TENANT", String.valueOf(target.tenant().id()),
                target.tenant().name(), run.facts(), run.id());
        stores.runs().update(run.run());
        settled.keep(run, stored.profileId());
        settled.keepAppliedBase(run, targets.stored(target));
        return true;
    }

    private void requireUnchanged(ImportRun run) {
        if (!Objects.equals(run.run().baseRevision(), stores.settings().directoryRevision())) {
            throw OutdatedPlan.refusal();
        }
    }

    /// Stores another configuration of an import, which its next run uses.
    void configure(Actor actor, ImportTarget target) {
        ImportTargets.Stored stored = targets.store(target);
        recordRoles(actor, null, target, stored);
        if (stored.changed()) {
            stores.settings().raiseDirectoryRevision();
            audit.record(actor, "import.configure", "PROFILE", String.valueOf(stored.profileId()),
                    target.profileName(), Map.of(), null);
        }
    }

    /// What changes about who gets which role.
    ///
    /// @param run null: only the configuration was changed
    private void recordRoles(Actor actor, @Nullable ImportRun run, ImportTarget target, ImportTargets.Stored stored) {
        Map<Long, String> names = targets.powers().roleNames();
        String id = String.valueOf(stored.profileId());
        Long runId = run == null ? null : run.id();
        if (!ImportPowers.sameRules(stored.rulesBefore(), stored.rules())) {
            audit.record(actor, "rules.save", "PROFILE", id, target.profileName(),
                    Map.of("before", RuleService.words(stored.rulesBefore(), names), "after",
                            RuleService.words(stored.rules(), names)),
                    runId);
        }
        Long before = stored.defaultBefore();
        String after = names.getOrDefault(stored.defaultRole(), "");
        if (before == null ? !after.equals(Role.USER) : before != stored.defaultRole()) {
            Map<String, @Nullable Object> detail = new LinkedHashMap<>();
            detail.put("before", before == null ? null : names.getOrDefault(before, ""));
            detail.put("after", after);
            audit.record(actor, "rules.default-role", "PROFILE", id, target.profileName(), detail, runId);
        }
    }

}
