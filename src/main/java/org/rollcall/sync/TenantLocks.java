package org.rollcall.sync;

import java.time.Clock;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.store.Database;
import org.rollcall.store.LeaseStore;

/// One run at a time for each tenant, whatever process it is in.
final class TenantLocks {
    private final LeaseStore leases;
    private final InterruptedRuns interrupted;

    TenantLocks(Database database, Clock clock) {
        this.leases = new LeaseStore(database, clock);
        this.interrupted = new InterruptedRuns(database, clock);
    }

    /// @throws RollcallException CONFLICT: a run is going on
    LeaseStore.Lease hold(Tenant tenant) {
        LeaseStore.Lease lease = leases.take(LeaseStore.ofImport(tenant.id())).orElseThrow(() -> new RollcallException(
                ErrorKind.CONFLICT, "run.going-on", "an import of " + tenant.name() + " is already running",
                "wait until it has finished, then try again"));
        try {
            // Whoever had it before may have been killed while this process was there.
            interrupted.recover(each -> each == tenant.id());
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    boolean isBusy(long tenantId) {
        return leases.isHeld(LeaseStore.ofImport(tenantId));
    }
}
