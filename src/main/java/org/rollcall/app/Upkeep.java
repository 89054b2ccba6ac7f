package org.rollcall.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.audit.AuditService;

/// Periodic maintenance of a data folder: the daily backup and the external anchor of the audit chain. Runs in the process that
/// runs the schedules.
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final int PATIENCE_SECONDS = 10;

    private final DailyBackups backups;
    private final AuditService audit;
    private @Nullable ScheduledExecutorService looking;

    Upkeep(DailyBackups backups, AuditService audit) {
        this.backups = backups;
        this.audit = audit;
    }

    synchronized void start() {
        if (looking == null) {
            backups.goOn();
            looking = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("upkeep").factory());
            looking.scheduleWithFixedDelay(this::look, FIRST_LOOK.toSeconds(), LOOK_EVERY.toSeconds(),
                    TimeUnit.SECONDS);
        }
    }

    /// Cancels a backup in progress.
    synchronized void stop() {
        if (looking == null) {
            return;
        }
        backups.giveUp();
        // Never interrupted: H2 closes the database file when its thread is interrupted.
        looking.shutdown();
        try {
            if (!looking.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A maintenance task in progress did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        looking = null;
    }

    private void look() {
        quietly("The end of the audit chain", audit::writeAnchor);
        quietly("The daily backup", backups::makeIfDue);
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("Maintenance task failed: {}", what, e);
        }
    }
}
