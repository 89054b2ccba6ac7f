package org.rollcall.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.store.Database;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.sync.ImportSchedules;
import org.rollcall.task.JobContext;

/// Makes, lists, pauses and runs schedules. Works without [ImportScheduler] too: then schedules are kept, and the next
/// program that runs one catches up.
public final class ScheduleService implements ImportSchedules {
    private final Database database;
    private final ScheduleStore schedules;
    private final ProfileStore profiles;
    private final TenantStore tenants;
    private final Function<Long, Optional<Run>> runs;
    private final ScheduledImport imports;
    private final ScheduleQueue queue;
    private final AuditService audit;
    private final Clock clock;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    /// @param runs finds the last run of an import by the import's id, whoever started it
    public ScheduleService(Database database, Stores stores, Function<Long, Optional<Run>> runs,
            ScheduledImport imports, ScheduleQueue queue, AuditService audit, Clock clock) {
        this.database = database;
        this.schedules = stores.schedules();
        this.profiles = stores.profiles();
        this.tenants = stores.tenants();
        this.runs = runs;
        this.imports = imports;
        this.queue = queue;
        this.audit = audit;
        this.clock = clock;
    }

    /// The tables that schedules are read from and written to.
    public record Stores(ScheduleStore schedules, ProfileStore profiles, TenantStore tenants) {}

    /// All schedules with their state, by name.
    public List<ScheduleView> list(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return schedules.list().stream().map(this::view).toList();
    }

