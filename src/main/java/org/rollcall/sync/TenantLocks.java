package org.rollcall.sync;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.Tenant;

/// One run at a time for each tenant, in this process; the data folder's lock keeps other processes out.
final class TenantLocks {
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    /// Held until closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws RollcallException CONFLICT: a run is going on
    Held hold(Tenant tenant) {
        if (!busy.add(tenant.id())) {
            throw new RollcallException(ErrorKind.CONFLICT, "run.going-on",
                    "an import of " + tenant.name() + " is already running",
                    "wait until it has finished, then try again");
        }
        return () -> busy.remove(tenant.id());
    }

    boolean isBusy(long tenantId) {
        return busy.contains(tenantId);
    }
}
