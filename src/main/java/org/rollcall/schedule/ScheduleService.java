package org.rollcall.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Guard;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Timing;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.runs.ImportSchedules;
import org.rollcall.store.Database;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.task.JobContext;
import org.rollcall.text.Words;

/// Creates, lists, pauses and runs schedules. Works without [ImportScheduler] too: schedules are stored, and the next process
/// that runs schedules catches up.
public final class ScheduleService implements ImportSchedules {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleService.class);

    private final Database database;
    private final ScheduleStore schedules;
    private final ProfileStore profiles;
    private final TenantStore tenants;
    private final Function<Long, Optional<Run>> runs;
    private final RunStore going;
    private final ScheduledImport imports;
    private final ScheduleQueue queue;
    private final AuditService audit;
    private final Clock clock;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final List<Consumer<ScheduleEvent>> listeners = new CopyOnWriteArrayList<>();

    /// @param runs finds the last run of an import by the import's id, whoever started it
    public ScheduleService(Database database, Stores stores, Function<Long, Optional<Run>> runs,
            ScheduledImport imports, ScheduleQueue queue, AuditService audit, Clock clock) {
        this.database = database;
        this.schedules = stores.schedules();
        this.profiles = stores.profiles();
        this.tenants = stores.tenants();
        this.runs = runs;
        this.going = new RunStore(database);
        this.imports = imports;
        this.queue = queue;
        this.audit = audit;
        this.clock = clock;
    }

    /// The process that runs the schedules of a data folder.
    public enum Runner {
        /// This program.
        HERE,
        /// A service.
        SERVICE,
        /// Another window.
        ELSEWHERE,
        NOBODY
    }

    /// The tables of schedules.
    public record Stores(ScheduleStore schedules, ProfileStore profiles, TenantStore tenants) {}

    /// The time zone of times of day: the machine's.
    public ZoneId zone() {
        ZoneId zone = clock.getZone();
        return zone.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : zone;
    }

    /// All schedules with their state, by name.
    public List<ScheduleView> list(Actor actor) {
        actor.require(Permission.VIEW_ACTIVITY);
        return schedules.list().stream().map(this::view).toList();
    }

    /// By id or name, ignoring case.
    ///
    /// @throws RollcallException INPUT: none or several match
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
                    Words.of("schedule.ambiguous", idOrName, String.join(", ", found.stream()
                            .map(view -> view.schedule().id() + " (" + view.schedule().name() + ")").toList())),
                    Words.of("schedule.ambiguous.remedy")).onCommandLine(Words.of("schedule.ambiguous.remedy.cli"));
        }
        throw RollcallException.input("schedule.unknown", Words.of("schedule.unknown", idOrName),
                Words.of("schedule.unknown.remedy"))
                .onCommandLine(Words.of("schedule.unknown.remedy.cli"));
    }

    /// Creates the schedule of an import, or changes its interval only.
    ///
    /// @throws RollcallException INPUT: the interval is too short or too long, or does not fit the time of day
    public Schedule set(Actor actor, long profileId, Duration every) {
        Timing timing = schedules.ofProfile(profileId).map(known -> known.timing().withEvery(every))
                .orElse(Timing.every(every));
        // An interval without a time of day is meant literally, whatever time of day it had.
        return set(actor, profileId,
                Timetable.comesRound(timing) ? timing : new Timing(every, null, timing.missed()));
    }

    /// Creates the schedule of an import, or changes when it runs: at its time of day, otherwise one interval from now.
    ///
    /// @throws RollcallException INPUT: the interval is too short or too long, or does not fit the time of day
    public Schedule set(Actor actor, long profileId, Timing timing) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Timetable.check(timing);
        Profile profile = profile(profileId);
        Instant next = new Timetable(timing, clock.getZone()).first(clock.instant());
        return database.transaction(() -> {
            Optional<Schedule> known = schedules.ofProfile(profileId);
            if (known.isPresent()) {
                long id = known.get().id();
                if (!known.get().timing().equals(timing)) {
                    schedules.setTiming(id, timing);
                    if (known.get().state() != Schedule.State.PAUSED) {
                        plan(id, next);
                    }
                    record(actor, "schedule.change", id, known.get().name(), detail(timing));
                }
                return schedules.byId(id).orElseThrow();
            }
            Tenant tenant = tenants.byId(profile.tenantId()).orElseThrow();
            String name = profile.name().equals(Profile.DEFAULT_NAME)
                    ? tenant.name()
                    : tenant.name() + " " + profile.name();
            Schedule made = schedules.insert(profileId, name, timing, next, actor.name(), clock.instant());
            planAfterwards(made.id());
            record(actor, "schedule.add", made.id(), name, detail(timing));
            return made;
        });
    }

    private static Map<String, @Nullable Object> detail(Timing timing) {
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("every", Intervals.format(timing.every()));
        if (timing.at() != null) {
            detail.put("at", timing.at().toString());
        }
        if (timing.missed() == Schedule.Missed.SKIP) {
            detail.put("missed", "skip");
        }
        return detail;
    }

    private void plan(long id, Instant next) {
        schedules.setNext(id, next);
        queue.plan(id, next);
    }

    /// Makes the next run a full read.
    public void readEverything(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            schedules.setReadEverything(id, true);
            record(actor, "schedule.change", id, schedule.name(), Map.of("full", true));
        });
    }

    /// Runs a schedule's import now, on the caller's thread. Its due time does not change, unless it was backing off.
    ///
    /// @throws RollcallException GUARD: it is quarantined, so nothing is applied
    public Run runNow(Actor actor, long id, JobContext context) {
        actor.require(Permission.IMPORT);
        return byHand(actor, schedule(id), false, context);
    }

    /// The same with a full read.
    public Run runEverything(Actor actor, long id, JobContext context) {
        actor.require(Permission.IMPORT);
        return byHand(actor, schedule(id), true, context);
    }

    private Run byHand(Actor actor, Schedule schedule, boolean everything, JobContext context) {
        if (schedule.state() == Schedule.State.QUARANTINED) {
            String run = schedule.stoppedRunId() == null ? "RUN" : String.valueOf(schedule.stoppedRunId());
            throw new RollcallException(ErrorKind.GUARD, "schedule.quarantined",
                    Words.of("schedule.quarantined", schedule.name(), Objects.requireNonNullElse(schedule.stateReason(),
                            Words.of("schedule.quarantined.guard").english())),
                    Words.of("schedule.quarantined.remedy"))
                    .onCommandLine(Words.of("schedule.quarantined.remedy.cli", run, run, run, schedule.id()));
        }
        Run run = execute(actor, schedule, Trigger.MANUAL, everything, context);
        database.transaction(() -> schedules.byId(schedule.id()).ifPresent(now -> {
            noteEnd(now, run);
            if (schedule.backsOff() && run.state() == RunState.SUCCEEDED && now.state() == Schedule.State.ACTIVE) {
                plan(now.id(), timetable(now).first(clock.instant()));
            }
        }));
        return run;
    }

    public void pause(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            pause(id, null);
            record(actor, "schedule.pause", id, schedule.name(), Map.of());
        });
    }

    private void pause(long id, @Nullable String reason) {
        schedules.setState(id, Schedule.State.PAUSED, reason, null);
        database.afterwards(() -> queue.forget(id));
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

    /// Resumes it, at its time of day or one interval from now. The next run plans stopped changes again.
    public void resume(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            goOn(schedule);
            record(actor, "schedule.resume", id, schedule.name(), Map.of());
        });
    }

    @Override
    public void release(Actor actor, long profileId) {
        actor.require(Permission.IMPORT);
        schedules.ofProfile(profileId).filter(each -> each.state() == Schedule.State.QUARANTINED)
                .ifPresent(schedule -> {
                    schedules.setState(schedule.id(), Schedule.State.ACTIVE, null,
                            timetable(schedule).first(clock.instant()));
                    planAfterwards(schedule.id());
                    record(actor, "schedule.resume", schedule.id(), schedule.name(), Map.of());
                });
    }

    /// The queue uses its own connection: it must not see changes that may be rolled back.
    private void planAfterwards(long id) {
        database.afterwards(() -> schedules.byId(id).ifPresent(now -> {
            Instant next = now.nextRunAt();
            if (now.state() == Schedule.State.PAUSED || next == null) {
                queue.forget(id);
            } else {
                queue.plan(id, next);
            }
        }));
    }

    private void goOn(Schedule schedule) {
        Instant next = timetable(schedule).first(clock.instant());
        schedules.setState(schedule.id(), Schedule.State.ACTIVE, null, next);
        planAfterwards(schedule.id());
    }

    /// Deletes the schedule; import, people and runs stay.
    public void remove(Actor actor, long id) {
        actor.require(Permission.MANAGE_SCHEDULES);
        Schedule schedule = schedule(id);
        database.transaction(() -> {
            database.afterwards(() -> queue.forget(id));
            schedules.delete(id);
            record(actor, "schedule.remove", id, schedule.name(), Map.of());
        });
    }

    /// The next run of all schedules, if any is planned.
    public Optional<ScheduleView> next() {
        return schedules.list().stream()
                .filter(schedule -> schedule.state() == Schedule.State.ACTIVE && schedule.nextRunAt() != null)
                .min(java.util.Comparator.comparing(schedule -> Objects.requireNonNull(schedule.nextRunAt())))
                .map(this::view);
    }

    /// What to plan after a schedule's turn.
    sealed interface Turn {
        /// @param at the next due time
        record Done(Instant at) implements Turn {}

        /// It failed; the next due time is stored with it.
        record Failed(String message) implements Turn {}

        /// There was no run; it is due then.
        record Postponed(Instant at) implements Turn {}

        /// Nothing: it was paused or deleted.
        record None() implements Turn {}
    }

    /// One planned turn of a schedule, called on the scheduler's thread.
    ///
    /// @param due the due time
    Turn runPlanned(long id, Instant due, JobContext context) {
        Schedule schedule = schedules.byId(id).orElse(null);
        if (schedule == null || schedule.state() == Schedule.State.PAUSED) {
            return new Turn.None();
        }
        Instant now = clock.instant();
        Timetable timetable = timetable(schedule);
        boolean missed = timetable.wasMissed(due, now);
        if (missed && schedule.timing().missed() == Schedule.Missed.SKIP) {
            return skip(schedule, timetable.afterMissed(planned(schedule, due), now));
        }
        try {
            return schedule.state() == Schedule.State.QUARANTINED
                    ? look(schedule, due, context)
                    : run(schedule, due, missed ? Trigger.CATCH_UP : Trigger.SCHEDULE, context);
        } catch (CancellationException e) {
            return new Turn.Postponed(due);
        } catch (RollcallException e) {
            if (e.kind() == ErrorKind.CONFLICT) {
                // Somebody started the import, or another import of the tenant is running.
                Instant again = clock.instant().plus(Schedule.SHORTEST);
                schedules.setNext(id, again);
                return new Turn.Postponed(again);
            }
            return failed(schedule, due, null, e.message());
        } catch (RuntimeException e) {
            LOG.error("The schedule {} failed", schedule.name(), e);
            return failed(schedule, due, null,
                    Words.of("schedule.scheduleService.itFailedUnexpectedlyLookAt").english());
        }
    }

    /// The due time by the timetable; that in the queue may be later, after a retry.
    private static Instant planned(Schedule schedule, Instant due) {
        Instant stored = schedule.nextRunAt();
        return stored == null ? due : stored;
    }

    private Turn skip(Schedule schedule, Instant next) {
        schedules.setNext(schedule.id(), next);
        tell(ScheduleEvent.Kind.SKIPPED, schedule.id(), null,
                Words.of("schedule.scheduleService.missedAndLeftOut").english(), schedule.failures());
        return new Turn.Done(next);
    }

    private Turn run(Schedule schedule, Instant due, Trigger trigger, JobContext context) {
        Run run = execute(actor(schedule), schedule, trigger, schedule.readEverything(), context);
        if (run.state() == RunState.CANCELLED) {
            schedules.byId(schedule.id()).ifPresent(each -> schedules.ran(each.id(), run.id(), each.failures()));
            tell(ScheduleEvent.Kind.CANCELLED, schedule.id(), run,
                    Words.of("schedule.scheduleService.cancelledNothingWasChanged").english(),
                    schedule.failures());
            return new Turn.Postponed(due);
        }
        if (run.state() != RunState.SUCCEEDED && run.state() != RunState.STOPPED) {
            return failed(schedule, due, run,
                    run.error() == null
                            ? Words.of("schedule.scheduleService.theRunDidNotEnd").english()
                            : run.error().message());
        }
        return database.transaction(() -> {
            Schedule now = schedules.byId(schedule.id()).orElse(null);
            if (now == null) {
                return new Turn.None();
            }
            noteEnd(now, run);
            boolean stopped = run.state() == RunState.STOPPED;
            Turn turn = next(now, due);
            tell(stopped ? ScheduleEvent.Kind.QUARANTINED : ScheduleEvent.Kind.RUN, now.id(), run,
                    stopped ? stopped(run) : "", schedule.failures());
            return turn;
        });
    }

    /// Updates the schedule after a run.
    private void noteEnd(Schedule schedule, Run run) {
        boolean good = run.state() == RunState.SUCCEEDED || run.state() == RunState.STOPPED;
        boolean bad = run.state() == RunState.FAILED || run.state() == RunState.INTERRUPTED;
        int failures = good ? 0 : bad ? schedule.failures() + 1 : schedule.failures();
        schedules.ran(schedule.id(), run.id(), failures);
        if (run.state() == RunState.STOPPED && schedule.state() == Schedule.State.ACTIVE) {
            schedules.quarantine(schedule.id(), run.id(), stopped(run));
        } else if (good && schedule.state() == Schedule.State.ACTIVE) {
            schedules.setReason(schedule.id(), null);
        }
        if (run.state() == RunState.SUCCEEDED && schedule.readEverything()) {
            schedules.setReadEverything(schedule.id(), false);
        }
    }

    private static String stopped(Run run) {
        String message = run.error() == null
                ? Words.of("schedule.scheduleService.aGuardStoppedTheRun").english()
                : run.error().message();
        return Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }

    private Turn next(Schedule schedule, Instant due) {
        if (schedule.state() == Schedule.State.PAUSED) {
            return new Turn.None();
        }
        Schedule now = schedules.byId(schedule.id()).orElseThrow();
        Instant planned = planned(now, due);
        Instant moment = clock.instant();
        Instant next = timetable(now).after(planned, moment);
        // Somebody changed its times, or resumed it, while it ran.
        if (planned.isAfter(moment) && planned.isAfter(due)) {
            next = planned;
        }
        schedules.setNext(now.id(), next);
        return new Turn.Done(next);
    }

    /// A quarantined schedule keeps reading, so that the mirror stays up to date.
    private Turn look(Schedule schedule, Instant due, JobContext context) {
        Run found = reading(schedule, (tenant, profile) -> imports.look(actor(schedule), tenant, profile, context));
        return database.transaction(() -> {
            Schedule now = schedules.byId(schedule.id()).orElse(null);
            if (now == null) {
                return new Turn.None();
            }
            schedules.ran(now.id(), null, 0);
            if (now.state() == Schedule.State.QUARANTINED) {
                schedules.setReason(now.id(), found.guards().stream().filter(Guard::stopped).findFirst()
                        .map(Guard::message)
                        .orElse(Words.of("schedule.scheduleService.aGuardStoppedARun").english()));
            }
            Turn turn = next(now, due);
            tell(ScheduleEvent.Kind.READ, now.id(), null,
                    Words.of("schedule.scheduleService.readAndAppliedNothing").english(), schedule.failures());
            return turn;
        });
    }

    private Turn failed(Schedule schedule, Instant due, @Nullable Run run, String message) {
        return database.transaction(() -> {
            Schedule now = schedules.byId(schedule.id()).orElse(null);
            if (now == null) {
                return new Turn.None();
            }
            int failures = schedule.failures() + 1;
            schedules.ran(now.id(), run == null ? null : run.id(), failures);
            if (now.state() != Schedule.State.PAUSED) {
                Instant next = timetable(now).afterFailure(planned(now, due), clock.instant(), failures);
                schedules.setNext(now.id(), next);
                if (now.state() == Schedule.State.ACTIVE) {
                    schedules.setReason(now.id(), backingOff(now, failures, message));
                }
            }
            tell(ScheduleEvent.Kind.FAILED, now.id(), run, message, schedule.failures());
            return now.state() == Schedule.State.PAUSED ? new Turn.None() : new Turn.Failed(message);
        });
    }

    private String backingOff(Schedule schedule, int failures, String message) {
        Duration wait = timetable(schedule).backOff(failures);
        String times = failures == 1
                ? "Failed"
                : Words.of("schedule.scheduleService.failedTimesInARow", failures).english();
        return wait.equals(schedule.every())
                ? times + ": " + message
                : Words.of("schedule.scheduleService.soItWaits", times, Intervals.format(wait), message).english();
    }

    /// The stored due time.
    Instant dueNext(long id) {
        Instant fallback = clock.instant().plus(Schedule.SHORTEST);
        return schedules.byId(id).map(Schedule::nextRunAt).filter(at -> at.isAfter(clock.instant())).orElse(fallback);
    }

    /// Repairs the plan: after a crash between two steps, after a backup was restored, and after the clock was set back, when
    /// the planned time may be a year away.
    void mend() {
        Instant now = clock.instant();
        for (Schedule schedule : schedules.list()) {
            if (schedule.state() == Schedule.State.PAUSED || running.contains(schedule.id())) {
                continue;
            }
            Instant next = schedule.nextRunAt();
            if (next == null || timetable(schedule).isTooFar(next, now, schedule.failures())) {
                plan(schedule.id(), timetable(schedule).first(now));
            } else {
                queue.plan(schedule.id(), next);
            }
        }
    }

    /// Makes runs of a killed process due. Called by the only process that runs schedules.
    void revive() {
        schedules.releasePicked(clock.instant());
    }

    /// Is notified of the result of each turn, on the thread that ran it.
    public void onEvent(Consumer<ScheduleEvent> listener) {
        listeners.add(listener);
    }

    private void tell(ScheduleEvent.Kind kind, long id, @Nullable Run run, String message, int failuresBefore) {
        database.afterwards(() -> schedules.byId(id).ifPresent(schedule -> {
            var event = new ScheduleEvent(clock.instant(), kind, schedule, run, message, failuresBefore);
            listeners.forEach(each -> tell(each, event));
        }));
    }

    private static void tell(Consumer<ScheduleEvent> listener, ScheduleEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            // The run has ended, even if the notification fails.
            LOG.warn("Somebody could not be told how {} ended", event.schedule().name(), e);
        }
    }

    private static Actor actor(Schedule schedule) {
        return new Actor(null, Words.of("schedule.scheduleService.schedule", schedule.name()).english(), "service",
                Set.of(Permission.IMPORT));
    }

    private Timetable timetable(Schedule schedule) {
        return Timetable.of(schedule, clock.getZone());
    }

    private Run execute(Actor actor, Schedule schedule, Trigger trigger, boolean everything, JobContext context) {
        return reading(schedule, (tenant, profile) -> everything
                ? imports.runEverything(actor, tenant, profile, trigger, context)
                : imports.run(actor, tenant, profile, trigger, context));
    }

    private Run reading(Schedule schedule, BiFunction<String, String, Run> work) {
        Profile profile = profile(schedule.profileId());
        Tenant tenant = tenants.byId(profile.tenantId()).orElseThrow();
        running.add(schedule.id());
        try {
            return work.apply(tenant.name(), profile.name());
        } finally {
            running.remove(schedule.id());
        }
    }

    private ScheduleView view(Schedule schedule) {
        Profile profile = profile(schedule.profileId());
        return new ScheduleView(schedule, tenants.byId(profile.tenantId()).orElseThrow(), profile,
                runs.apply(profile.id()), running.contains(schedule.id()) || going.isRunning(profile.id()));
    }

    private Schedule schedule(long id) {
        return schedules.byId(id).orElseThrow(() -> RollcallException.input("schedule.unknown",
                Words.of("schedule.unknown.scheduleService"), Words.of("schedule.unknown.scheduleService.remedy")));
    }

    private Profile profile(long id) {
        return profiles.byId(id).orElseThrow(() -> RollcallException.input("profile.unknown",
                Words.of("schedule.profile.unknown"), Words.of("schedule.profile.unknown.remedy")));
    }

    private void record(Actor actor, String action, long id, String name, Map<String, @Nullable Object> detail) {
        audit.record(actor, action, "SCHEDULE", String.valueOf(id), name, detail, null);
    }
}
