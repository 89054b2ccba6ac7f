package org.rollcall.sync;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.people.PeopleEdits;
import org.rollcall.roles.RoleServices;
import org.rollcall.store.AuditStore;
import org.rollcall.store.Database;
import org.rollcall.store.MirrorRows;
import org.rollcall.store.PersonStore;
import org.rollcall.store.ReadyDatabase;
import org.rollcall.store.SettingStore;
import org.rollcall.store.Stores;
import org.rollcall.sync.read.MirrorReader;

/// What imports are made of, over a database of its own and without a directory to read: mirrors are written by hand.
final class ImportWorld implements AutoCloseable {
    final Database database;
    final Stores stores;
    final SettledPlans settled;
    final ImportTargets targets;
    final ImportPlanning planning;
    final ImportApplying applying;
    final AuditService audit;
    final RoleServices roles;
    final PeopleEdits peopleEdits;
    final PersonStore people;
    final MirrorRows rows;
    final Clock clock;
    final Actor actor = new Actor(null, "test", "test", EnumSet.allOf(Permission.class));

    ImportWorld(Path folder) {
        this(folder, Clock.systemUTC());
    }

    ImportWorld(Path folder, Clock clock) {
        this.clock = clock;
        database = ReadyDatabase.open(folder);
        stores = Stores.over(database, clock);
        settled = new SettledPlans(stores);
        targets = new ImportTargets(stores);
        audit = new AuditService(database, new AuditStore(database), new SettingStore(database), clock);
        roles = RoleServices.over(database, audit, clock);
        peopleEdits = PeopleEdits.over(database, roles, audit, clock);
        planning = new ImportPlanning(stores, reader(), readers(), settled);
        applying = new ImportApplying(stores, targets, settled, roles.guard(), audit, clock);
        people = new PersonStore(database, clock);
        rows = new MirrorRows(database);
    }

    private MirrorReader reader() {
        return new MirrorReader(database, clock);
    }

    private static TenantReaders readers() {
        return _ -> {
            throw new IllegalStateException("nothing is read here");
        };
    }

    ImportService imports() {
        return new ImportService(stores, reader(), readers(), roles, audit, clock);
    }

    @Override
    public void close() {
        database.close();
    }
}
