package org.rollcall.signin;

import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Tenant;
import org.rollcall.roles.Actors;
import org.rollcall.roles.AdministratorGuard;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.LdapDirectory;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.UserQueries;
import org.rollcall.vault.Vault;

/// Builds the services of this package, which share settings and accounts.
public record AuthServices(AuthenticationService authentication, SignInService signIn, SignInTest test,
        LocalSignIn local, LocalAccountService accounts, Sessions sessions) {

    /// Creates the adapters of external directories on demand: their libraries take a while to load.
    ///
    /// @param endpoint addresses of a tenant
    /// @param refresh  refreshes people who sign in
    public record Ports(Supplier<EntraIdentity> entra, Supplier<LdapDirectory> ldap,
            Function<Tenant, Endpoint> endpoint, PersonRefresh refresh) {}

    /// @param cost of password hashes created here
    public static AuthServices over(Database database, UserQueries users, Vault vault, Ports ports,
            AdministratorGuard guard, AuditService audit, HashCost cost, Clock clock) {
        var settings = new AuthSettingsStore(database);
        var passwords = new AdPasswords(settings, vault);
        var local = LocalSignIn.over(database, users, audit, cost, clock);
        var stores = AuthenticationService.Stores.over(database, users, clock);
        var outside = new OutsideSignIn(ports, stores, passwords);
        var log = new SignInLog(audit);
        return new AuthServices(new AuthenticationService(stores, passwords, ports.ldap(), guard, audit),
                new SignInService(local, outside, settings, stores.tenants(),
                        new RefreshAtSignIn(ports.refresh(), settings, users, clock),
                        new Actors(database, audit, clock), log),
                new SignInTest(local, outside, users, log), local,
                new LocalAccountService(database, users, local, cost, audit, clock),
                new Sessions(settings, audit, clock));
    }
}
