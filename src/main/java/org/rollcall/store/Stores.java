package org.rollcall.store;

import java.time.Clock;

/// The tables that imports and what follows them read and write, over one database: made once, and handed on.
public record Stores(Database database, TenantStore tenants, ProfileStore profiles, RuleStore rules, RoleStore roles,
        SettingStore settings, RunStore runs, AppliedRuns applied, ChangeStore changes, DirectoryStore directory,
        MirrorStore mirrors, AssignmentStore assignments, PersonStore people, IdentityStore identities) {
    public static Stores over(Database database, Clock clock) {
        return new Stores(database, new TenantStore(database), new ProfileStore(database, clock),
                new RuleStore(database), new RoleStore(database), new SettingStore(database), new RunStore(database),
                new AppliedRuns(database), new ChangeStore(database), new DirectoryStore(database),
                new MirrorStore(database, clock),
                new AssignmentStore(database, clock), new PersonStore(database, clock),
                new IdentityStore(database, clock));
    }
}
