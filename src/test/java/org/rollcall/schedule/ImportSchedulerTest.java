package org.rollcall.schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Profile;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.Trigger;
import org.rollcall.store.AuditStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Schedules with db-scheduler on a real database and a clock that moves when told to. Each program is opened, runs
/// what is due, and is closed, which waits for what is going on.
class ImportSchedulerTest {
    private static final int POLLING_MILLIS = 20;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Actor ADMIN = new Actor(null, "admin", "window", EnumSet.allOf(Permission.class));

    @TempDir
    Path folder;
    TestDirectory directory;
    Profile first;
    Profile second;
    final LinkedBlockingQueue<Ran> ran = new LinkedBlockingQueue<>();
    RunState outcome = RunState.SUCCEEDED;
    @Nullable
    CountDownLatch hold;
    @Nullable
    RollcallException refusal;
    boolean cancels;

    record Ran(String profile, Trigger trigger, String by) {}

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        Tenant tenant = directory.tenant("Contoso");
        first = directory.profile(tenant, "first");
        second = directory.profile(tenant, "second");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    /// What a program has open.
    private final class Program implements ScheduledImport, AutoCloseable {
        final ImportScheduler scheduler = new ImportScheduler(directory.database, directory.clock,
                Duration.ofMillis(POLLING_MILLIS), Jitter.NONE);
        final ScheduleService service;
        final Set<String> busy = new HashSet<>();

        Program() {
            var database = directory.database;
            var audit = new AuditService(database, new AuditStore(database), new SettingStore(database),
                    directory.clock);
            service = new ScheduleService(database,
                    new ScheduleService.Stores(new ScheduleStore(database), new ProfileStore(database, directory.clock),
                            new TenantStore(database)),
                    new RunStore(database)::lastOf, this, scheduler, audit, directory.clock);
        }

        @Override
        public Run runEverything(Actor actor, String tenant, String profile, Trigger trigger, JobContext context) {
            return run(actor, tenant, profile, trigger, " everything", context);
        }

        @Override
        public Run run(Actor actor, String tenant, String profile, Trigger trigger, JobContext context) {
            return run(actor, tenant, profile, trigger, "", context);
        }

        /// As imports do: one run of a tenant at a time.
        private Run run(Actor actor, String tenant, String profile, Trigger trigger, String how, JobContext context) {
            synchronized (busy) {
                if (!busy.add(tenant)) {
                    ran.add(new Ran(profile + " refused", trigger, actor.name()));
                    throw new RollcallException(ErrorKind.CONFLICT, "run.busy", "a run is going on", "wait");
                }
            }
            try {
                ran.add(new Ran(profile + how, trigger, actor.name()));
                if (refusal != null) {
                    throw refusal;
                }
                if (cancels) {
                    var cancelled = new CountDownLatch(1);
                    context.cancelToken().onCancel(cancelled::countDown);
                    assertTrue(cancelled.await(30, TimeUnit.SECONDS));
                    return made(tenant, profile, trigger, RunState.CANCELLED);
                }
                CountDownLatch latch = hold;
                if (latch != null) {
                    assertTrue(latch.await(30, TimeUnit.SECONDS));
                }
                return made(tenant, profile, trigger);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                synchronized (busy) {
                    busy.remove(tenant);
                }
            }
        }

        @Override
        public Run look(Actor actor, String tenant, String profile, JobContext context) {
            ran.add(new Ran(profile + " read", Trigger.SCHEDULE, actor.name()));
            return made(tenant, profile, Trigger.SCHEDULE);
        }

        private Run made(String tenant, String profile, Trigger trigger) {
            return made(tenant, profile, trigger, outcome);
        }

        private Run made(String tenant, String profile, Trigger trigger, RunState state) {
            var runs = new RunStore(directory.database);
            Tenant of = new TenantStore(directory.database).list().stream()
                    .filter(each -> each.name().equals(tenant)).findFirst().orElseThrow();
            Run run = runs.start(of, profile.equals("first") ? first.id() : second.id(), profile, RunKind.IMPORT,
                    trigger, "test", directory.clock.instant(), null);
            Run ended = new Run(run.id(), run.tenantId(), run.tenantName(), run.profileId(), run.profileName(),
                    run.kind(), run.trigger(), run.startedBy(), state, run.startedAt(), directory.clock.instant(),
                    true, List.of(), run.counts(), List.of(), null, 2, null, error(state), null);
            runs.update(ended);
            return ended;
        }

        private static Run.@Nullable Failure error(RunState state) {
            return switch (state) {
                case FAILED -> new Run.Failure(ErrorKind.OFFLINE, "entra.unreachable", "Entra cannot be reached",
                        "try again later", Map.of());
                case STOPPED -> new Run.Failure(ErrorKind.GUARD, "guard.removals", "removals: 187 of 412",
                        "look at the changes", Map.of());
                default -> null;
            };
        }

