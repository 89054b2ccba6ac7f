package org.rollcall.signin;

import java.time.Clock;

import org.rollcall.audit.AuditService;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.store.Database;
import org.rollcall.store.UserQueries;
import org.rollcall.vault.Vault;

/// The services of sign-in with passwords whose hashes cost next to nothing, for tests that are about something else.
public final class CheapPasswords {
    public static final HashCost COST = new HashCost(64, 1, 1);

    private CheapPasswords() {}

    public static LocalSignIn signIn(Database database, UserQueries users, AuditService audit, Clock clock) {
        return LocalSignIn.over(database, users, audit, COST, clock);
    }

    public static LocalAccountService accounts(Database database, UserQueries users, AuditService audit, Clock clock) {
        return new LocalAccountService(database, users, signIn(database, users, audit, clock), COST, audit, clock);
    }

    public static AuthServices auth(Database database, UserQueries users, Vault vault, AuthServices.Ports ports,
            AdministratorGuard guard, AuditService audit, Clock clock) {
        return AuthServices.over(database, users, vault, ports, guard, audit, COST, clock);
    }
}
