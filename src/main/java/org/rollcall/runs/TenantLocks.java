package org.rollcall.runs;

import java.time.Clock;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;
import org.rollcall.store.Database;
import org.rollcall.store.LeaseStore;
import org.rollcall.text.Words;

/// One run at a time for each tenant, across processes.
public final class TenantLocks {
    private final LeaseStore leases;
    private final InterruptedRuns interrupted;

    public TenantLocks(Database database, Clock clock) {
        this.leases = new LeaseStore(database, clock);
        this.interrupted = new InterruptedRuns(database, clock);
    }

    /// @throws RollcallException CONFLICT: a run is in progress
    public LeaseStore.Lease hold(Tenant tenant) {
        LeaseStore.Lease lease = leases.take(LeaseStore.ofImport(tenant.id())).orElseThrow(() -> new RollcallException(
                ErrorKind.CONFLICT, "run.going-on", Words.of("sync.run.going-on", tenant.name()),
                Words.of("sync.run.going-on.remedy")));
        try {
            // The previous holder may have been killed since this process started.
            interrupted.recover(each -> each == tenant.id());
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    public boolean isBusy(long tenantId) {
        return leases.isHeld(LeaseStore.ofImport(tenantId));
    }
}