        @Override
        public void close() {
            scheduler.close();
        }
    }

    private Schedule make(Profile profile) {
        try (var program = new Program()) {
            return program.service.set(ADMIN, profile.id(), HOUR);
        }
    }

    /// Opens a program, lets it run what is due until as many runs began, and closes it.
    private List<Ran> runDue(int runs) throws InterruptedException {
        return runDue(runs, 0);
    }

    /// @param others turns that end without a run
    private List<Ran> runDue(int runs, int others) throws InterruptedException {
        var seen = new ArrayList<Ran>();
        var turns = new Semaphore(0);
        try (var program = new Program()) {
            program.service.onEvent(_ -> turns.release());
            program.scheduler.start(program.service);
            for (int i = 0; i < runs; i++) {
                Ran next = ran.poll(30, TimeUnit.SECONDS);
                assertNotNull(next, "a run that is due begins");
                seen.add(next);
            }
            assertTrue(turns.tryAcquire(others, 30, TimeUnit.SECONDS));
        }
        ran.drainTo(seen);
        return seen;
    }

    private Schedule stored(Schedule schedule) {
        return new ScheduleStore(directory.database).byId(schedule.id()).orElseThrow();
    }

    private Instant now() {
        return directory.clock.instant();
    }

    @Test
    void whatIsDueRunsOnceAndThenOneIntervalLater() throws Exception {
        Schedule schedule = make(first);
        assertEquals(now().plus(HOUR), schedule.nextRunAt());
        directory.clock.advance(HOUR);
        assertEquals(List.of(new Ran("first", Trigger.SCHEDULE, "Schedule " + schedule.name())), runDue(1));
        Schedule after = stored(schedule);
        assertEquals(now().plus(HOUR), after.nextRunAt());
        assertNotNull(after.lastRunId());
        assertEquals(0, after.failures());
    }

    @Test
    void missedRunsAreMadeGoodOnceAfterTheDataFolderWasClosed() throws Exception {
        Schedule schedule = make(first);
        directory.clock.advance(HOUR.multipliedBy(50));
        Instant late = now();
        directory.close();
        directory = new TestDirectory(folder);
        directory.clock.advance(Duration.between(now(), late));
        assertEquals(List.of(new Ran("first", Trigger.CATCH_UP, "Schedule " + schedule.name())), runDue(1));
        assertEquals(now().plus(HOUR), stored(schedule).nextRunAt());
        directory.clock.advance(HOUR);
        assertEquals(Trigger.SCHEDULE, runDue(1).getFirst().trigger(), "then as ever");
    }

    @Test
    void whatIsPausedOrRemovedDoesNotRun() throws Exception {
        Schedule paused = make(first);
        Schedule other = make(second);
        try (var program = new Program()) {
            program.service.pause(ADMIN, paused.id());
        }
        assertNull(stored(paused).nextRunAt());
        directory.clock.advance(HOUR.multipliedBy(3));
        assertEquals(List.of("second"), runDue(1).stream().map(Ran::profile).toList());

        try (var program = new Program()) {
            program.service.resume(ADMIN, paused.id());
            program.service.remove(ADMIN, other.id());
            assertEquals(List.of(paused.id()),
                    program.service.list(ADMIN).stream().map(each -> each.schedule().id()).toList());
            assertThrows(RollcallException.class, () -> program.service.pause(ADMIN, other.id()));
        }
        assertEquals(now().plus(HOUR), stored(paused).nextRunAt(), "one interval from now");
        directory.clock.advance(HOUR);
        assertEquals(List.of("first"), runDue(1).stream().map(Ran::profile).toList());
    }

    @Test
    void whoMeetsARunOfTheTenantTriesAgainSoon() throws Exception {
        make(first);
        make(second);
        directory.clock.advance(HOUR);
        var latch = new CountDownLatch(1);
        hold = latch;
        String refused;
        try (var program = new Program()) {
            program.scheduler.start(program.service);
            Ran one = ran.poll(30, TimeUnit.SECONDS);
            Ran two = ran.poll(30, TimeUnit.SECONDS);
            assertNotNull(one);
            assertNotNull(two);
            refused = one.profile().equals("first") ? "second" : "first";
            assertEquals(refused + " refused", two.profile());
            latch.countDown();
        }
        assertEquals(0, ran.size());
        hold = null;
        directory.clock.advance(Duration.ofMinutes(10));
        assertEquals(List.of(refused), runDue(1).stream().map(Ran::profile).toList());
    }

    private void untilDue(Schedule schedule) {
        directory.clock.advance(Duration.between(now(), stored(schedule).nextRunAt()));
    }

