package org.rollcall.store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static org.rollcall.store.gen.Tables.LEASE;

/// Leases for work that only one process may do at a time. A lease is a row with the name of its holder and is valid only while
/// the holder runs, so a killed process does not block the next one.
public final class LeaseStore {
    private final Database database;
    private final Clock clock;

    public LeaseStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Held until closed.
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /// The name of the lease for an import of a tenant.
    public static String ofImport(long tenantId) {
        return "import " + tenantId;
    }

    /// @return empty: held by another process or by another thread of this one
    public Optional<Lease> take(String name) {
        return database.transaction(() -> {
            UUID us = database.presence().id();
            Optional<UUID> holder = holder(name);
            if (holder.isPresent() && database.presence().isRunning(holder.get())) {
                return Optional.empty();
            }
            database.dsl().deleteFrom(LEASE).where(LEASE.NAME.eq(name)).execute();
            database.dsl().insertInto(LEASE).set(LEASE.NAME, name).set(LEASE.HOLDER, us)
                    .set(LEASE.TAKEN_AT, Times.toColumn(clock.instant())).execute();
            return Optional.of(() -> release(name, us));
        });
    }

    /// Whether a running process holds it.
    public boolean isHeld(String name) {
        return holder(name).filter(database.presence()::isRunning).isPresent();
    }

    /// The names with this prefix of leases that running processes hold.
    public List<String> held(String prefix) {
        return database.dsl().select(LEASE.NAME, LEASE.HOLDER).from(LEASE).where(LEASE.NAME.startsWith(prefix))
                .stream().filter(row -> database.presence().isRunning(row.value2())).map(row -> row.value1()).toList();
    }

    private Optional<UUID> holder(String name) {
        return database.dsl().select(LEASE.HOLDER).from(LEASE).where(LEASE.NAME.eq(name)).fetchOptional(LEASE.HOLDER);
    }

    private void release(String name, UUID holder) {
        database.transaction(() -> {
            database.dsl().deleteFrom(LEASE).where(LEASE.NAME.eq(name), LEASE.HOLDER.eq(holder)).execute();
        });
    }
}
