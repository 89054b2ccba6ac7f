package org.rollcall.sync;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Change;
import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.GroupStatus;
import org.rollcall.domain.Mirror;
import org.rollcall.domain.MirrorPerson;
import org.rollcall.domain.Role;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.StoredPerson;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.runs.TenantLocks;
import org.rollcall.source.CallControl;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.UserEntry;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.Stores;
import org.rollcall.sync.PersonReading.Answer;
import org.rollcall.sync.apply.Applier;
import org.rollcall.sync.plan.PeopleLimit;
import org.rollcall.sync.plan.PlanInput;
import org.rollcall.sync.plan.PlanSummary;
import org.rollcall.sync.plan.Planner;
import org.rollcall.sync.plan.RoleLosses;
import org.rollcall.sync.plan.RunLimits;
import org.rollcall.text.Words;

/// Refreshes one person between two imports: requests them and their direct groups from Entra, has the planner of an import
/// decide about them alone, and applies the result. The mirror stays as the last read left it, so the next import corrects
/// whatever an outdated replica answered.
final class PersonRefresh {
    private final Stores stores;
    private final ImportTargets targets;
    private final TenantReaders readers;
    private final TenantLocks locks;
    private final AdministratorGuard administrators;
    private final AuditService audit;
    private final MirrorRows rows;
    private final Applier applier;
    private final Clock clock;

    PersonRefresh(Stores stores, ImportTargets targets, TenantReaders readers, TenantLocks locks,
            AdministratorGuard administrators, AuditService audit, Clock clock) {
        this.stores = stores;
        this.targets = targets;
        this.readers = readers;
        this.locks = locks;
        this.administrators = administrators;
        this.audit = audit;
        this.rows = new MirrorRows(stores.database());
        this.applier = new Applier(stores.database(), stores.changes(), stores.roles(), clock);
        this.clock = clock;
    }

    /// @param origin where the person signs in
    /// @return their present state in Entra; empty: unknown
    /// @throws RollcallException all errors of the directory; CONFLICT: an import is running; GUARD. Nothing was changed
    Optional<UserStatus> refresh(UserRow person, String origin, CallControl control) {
        UUID id = person.objectId();
        Tenant tenant = person.tenantId() == null ? null : stores.tenants().connected(person.tenantId()).orElse(null);
        if (id == null || tenant == null || locks.isBusy(tenant.id())) {
            return Optional.empty();
        }
        long revision = stores.settings().directoryRevision();
        var actor = new Actor(person.id(), person.username(), origin, Set.of());
        List<Known> known = stores.profiles().ofTenant(tenant.id()).stream()
                .map(profile -> targets.resolve(actor, tenant, profile.name(), null))
                .flatMap(target -> known(target, id).stream()).toList();
        Answer answer;
        try (DirectoryReader reader = readers.open(tenant)) {
            answer = new PersonReading(reader, id, control).answer(groups -> known.stream()
                    .flatMap(each -> each.unexplained(groups).stream()).collect(Collectors.toSet()));
            readers.finished(tenant, reader);
        }
        if (answer.entry() != null && answer.entry().onlyId()) {
            return Optional.empty();
        }
        try (var _ = locks.hold(tenant)) {
            for (Known each : known) {
                control.checkCancelled();
                revision = refresh(actor, person, each, answer, revision, control);
            }
        }
        return Optional.of(answer.status());
    }

    /// An import that has the person in scope, and what its last read found about them.
    ///
    /// @param mirror  id
    /// @param groups  of the mirror
    /// @param direct  groups that had the person as a direct member
    /// @param parents the groups that directly contain each group
    private record Known(ImportTarget target, long mirror, Set<UUID> groups, Set<UUID> direct,
            Map<UUID, Set<UUID>> parents) {
        /// The present groups of the person that neither their earlier direct groups nor nesting explain.
        Set<UUID> unexplained(Set<UUID> now) {
            var open = new HashSet<>(groups);
            open.retainAll(now);
            var todo = new ArrayDeque<>(stillDirect(now));
            while (!todo.isEmpty()) {
                UUID group = todo.poll();
                if (open.remove(group)) {
                    todo.addAll(parents.getOrDefault(group, Set.of()));
                }
            }
            return open;
        }

        private Set<UUID> stillDirect(Set<UUID> now) {
            var still = new HashSet<>(direct);
            still.retainAll(now);
            return still;
        }

        /// The direct groups of the person, as far as known: a group that had them directly, and contains them through another
        /// group too, stays until the next import.
        Set<UUID> directNow(Answer answer) {
            Set<UUID> all = stillDirect(answer.groups());
            answer.direct().stream().filter(groups::contains).forEach(all::add);
            return all;
        }
    }

    private Optional<Known> known(ImportTarget target, UUID id) {
        return stores.mirrors().find(target.tenant().id(), target.readScope().key()).filter(Mirror::complete)
                .map(mirror -> {
                    var parents = new HashMap<UUID, Set<UUID>>();
                    stores.mirrors().nesting(mirror.id()).forEach(each -> parents
                            .computeIfAbsent(each.member(), _ -> new HashSet<>()).add(each.group()));
                    return new Known(target, mirror.id(), Set.copyOf(rows.groupIds(mirror.id())),
                            rows.groupsWith(mirror.id(), id), parents);
                });
    }