    @Test
    void failuresBackOffUntilOneSucceeds() throws Exception {
        Schedule schedule = make(first);
        for (int failures = 1; failures <= 3; failures++) {
            outcome = RunState.FAILED;
            untilDue(schedule);
            runDue(1);
            assertEquals(failures, stored(schedule).failures());
            assertEquals(now().plus(HOUR.multipliedBy(1L << failures)), stored(schedule).nextRunAt());
        }
        assertEquals("Failed 3 times in a row, so it waits 8h: Entra cannot be reached",
                stored(schedule).stateReason());
        directory.clock.advance(HOUR.multipliedBy(7));
        runDue(0);
        assertEquals(List.of(), List.copyOf(ran), "it waits");
        outcome = RunState.SUCCEEDED;
        try (var program = new Program()) {
            program.service.runNow(ADMIN, schedule.id(), JobContext.silent());
        }
        assertEquals(new Ran("first", Trigger.MANUAL, "admin"), ran.poll());
        Schedule good = stored(schedule);
        assertEquals(0, good.failures());
        assertNull(good.stateReason());
        assertEquals(now().plus(HOUR), good.nextRunAt(), "it need not wait any longer");
        try (var program = new Program()) {
            directory.clock.advance(Duration.ofMinutes(10));
            program.service.runNow(ADMIN, schedule.id(), JobContext.silent());
            assertEquals(good.nextRunAt(), stored(schedule).nextRunAt(),
                    "by hand changes nothing about when it is due");
        }
        ran.clear();
        outcome = RunState.FAILED;
        untilDue(schedule);
        runDue(1);
        outcome = RunState.SUCCEEDED;
        untilDue(schedule);
        runDue(1);
        assertEquals(0, stored(schedule).failures());
        assertEquals(now().plus(HOUR), stored(schedule).nextRunAt());
    }

    @Test
    void whatCannotEvenBeginIsAFailure() throws Exception {
        Schedule schedule = make(first);
        refusal = RollcallException.input("credential.missing", "the tenant has no credential", "add one");
        untilDue(schedule);
        runDue(1);
        assertEquals(1, stored(schedule).failures());
        assertEquals("Failed, so it waits 2h: the tenant has no credential", stored(schedule).stateReason());
        assertEquals(now().plus(HOUR.multipliedBy(2)), stored(schedule).nextRunAt());
    }

    @Test
    void whatWasMissedIsLeftOutWhereThatWasChosen() throws Exception {
        Schedule schedule;
        try (var program = new Program()) {
            schedule = program.service.set(ADMIN, first.id(),
                    new Schedule.Timing(HOUR, null, Schedule.Missed.SKIP));
        }
        Instant planned = now().plus(HOUR);
        directory.clock.advance(HOUR.multipliedBy(9).plus(Duration.ofMinutes(20)));
        runDue(0, 1);
        assertEquals(List.of(), List.copyOf(ran));
        assertEquals(planned.plus(HOUR.multipliedBy(9)), stored(schedule).nextRunAt());
        untilDue(schedule);
        assertEquals(Trigger.SCHEDULE, runDue(1).getFirst().trigger());
    }

    @Test
    void aGuardsStopMakesItReadAndApplyNothingUntilSomebodyHasLooked() throws Exception {
        Schedule schedule = make(first);
        outcome = RunState.STOPPED;
        untilDue(schedule);
        runDue(1);
        Schedule stopped = stored(schedule);
        assertEquals(Schedule.State.QUARANTINED, stopped.state());
        assertEquals("Removals: 187 of 412", stopped.stateReason());
        assertEquals(stopped.lastRunId(), stopped.stoppedRunId());
        assertEquals(0, stopped.failures(), "it did not fail");
        outcome = RunState.SUCCEEDED;
        for (int i = 0; i < 2; i++) {
            untilDue(schedule);
            assertEquals(List.of("first read"), runDue(1).stream().map(Ran::profile).toList());
            assertEquals(Schedule.State.QUARANTINED, stored(schedule).state());
            assertEquals(stopped.lastRunId(), stored(schedule).lastRunId());
        }
        try (var program = new Program()) {
            assertEquals(ErrorKind.GUARD, assertThrows(RollcallException.class,
                    () -> program.service.runNow(ADMIN, schedule.id(), JobContext.silent())).kind());
            program.service.release(ADMIN, second.id());
            assertEquals(Schedule.State.QUARANTINED, stored(schedule).state(), "another import");
            program.service.release(ADMIN, first.id());
        }
        assertEquals(Schedule.State.ACTIVE, stored(schedule).state());
        assertNull(stored(schedule).stateReason());
        assertNull(stored(schedule).stoppedRunId());
        untilDue(schedule);
        assertEquals(List.of("first"), runDue(1).stream().map(Ran::profile).toList());
        outcome = RunState.STOPPED;
        try (var program = new Program()) {
            program.service.runNow(ADMIN, schedule.id(), JobContext.silent());
            assertEquals(Schedule.State.QUARANTINED, stored(schedule).state(), "run by hand as well");
            program.service.resume(ADMIN, schedule.id());
            assertEquals(Schedule.State.ACTIVE, stored(schedule).state());
            program.service.undone(ADMIN, first.id(), "run 7 was undone");
        }
        assertEquals("run 7 was undone", stored(schedule).stateReason());
        assertNull(stored(schedule).nextRunAt());
    }

