package org.rollcall.app;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CancellationException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.BackupState;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.BackupStateStore;
import org.rollcall.store.Database;
import org.rollcall.store.LeaseStore;
import org.rollcall.vault.Vault;

/// Makes one backup per UTC day in the process that runs the schedules, concurrently with other work. A failure is recorded,
/// reported and retried after an hour; it affects nothing else.
final class DailyBackups {
    private static final Logger LOG = LoggerFactory.getLogger(DailyBackups.class);
    private static final String LEASE = "backup";
    private static final Duration RETRY = Duration.ofHours(1);

    private final Database database;
    private final Vault vault;
    private final BackupFolder folder;
    private final BackupStateStore state;
    private final LeaseStore leases;
    private final Clock clock;
    private volatile boolean stopping;

    DailyBackups(Database database, Vault vault, BackupFolder folder, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.folder = folder;
        this.state = new BackupStateStore(database);
        this.leases = new LeaseStore(database, clock);
        this.clock = clock;
    }

    /// Cancels a backup in progress and starts no more.
    void giveUp() {
        stopping = true;
    }

    void goOn() {
        stopping = false;
    }

    /// @return whether one was made
    boolean makeIfDue() {
        if (!isDue()) {
            return false;
        }
        var lease = leases.take(LEASE);
        if (lease.isEmpty()) {
            return false;
        }
        try (var held = lease.get()) {
            // Another process may have made it meanwhile.
            return isDue() && make();
        }
    }

    private boolean isDue() {
        BackupState now = state.get();
        Instant at = clock.instant();
        boolean justFailed = now.failure() != null && now.triedAt() != null
                && Duration.between(now.triedAt(), at).abs().compareTo(RETRY) < 0;
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return !stopping && now.daily() && !justFailed
                && folder.list().stream().noneMatch(each -> each.daily() && each.day().equals(today));
    }

    private boolean make() {
        try {
            BackupFolder.Made made = folder.makeDaily(vault, out -> database.writeRows(new Stoppable(out)));
            state.made(made.at());
            return true;
        } catch (CancellationException e) {
            LOG.info("Backup canceled: the program is shutting down");
            return false;
        } catch (RollcallException e) {
            LOG.warn("The daily backup failed", e);
            state.failed(clock.instant(), e.message() + "; " + e.remedy());
            return false;
        }
    }

    /// Stops writing when the program shuts down.
    private final class Stoppable extends OutputStream {
        private final OutputStream out;

        Stoppable(OutputStream out) {
            this.out = out;
        }

        private void requireGoingOn() {
            if (stopping) {
                throw new CancellationException();
            }
        }

        @Override
        public void write(int each) throws IOException {
            requireGoingOn();
            out.write(each);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            requireGoingOn();
            out.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