    /// @return the revision of the directory afterwards
    private long refresh(Actor actor, UserRow person, Known known, Answer answer, long revision, CallControl control) {
        UUID id = Objects.requireNonNull(person.objectId());
        ImportTarget target = known.target();
        StoredPerson stored = stores.directory().person(target.tenant().id(), target.profileId(), id).orElse(null);
        if (stored == null || !stored.inProfile() || isUndone(target) || isAsLastRead(known, id, answer)) {
            return revision;
        }
        var about = new ArrayList<Change>();
        PlanSummary summary = plan(known, stored, answer, about, control);
        var counts = new EnumMap<ChangeKind, Long>(ChangeKind.class);
        about.forEach(change -> counts.merge(change.kind(), 1L, Long::sum));
        if (counts.keySet().stream().noneMatch(ChangeKind::changesDirectory)
                || summary.guards().stream().anyMatch(each -> each.stopped())) {
            return revision;
        }
        apply(actor, person, target, answer, about, counts, summary, revision, control);
        return stores.settings().directoryRevision();
    }

    /// If the last operation of the import was undoing a run, a refresh would redo that run person by person. So people stay as
    /// they are until the next import, but whoever is disabled in Entra is refused all the same.
    private boolean isUndone(ImportTarget target) {
        boolean undone = false;
        var newest = stores.applied().newestOf(target.tenant().id(), target.profileId());
        while (newest.isPresent() && newest.get().undoOf() != null) {
            undone = !undone;
            newest = stores.applied().of(Objects.requireNonNull(newest.get().undoOf()));
        }
        return undone;
    }

    /// Most people are unchanged since the last import.
    private boolean isAsLastRead(Known known, UUID id, Answer answer) {
        UserEntry entry = answer.entry();
        return entry != null && stores.runs().isSettled(known.target().profileId())
                && entry.attributes().equals(rows.users(known.mirror(), List.of(id)).get(id))
                && known.direct().equals(known.directNow(answer));
    }

    private PlanSummary plan(Known known, StoredPerson stored, Answer answer, List<Change> about,
            CallControl control) {
        ImportTarget target = known.target();
        var all = new StoredSources(stores.mirrors(), stores.directory(), known.mirror(), target.tenant().id(),
                target.profileId());
        UserEntry entry = answer.entry();
        var sources = new OnePersonSources(all, target.config().mapping(),
                entry == null ? null : new MirrorPerson(stored.id(), stored.mfa(), entry.attributes()), stored,
                known.directNow(answer));
        int self = stored.status() == UserStatus.ACTIVE && Role.ADMINISTRATOR.equals(stored.role()) ? 1 : 0;
        var input = new PlanInput(target.profileId(), target.config(), target.rules(), target.defaultRole(), true,
                target.sameMapping(), new RunLimits(new PeopleLimit(1, false), null, new PeopleLimit(1, false)),
                RoleLosses.among(stores.roles().list()), target.kept(),
                new PlanInput.Administrators(administrators.administrators() - self,
                        Math.max(0, administrators.whoCanSignIn() - self), true),
                sources);
        var present = new HashSet<UUID>();
        all.groups().forEachRemaining(group -> {
            if (group.status() == GroupStatus.ACTIVE) {
                present.add(group.id());
            }
        });
        return new Planner(control::checkCancelled).plan(input, change -> {
            boolean its = switch (change) {
                case Change.PersonChange of -> of.objectId().equals(stored.id());
                // A new group is left to the next import, together with its members.
                case Change.MemberChange of -> of.memberId().equals(stored.id()) && present.contains(of.objectId());
                case Change.GroupChange _ -> false;
            };
            if (its) {
                about.add(change);
            }
        });
    }

    private void apply(Actor actor, UserRow person, ImportTarget target, Answer answer, List<Change> about,
            Map<ChangeKind, Long> counts, PlanSummary summary, long revision, CallControl control) {
        administrators.requireOneAfter(() -> {
            if (revision != stores.settings().directoryRevision()) {
                throw new RollcallException(ErrorKind.CONFLICT, "plan.outdated",
                        Words.of("sync.plan.outdated"), Words.of("sync.plan.outdated.remedy"));
            }
            var run = new ImportRun(stores.runs().start(target.tenant(), target.profileId(), target.profileName(),
                    RunKind.REFRESH, Trigger.MANUAL, actor.name(), clock.instant(), null));
            stores.changes().append(run.id(), 0, about);
            applier.apply(target.tenant().id(), run.id(), target.profileId(),
                    stores.rules().ofProfile(target.profileId()), actor.name(),
                    (_, _, _) -> control.checkCancelled());
            stores.applied().note(run.id(), stores.settings().raiseDirectoryRevision());
            run.read(true, List.of(), answer.requests());
            run.planned(counts, summary.guards(), summary.admins(), revision);
            run.ended(RunState.SUCCEEDED, target.profileId(), clock.instant(), null);
            stores.runs().update(run.run());
            audit.record(actor, "signin.refresh", "USER", String.valueOf(person.id()), person.shownName(),
                    run.facts(), run.id());
            return Boolean.TRUE;
        });
    }
}
