package org.rollcall.app;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.rollcall.cli.ServiceEvents;
import org.rollcall.schedule.ScheduleService;
import org.rollcall.task.CancelToken;

/// The life cycle of the service process: runs schedules, reports events to the listener, and reports its state to systemd if
/// systemd started it.
final class ServiceLife {
    private final ScheduleRunner runner;
    private final ScheduleService schedules;
    private final Optional<SystemdNotify> systemd;

    ServiceLife(ScheduleRunner runner, ScheduleService schedules, Map<String, String> environment) {
        this.runner = runner;
        this.schedules = schedules;
        this.systemd = SystemdNotify.of(environment);
    }

    /// Until the token is cancelled.
    void live(ServiceEvents events, CancelToken token) {
        schedules.onEvent(event -> {
            events.turn(event);
            if (event.run() != null) {
                // The heap grows with a run and is idle afterwards: only a full collection gives memory back to the system.
                System.gc();
            }
        });
        ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("watchdog").factory());
        try {
            runner.serve(token, () -> {
                events.ready();
                systemd.ifPresent(each -> each.send(SystemdNotify.READY));
                systemd.flatMap(SystemdNotify::watchdogEvery).ifPresent(every -> watchdog.scheduleAtFixedRate(
                        this::alive, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS));
            }, () -> {
                systemd.ifPresent(each -> each.send(SystemdNotify.STOPPING));
                events.stopping();
            });
        } finally {
            watchdog.shutdownNow();
        }
    }

    /// If the database does not respond, no watchdog heartbeat is sent and systemd restarts the service.
    private void alive() {
        try {
            schedules.next();
            systemd.ifPresent(each -> each.send(SystemdNotify.WATCHDOG));
        } catch (RuntimeException e) {
            org.slf4j.LoggerFactory.getLogger(ServiceLife.class).warn("The database does not respond", e);
        }
    }
}
