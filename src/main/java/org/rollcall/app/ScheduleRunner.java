package org.rollcall.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.notify.NotifyService;
import org.rollcall.schedule.ImportScheduler;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.task.CancelToken;
import org.rollcall.text.Words;

/// Runs the schedules of one data folder in at most one process, as a service or in the background of a window. A window hands
/// them over to a service as soon as one starts, and takes them back when it ends.
final class ScheduleRunner implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /// Windows probe the service's lock periodically and hold it briefly each time.
    private static final Duration SERVICE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofMillis(50);

    private final RunnerLock lock;
    private final ImportScheduler scheduler;
    private final ScheduleService service;
    private final NotifyService notifications;
    private final Upkeep upkeep;
    private @Nullable ScheduledExecutorService looking;

    ScheduleRunner(Path home, ImportScheduler scheduler, ScheduleService service, NotifyService notifications,
            Upkeep upkeep) {
        this.lock = RunnerLock.of(home);
        this.scheduler = scheduler;
        this.service = service;
        this.notifications = notifications;
        this.upkeep = upkeep;
        service.onEvent(_ -> notifications.wake());
    }

    private void start() {
        scheduler.start(service);
        notifications.start();
        upkeep.start();
    }

    private void stop() {
        scheduler.stop();
        notifications.stop();
        upkeep.stop();
    }

    /// Runs due schedules from now until closed, except while a service does.
    synchronized void keepRunning() {
        if (looking != null) {
            return;
        }
        lookWhoRuns();
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("schedules-runner").factory());
        executor.scheduleWithFixedDelay(this::lookWhoRunsAgain, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        looking = executor;
    }

    private void lookWhoRunsAgain() {
        try {
            lookWhoRuns();
        } catch (RuntimeException e) {
            org.slf4j.LoggerFactory.getLogger(ScheduleRunner.class).warn("Could not take over the schedules", e);
        }
    }

    private void lookWhoRuns() {
        if (lock.isRunner()) {
            if (lock.hasService()) {
                stop();
                lock.giveUpRunning();
            }
        } else if (!lock.hasService() && lock.becomeRunner()) {
            start();
        }
    }

    /// The process that runs the schedules now.
    ScheduleService.Runner who() {
        if (lock.isRunner()) {
            return ScheduleService.Runner.HERE;
        }
        return lock.hasService()
                ? ScheduleService.Runner.SERVICE
                : lock.hasRunner() ? ScheduleService.Runner.ELSEWHERE : ScheduleService.Runner.NOBODY;
    }

    /// Runs due schedules as the service of the folder until the token is cancelled. A window that runs them now yields: its
    /// current run is cancelled and becomes due again here.
    ///
    /// @param ready    called once, when the service runs
    /// @param stopping called before the current run is cancelled
    /// @throws RollcallException STORAGE: there is a service already
    void serve(CancelToken token, Runnable ready, Runnable stopping) {
        if (!within(token, SERVICE_PATIENCE, lock::becomeService)) {
            if (token.isCancelled()) {
                return;
            }
            throw new RollcallException(ErrorKind.STORAGE, "service.running",
                    Words.of("app.service.running"), Words.of("app.service.running.remedy"))
                    .onCommandLine(Words.of("app.service.running.remedy.cli"));
        }
        if (!within(token, Duration.ofDays(1), lock::becomeRunner)) {
            return;
        }
        start();
        var stopped = new CountDownLatch(1);
        token.onCancel(stopped::countDown);
        ready.run();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stopping.run();
        stop();
        lock.giveUpRunning();
    }

    private static boolean within(CancelToken token, Duration patience, BooleanSupplier attempt) {
        var cancelled = new CountDownLatch(1);
        token.onCancel(cancelled::countDown);
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!attempt.getAsBoolean()) {
                if (System.nanoTime() > end || cancelled.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (looking != null) {
            looking.shutdown();
            try {
                if (!looking.awaitTermination(15, TimeUnit.SECONDS)) {
                    looking.shutdownNow();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        stop();
        lock.close();
    }
}
