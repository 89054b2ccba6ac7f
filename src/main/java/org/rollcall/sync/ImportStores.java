package org.rollcall.sync;

import java.time.Clock;

import org.rollcall.store.AppliedRuns;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.ChangeStore;
import org.rollcall.store.Database;
import org.rollcall.store.DirectoryStore;
import org.rollcall.store.MirrorStore;
import org.rollcall.store.ProfileStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.RuleStore;
import org.rollcall.store.RunStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TenantStore;

/// The tables that an import reads and writes.
record ImportStores(Database database, TenantStore tenants, ProfileStore profiles, RuleStore rules, RoleStore roles,
        SettingStore settings, RunStore runs, AppliedRuns applied, ChangeStore changes, DirectoryStore directory,
        MirrorStore mirrors, AssignmentStore assignments) {
    static ImportStores of(Database database, Clock clock) {
        return new ImportStores(database, new TenantStore(database), new ProfileStore(database, clock),
                new RuleStore(database), new RoleStore(database), new SettingStore(database), new RunStore(database),
                new AppliedRuns(database), new ChangeStore(database), new DirectoryStore(database),
                new MirrorStore(database, clock),
                new AssignmentStore(database, clock));
    }
}
