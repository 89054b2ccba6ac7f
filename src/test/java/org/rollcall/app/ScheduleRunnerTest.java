package org.rollcall.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyService;
import org.rollcall.schedule.ImportScheduler;
import org.rollcall.schedule.Jitter;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.schedule.ScheduleService.Runner;
import org.rollcall.schedule.ScheduledImport;
import org.rollcall.store.AuditStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.ScheduleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Language;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Who runs the schedules of a data folder: one at a time, a service before a window.
class ScheduleRunnerTest {
    @TempDir
    Path folder;
    private TestDirectory directory;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        directory.close();
    }

    /// As a program has one.
    private ScheduleRunner program() {
        var database = directory.database;
        var scheduler = new ImportScheduler(database, directory.clock, Duration.ofSeconds(10), Jitter.NONE);
        ScheduledImport.Imports none = (_, _, _) -> {
            throw new AssertionError("nothing is due");
        };
        var service = new ScheduleService(database,
                new ScheduleService.Stores(new ScheduleStore(database), new ProfileStore(database, directory.clock),
                        new TenantStore(database)),
                new RunStore(database)::lastOf, ScheduledImport.by(none, none), scheduler,
                new AuditService(database, new AuditStore(database), new SettingStore(database), directory.clock),
                directory.clock);
        var notifications = new NotifyService(database, Vault.open(folder),
                new AuditService(database, new AuditStore(database), new SettingStore(database), directory.clock),
                () -> Language.ENGLISH, directory.clock);
        var runner = new ScheduleRunner(folder, scheduler, service, notifications,
                new Upkeep(new DailyBackups(database, Vault.open(folder), new BackupFolder(folder, directory.clock),
                        directory.clock),
                        new AuditService(database, new AuditStore(database), new SettingStore(database),
                                directory.clock)));
        open.add(runner);
        return runner;
    }

    private static void waitFor(String what, BooleanSupplier condition) throws InterruptedException {
        var pause = new CountDownLatch(1);
        for (int i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            assertTrue(!pause.await(10, TimeUnit.MILLISECONDS));
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    @Test
    void aWindowLeavesThemToAServiceAndTakesThemOverAfterIt() throws Exception {
        ScheduleRunner window = program();
        assertEquals(Runner.NOBODY, window.who());
        window.keepRunning();
        assertEquals(Runner.HERE, window.who());
        ScheduleRunner second = program();
        second.keepRunning();
        assertEquals(Runner.ELSEWHERE, second.who());

        var token = new CancelToken();
        var ready = new CountDownLatch(1);
        var stopping = new CountDownLatch(1);
        ScheduleRunner service = program();
        var thread = Thread.ofPlatform().start(() -> service.serve(token, ready::countDown, stopping::countDown));
        assertTrue(ready.await(20, TimeUnit.SECONDS), "the window gives way");
        assertEquals(Runner.HERE, service.who());
        assertEquals(Runner.SERVICE, window.who());
        assertEquals(Runner.SERVICE, second.who());

        var refused = assertThrows(RollcallException.class,
                () -> program().serve(new CancelToken(), () -> {}, () -> {}));
        assertEquals(ErrorKind.STORAGE, refused.kind());
        assertEquals("service.running", refused.code());

        token.cancel();
        assertTrue(stopping.await(20, TimeUnit.SECONDS));
        thread.join();
        service.close();
        waitFor("a window takes over", () -> window.who() == Runner.HERE || second.who() == Runner.HERE);
        ScheduleRunner other = window.who() == Runner.HERE ? second : window;
        assertEquals(Runner.ELSEWHERE, other.who());
        (other == window ? second : window).close();
        waitFor("the other one takes over", () -> other.who() == Runner.HERE);
    }

    @Test
    void aServiceThatIsToldToStopWhileItWaitsEnds() throws Exception {
        try (RunnerLock held = RunnerLock.of(folder)) {
            assertTrue(held.becomeRunner());
            var token = new CancelToken();
            var failure = new AtomicReference<@Nullable Throwable>();
            ScheduleRunner service = program();
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    service.serve(token, () -> {
                        throw new AssertionError("somebody else runs them");
                    }, () -> {});
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            waitFor("it waits", held::hasService);
            token.cancel();
            thread.join();
            assertNull(failure.get());
        }
    }
}
