package org.rollcall.endtoend;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.connect.NewCredential;
import org.rollcall.domain.ProfileConfig;
import org.rollcall.domain.ReadNote;
import org.rollcall.domain.Role;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.RunState;
import org.rollcall.domain.Schedule;
import org.rollcall.domain.Schedule.Missed;
import org.rollcall.domain.Schedule.State;
import org.rollcall.domain.Schedule.Timing;
import org.rollcall.domain.StreamEvidence;
import org.rollcall.domain.Trigger;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserStatus;
import org.rollcall.runs.RunService;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.schedule.ImportScheduler;
import org.rollcall.schedule.Jitter;
import org.rollcall.schedule.ScheduleEvent;
import org.rollcall.schedule.ScheduleEvent.Kind;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduledImport;
import org.rollcall.source.Connection;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.TenantStore;
import org.rollcall.sync.Draft;
import org.rollcall.task.JobContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A year that nobody attends to but where they must: the organisation changes daily, the directory misbehaves, a secret
/// expires, somebody deletes half of the people by mistake, the machine is off for weeks. At each moment the directory is
/// exactly what the tenant was at the last run that succeeded, and there is an administrator.
///
/// `-Drollcall.year=1` runs it every day or more often, which takes minutes; without it every few days.
class SimulatedYearTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final boolean WHOLE = Integer.getInteger("rollcall.year", 0) > 0;
    private static final Duration LINKS_LAST = Duration.ofDays(7);
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path folder;

    /// The tenant's clock, on a wall in Berlin.
    private static final class WallClock extends Clock {
        private final SampleTenant tenant;

        WallClock(SampleTenant tenant) {
            this.tenant = tenant;
        }

        @Override
        public ZoneId getZone() {
            return BERLIN;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return tenant.clock().instant();
        }
    }

    private static Timing timing(long seed) {
        return switch ((int) seed) {
            // In the hour that a night in March does not have and one in October has twice.
            case 1 -> new Timing(Duration.ofDays(WHOLE ? 1 : 5), LocalTime.of(2, 30), Missed.RUN);
            case 2 -> new Timing(Duration.ofHours(WHOLE ? 12 : 216), null, Missed.SKIP);
            default -> new Timing(Duration.ofDays(WHOLE ? 1 : 10), null, Missed.RUN);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void atTheEndTheDirectoryIsWhatTheTenantIs(long seed) throws Exception {
        try (var tenant = SampleTenant
                .start(SampleTenant.Options.defaults().withUsers(45).withGroups(10).withSeed(seed))) {
            var clock = new WallClock(tenant);
            try (var services = new Services(folder, tenant, clock);
                    var year = new Year(tenant, services, clock, seed)) {
                year.begin();
                year.pass();
            }
        }
    }

    private static final class Year implements AutoCloseable {
        private final SampleTenant tenant;
        private final Services services;
        private final Clock clock;
        private final Random random;
        private final TenantStory story;
        private final Timing timing;
        private final ScheduleStore schedules;
        private final ImportScheduler scheduler;
        private final ScheduleService service;
        private final LinkedBlockingQueue<ScheduleEvent> turns = new LinkedBlockingQueue<>();
        private final List<SampleObject> deleted = new ArrayList<>();
        private final HashSet<String> seen = new HashSet<>();
        private final String name;
        private final long administrator;
        private long schedule;
        private TenantTruth applied;
        private final List<String> quarantines = new ArrayList<>();
        private int failures;

        Year(SampleTenant tenant, Services services, Clock clock, long seed) {
            this.tenant = tenant;
            this.services = services;
            this.clock = clock;
            this.random = new Random(seed);
            this.story = new TenantStory(tenant, seed);
            this.timing = timing(seed);
            this.name = "seed " + seed;
            var database = services.database;
            schedules = new ScheduleStore(database);
            scheduler = new ImportScheduler(database, clock, Duration.ofMillis(250), Jitter.seeded(seed));
            service = new ScheduleService(database,
                    new ScheduleService.Stores(schedules, new ProfileStore(database, clock), new TenantStore(database)),
                    new RunStore(database)::lastOf,
                    ScheduledImport.by((actor, request, job) -> services.imports.run(actor, request, job).run(),
                            (actor, request, job) -> services.imports.look(actor, request, job).run()),
                    scheduler, services.audit, clock);
            service.onEvent(turns::add);
            administrator = services.roles.roles().find(services.maren, Role.ADMINISTRATOR).id();
            applied = TenantTruth.everyone(tenant.directory());
        }

        private Schedule stored() {
            return schedules.byId(schedule).orElseThrow();
        }

        void begin() {
            for (SampleObject group : tenant.directory().groups()) {
                if (Objects.equals(group.text("visibility"), "HiddenMembership")) {
                    tenant.directory().purge(group.id());
                }
            }
            SampleObject operators = tenant.directory().groups().getFirst();
            services.run(Services.draft(ProfileConfig.Scope.everyone(),
                    new Draft.RuleDraft(Services.ref(operators), true, "Operator")));
            // One of them is an administrator besides the local one, as long as they stay.
            services.roles.assignments().setRole(services.maren,
                    List.of(services.person(tenant.directory().users().getLast()).id()), Role.ADMINISTRATOR);
            applied = TenantTruth.everyone(tenant.directory());
            long profile = new ProfileStore(services.database, clock)
                    .byName(services.tenants.byName("Contoso").id(), "default").orElseThrow().id();
            schedule = service.set(services.maren, profile, timing).id();
            scheduler.start(service);
        }

        void pass() throws InterruptedException {
            Instant start = clock.instant();
            var day = new Days(start);
            while (Duration.between(start, clock.instant()).compareTo(YEAR) < 0) {
                Instant next = Objects.requireNonNull(stored().nextRunAt());
                long days = Math.max(1, Duration.between(clock.instant(), next).toDays());
                story.steps(random.nextInt((int) Math.min(days * 2, 8) + 1));
                day.happen(next);
                turn(Objects.requireNonNull(stored().nextRunAt()));
            }
            tenant.faults().clear();
            while (stored().failures() > 0) {
                turn(Objects.requireNonNull(stored().nextRunAt()));
            }
            turn(Objects.requireNonNull(stored().nextRunAt()));
            assertEquals(1, quarantines.size(), () -> "the deletion by mistake, and nothing else: " + quarantines);
            TenantTruth.everyone(tenant.directory()).assertEqualTo(services.stored(), name + ", at the end");
            assertTrue(failures >= 2, "the secret was expired and the directory out of order: " + failures);
            assertTrue(services.audit.verify(services.maren).intact());
            List<Run> runs = new RunService(services.stores, services.audit, clock).list(services.maren,
                    RunFilter.everything(), null, 1_000);
            assertEquals(seen.size() + 1, runs.size(), "each turn ran once, and the first import");
            assertTrue(runs.stream().noneMatch(run -> run.state() == RunState.RUNNING));
            var proofs = runs.stream().flatMap(run -> run.evidence().stream())
                    .filter(each -> each.stream().equals(StreamEvidence.PROOF)).flatMap(each -> each.notes().stream())
                    .toList();
            // Who reads more seldom than links last has none to compare with.
            assertTrue(proofs.size() >= 6 || timing.every().compareTo(LINKS_LAST) > 0,
                    () -> "changes were compared with full reads: " + proofs);
            assertTrue(proofs.stream().noneMatch(ReadNote::attention), () -> "and were the same: " + proofs);
        }

        /// What happens on which day of the year, once each.
        private final class Days {
            private final Instant start;
            private int stage;

            Days(Instant start) {
                this.start = start;
            }

            private boolean reached(int wanted, int dayOfYear, Instant next) {
                boolean now = stage == wanted && !next.isBefore(start.plus(Duration.ofDays(dayOfYear)));
                if (now) {
                    stage++;
                }
                return now;
            }

            void happen(Instant next) {
                if (stage == 0 || stage > 1) {
                    tenant.faults().clear();
                    if (random.nextInt(4) == 0) {
                        tenant.faults().set("throttle:0.1,reset:0.03,duplicates:0.2,reorder:0.2,seed=" + stage);
                    }
                }
                if (reached(0, 40, next)) {
                    tenant.faults().set("unavailable");
                } else if (reached(1, 48, next)) {
                    tenant.faults().clear();
                } else if (reached(2, 100, next)) {
                    tenant.identity().apps().expireSecrets(tenant.clientId());
                } else if (reached(3, 115, next)) {
                    String secret = tenant.identity().apps().addSecret(tenant.clientId(), "another secret 1",
                            clock.instant().plus(YEAR.multipliedBy(2)));
                    services.tenants.replaceCredential(services.maren, "Contoso",
                            new NewCredential(new Connection.Credential.Secret("another secret 1"), null, null),
                            false, JobContext.silent());
                    assertNotNull(secret);
                } else if (reached(4, 180, next)) {
                    List<SampleObject> people = tenant.directory().users();
                    for (int i = 0; i < people.size() * 2 / 5; i++) {
                        deleted.add(people.get(i));
                        tenant.directory().leave(people.get(i).id());
                    }
                } else if (reached(5, 195, next)) {
                    assertEquals(State.QUARANTINED, stored().state());
                    deleted.forEach(each -> tenant.directory().restore(each.id()));
                    service.resume(services.maren, schedule);
                } else if (reached(6, 250, next)) {
                    scheduler.stop();
                    tenant.clock().advance(Duration.ofDays(17));
                    story.steps(6);
                    scheduler.start(service);
                }
            }
        }

        private void turn(Instant due) throws InterruptedException {
            Duration wait = Duration.between(clock.instant(), due).plusSeconds(Jitter.MOST_SECONDS + 1);
            if (wait.isPositive()) {
                tenant.clock().advance(wait);
            }
            scheduler.wake();
            ScheduleEvent turn = turns.poll(60, TimeUnit.SECONDS);
            assertNotNull(turn, () -> name + ": nothing ran at " + due + ", " + stored());
            String when = name + ", " + clock.instant().atZone(BERLIN) + ", " + turn.kind() + " " + turn.message();
            Run run = turn.run();
            if (run != null) {
                assertTrue(seen.add(String.valueOf(run.id())), when);
                assertFalse(run.trigger() == Trigger.MANUAL, when);
            }
            if (turn.kind() == Kind.RUN) {
                applied = TenantTruth.everyone(tenant.directory());
            }
            failures += turn.kind() == Kind.FAILED ? 1 : 0;
            if (turn.kind() == Kind.QUARANTINED) {
                quarantines.add(when);
            }
            applied.assertEqualTo(services.stored(), when);
            assertTrue(services.users.count(UserFilter.everyone().withRoles(Set.of(administrator))
                    .withStatuses(Set.of(UserStatus.ACTIVE))) > 0, when);
            Schedule now = stored();
            assertEquals(turn.kind() == Kind.FAILED, now.failures() > 0, when);
            assertTrue(Objects.requireNonNull(now.nextRunAt()).isAfter(clock.instant()), when);
        }

        @Override
        public void close() {
            scheduler.close();
        }
    }
}
