package org.rollcall.people;

import java.time.Clock;

import org.rollcall.audit.AuditService;
import org.rollcall.roles.RoleServices;
import org.rollcall.store.Database;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.IdentityStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.PurgeStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.UserQueries;

/// Creates the services for manual changes of people, which share the guard and the checks of permissions.
public record PeopleEdits(AccountService accounts, LinkService links, PurgeService purges) {

    public static PeopleEdits over(Database database, RoleServices roles, AuditService audit, Clock clock) {
        var settings = new SettingStore(database);
        var users = new UserQueries(database, new GroupNesting(database));
        var guard = roles.guard();
        var powers = roles.powers();
        return new PeopleEdits(
                new AccountService(new PersonStore(database, clock), settings, powers, guard, audit),
                new LinkService(new IdentityStore(database, clock), users, settings, powers, guard, audit),
                new PurgeService(new PurgeStore(database, clock), settings, powers, guard, audit, clock));
    }
}