    /// By id or by name, letter case apart.
    ///
    /// @throws RollcallException INPUT: there is none, or several have the name
    public ScheduleView find(Actor actor, String idOrName) {
        List<ScheduleView> found = list(actor).stream()
                .filter(view -> idOrName.equals(String.valueOf(view.schedule().id()))
                        || idOrName.equalsIgnoreCase(view.schedule().name()))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw RollcallException.input("schedule.ambiguous",
                    "several schedules are called \"" + idOrName + "\": " + String.join(", ", found.stream()
                            .map(view -> view.schedule().id() + " (" + view.schedule().name() + ")").toList()),
                    "choose one from the list of schedules").onCommandLine("name the one you mean by its id");
        }
        throw RollcallException.input("schedule.unknown", "there is no schedule \"" + idOrName + "\"",
                "choose one from the list of schedules")
                .onCommandLine("name one of `rollcall schedules list`, by its id");
    }

    /// Makes the schedule of a profile, or changes its interval; the next run is one interval from now.
    ///
    /// @throws RollcallException INPUT: the interval is too short or too long
    public Schedule set(Actor actor, long profileId, Duration every) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Intervals.check(every);
        Profile profile = profile(profileId);
        Instant next = clock.instant().plus(every);
        return database.transaction(() -> {
            Optional<Schedule> known = schedules.ofProfile(profileId);
            if (known.isPresent()) {
                long id = known.get().id();
                if (!known.get().every().equals(every)) {
                    schedules.setInterval(id, every);
                    if (known.get().state() == Schedule.State.ACTIVE) {
                        schedules.setState(id, Schedule.State.ACTIVE, null, next);
                        queue.plan(id, next);
                    }
                    record(actor, "schedule.change", id, known.get().name(), Map.of("every", Intervals.format(every)));
                }
                return schedules.byId(id).orElseThrow();
            }
            Tenant tenant = tenants.byId(profile.tenantId()).orElseThrow();
            String name = profile.name().equals(Profile.DEFAULT_NAME)
                    ? tenant.name()
                    : tenant.name() + " " + profile.name();
            Schedule made = schedules.insert(profileId, name, every, next, actor.name(), clock.instant());
            queue.plan(made.id(), next);
            record(actor, "schedule.add", made.id(), name, Map.of("every", Intervals.format(every)));
            return made;
        });
    }

    /// Runs a schedule's import now, in the caller's thread; when it is due next does not change.
    public Run runNow(Actor actor, long id, JobContext context) {
        actor.require(Permission.IMPORT);
        return execute(actor, schedule(id), Trigger.MANUAL, false, context);
    }

    /// The same, reading everything again instead of what has changed.
    public Run runEverything(Actor actor, long id, JobContext context) {
        actor.require(Permission.IMPORT);
        return execute(actor, schedule(id), Trigger.MANUAL, true, context);
    }

    public void pause(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            schedules.setState(id, Schedule.State.PAUSED, null, null);
            queue.forget(id);
            record(actor, "schedule.pause", id, schedule.name(), Map.of());
        });
    }

    @Override
    public void undone(Actor actor, long profileId, String reason) {
        actor.require(Permission.IMPORT);
        schedules.ofProfile(profileId).ifPresent(schedule -> {
            schedules.setState(schedule.id(), Schedule.State.PAUSED, reason, null);
            planAfterwards(schedule.id());
            record(actor, "schedule.pause", schedule.id(), schedule.name(), Map.of("because", reason));
        });
    }

    @Override
    public void release(Actor actor, long profileId) {
        actor.require(Permission.IMPORT);
        schedules.ofProfile(profileId).filter(each -> each.state() == Schedule.State.QUARANTINED)
                .ifPresent(schedule -> {
                    Instant next = clock.instant().plus(schedule.every());
                    schedules.setState(schedule.id(), Schedule.State.ACTIVE, null, next);
                    planAfterwards(schedule.id());
                    record(actor, "schedule.resume", schedule.id(), schedule.name(), Map.of());
                });
    }

    /// The queue is written on a connection of its own: it must not hear of what may be taken back.
    private void planAfterwards(long id) {
        database.afterwards(() -> schedules.byId(id).ifPresent(now -> {
            Instant next = now.nextRunAt();
            if (now.state() == Schedule.State.ACTIVE && next != null) {
                queue.plan(id, next);
            } else {
                queue.forget(id);
            }
        }));
    }

    /// Goes on one interval from now.
    public void resume(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        Instant next = clock.instant().plus(schedule.every());
        database.transaction(() -> {
            schedules.setState(id, Schedule.State.ACTIVE, null, next);
            queue.plan(id, next);
            record(actor, "schedule.resume", id, schedule.name(), Map.of());
        });
    }

    /// Removes the schedule; profile, people and runs stay.
    public void remove(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            queue.forget(id);
            schedules.delete(id);
            record(actor, "schedule.remove", id, schedule.name(), Map.of());
        });
    }

    /// The next run of all schedules, if any is planned.
    public Optional<ScheduleView> next() {
        return schedules.list().stream().filter(schedule -> schedule.nextRunAt() != null)
                .min(java.util.Comparator.comparing(schedule -> Objects.requireNonNull(schedule.nextRunAt())))
                .map(this::view);
    }

    /// One planned run of a schedule, called by the scheduler's thread.
    ///
    /// @param planned when it was due
    /// @return when the next one is due; empty if the schedule is gone or paused
    Optional<Instant> runPlanned(long id, Instant planned, JobContext context) {
        Optional<Schedule> known = schedules.byId(id);
        if (known.isEmpty() || known.get().state() != Schedule.State.ACTIVE) {
            return Optional.empty();
        }
        Schedule schedule = known.get();
        Instant started = clock.instant();
        boolean late = Duration.between(planned, started).compareTo(schedule.every()) >= 0;
        var actor = new Actor(null, "Schedule " + schedule.name(), "service", Set.of(Permission.IMPORT));
        execute(actor, schedule, late ? Trigger.CATCH_UP : Trigger.SCHEDULE, false, context);
        Optional<Schedule> now = schedules.byId(id).filter(each -> each.state() == Schedule.State.ACTIVE);
        Optional<Instant> next = now.map(each -> started.plus(each.every()));
        now.ifPresent(each -> schedules.setState(id, each.state(), each.stateReason(), next.orElse(null)));
        return next;
    }

    private Run execute(Actor actor, Schedule schedule, Trigger trigger, boolean everything, JobContext context) {
        Profile profile = profile(schedule.profileId());
        Tenant tenant = tenants.byId(profile.tenantId()).orElseThrow();
        running.add(schedule.id());
        try {
            Run run = everything
                    ? imports.runEverything(actor, tenant.name(), profile.name(), trigger, context)
                    : imports.run(actor, tenant.name(), profile.name(), trigger, context);
            int failures = run.state() == RunState.SUCCEEDED ? 0 : schedule.failures() + 1;
            schedules.byId(schedule.id())
                    .ifPresent(each -> schedules.ran(each.id(), run.id(), failures, each.nextRunAt()));
            return run;
        } finally {
            running.remove(schedule.id());
        }
    }

    private ScheduleView view(Schedule schedule) {
        Profile profile = profile(schedule.profileId());
        return new ScheduleView(schedule, tenants.byId(profile.tenantId()).orElseThrow(), profile,
                runs.apply(profile.id()), running.contains(schedule.id()));
    }

    private Schedule schedule(long id) {
        return schedules.byId(id).orElseThrow(() -> RollcallException.input("schedule.unknown",
                "the schedule no longer exists", "reload the list of schedules"));
    }

    private Profile profile(long id) {
        return profiles.byId(id).orElseThrow(() -> RollcallException.input("profile.unknown",
                "the import no longer exists", "reload the list of imports"));
    }

    private void record(Actor actor, String action, long id, String name, Map<String, Object> detail) {
        audit.record(actor, action, "SCHEDULE", String.valueOf(id), name, detail, null);
    }
}