    @Test
    void aClockPutBackAYearKeepsNothingWaitingForAYear() throws Exception {
        Schedule schedule = make(first);
        directory.clock.advance(Duration.ofDays(365));
        runDue(1);
        directory.clock.advance(Duration.ofDays(-365));
        runDue(0);
        assertEquals(now().plus(HOUR), stored(schedule).nextRunAt());
        directory.clock.advance(HOUR);
        assertEquals(List.of("first"), runDue(1).stream().map(Ran::profile).toList());
    }

    @Test
    void whatAKilledProgramHadBegunIsDueAtOnce() throws Exception {
        Schedule schedule = make(first);
        untilDue(schedule);
        execute("update scheduled_tasks set picked = true, picked_by = 'killed', last_heartbeat = execution_time");
        directory.clock.advance(Duration.ofMinutes(1));
        assertEquals(List.of(new Ran("first", Trigger.SCHEDULE, "Schedule " + schedule.name())), runDue(1));
        assertEquals(0, stored(schedule).failures());
    }

    @Test
    void whatIsPlannedNowhereIsPlannedAnew() throws Exception {
        Schedule schedule = make(first);
        execute("delete from scheduled_tasks");
        untilDue(schedule);
        assertEquals(1, runDue(1).size());
    }

    @Test
    void aProgramThatEndsCancelsTheRunAndTheNextOneRunsItAgain() throws Exception {
        Schedule schedule = make(first);
        untilDue(schedule);
        cancels = true;
        runDue(1);
        assertEquals(0, stored(schedule).failures());
        cancels = false;
        assertEquals(List.of("first"), runDue(1).stream().map(Ran::profile).toList());
        assertEquals(now().plus(HOUR), stored(schedule).nextRunAt());
    }

    @Test
    void aRunThatReadsEverythingIsAskedForOnce() throws Exception {
        Schedule schedule = make(first);
        try (var program = new Program()) {
            program.service.readEverything(ADMIN, schedule.id());
        }
        outcome = RunState.FAILED;
        untilDue(schedule);
        assertEquals(List.of("first everything"), runDue(1).stream().map(Ran::profile).toList());
        outcome = RunState.SUCCEEDED;
        untilDue(schedule);
        assertEquals(List.of("first everything"), runDue(1).stream().map(Ran::profile).toList());
        untilDue(schedule);
        assertEquals(List.of("first"), runDue(1).stream().map(Ran::profile).toList());
    }

    private void execute(String sql) throws Exception {
        try (var connection = directory.database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void anotherIntervalCountsFromNow() {
        Schedule schedule = make(first);
        directory.clock.advance(Duration.ofMinutes(20));
        try (var program = new Program()) {
            Schedule changed = program.service.set(ADMIN, first.id(), Duration.ofMinutes(30));
            assertEquals(schedule.id(), changed.id(), "an import has one schedule");
            assertEquals(now().plus(Duration.ofMinutes(30)), changed.nextRunAt());
            assertThrows(RollcallException.class,
                    () -> program.service.set(ADMIN, first.id(), Duration.ofMinutes(4)));
            assertEquals(Duration.ofMinutes(30), stored(schedule).every());
        }
    }

    /// As if nothing kept a second service away: the database alone sees to it that what is due is done once.
    @Test
    void twoServicesForAnHourRunNothingTwice() throws Exception {
        var turns = new Semaphore(0);
        try (var one = new Program(); var other = new Program()) {
            Schedule schedule = one.service.set(ADMIN, first.id(), Duration.ofMinutes(5));
            for (var program : List.of(one, other)) {
                program.service.onEvent(_ -> turns.release());
                program.scheduler.start(program.service);
            }
            int runs = 0;
            for (int minute = 1; minute <= 60; minute++) {
                directory.clock.advance(Duration.ofMinutes(1));
                if (!Objects.requireNonNull(stored(schedule).nextRunAt()).isAfter(now())) {
                    assertEquals(new Ran("first", Trigger.SCHEDULE, "Schedule " + schedule.name()),
                            ran.poll(30, TimeUnit.SECONDS), "minute " + minute);
                    assertTrue(turns.tryAcquire(30, TimeUnit.SECONDS), "it ends, minute " + minute);
                    runs++;
                }
                assertNull(ran.poll(3 * POLLING_MILLIS, TimeUnit.MILLISECONDS), "a second one, minute " + minute);
            }
            assertEquals(12, runs);
        }
    }
}
