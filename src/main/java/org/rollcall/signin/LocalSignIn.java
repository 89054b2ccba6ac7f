package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.LocalAccountStore.LocalAccount;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.UserQueries;

/// Signs people in with accounts that live here alone: the way in that needs no directory.
///
/// Unknown name and wrong password are answered alike and take alike long. Ten wrong passwords in a row close the account
/// for a quarter of an hour.
public final class LocalSignIn {
    static final int MAX_FAILURES = 10;
    static final Duration LOCKOUT = Duration.ofMinutes(15);

    private final Database database;
    private final LocalAccountStore accounts;
    private final PersonStore people;
    private final UserQueries users;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final AuditService audit;
    private final Clock clock;

    public LocalSignIn(Database database, LocalAccountStore accounts, PersonStore people, UserQueries users,
            RoleStore roles, AssignmentStore assignments, AuditService audit, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.people = people;
        this.users = users;
        this.roles = roles;
        this.assignments = assignments;
        this.audit = audit;
        this.clock = clock;
    }

    /// All from one data base.
    public static LocalSignIn over(Database database, UserQueries users, AuditService audit, Clock clock) {
        return new LocalSignIn(database, new LocalAccountStore(database), new PersonStore(database, clock), users,
                new RoleStore(database), new AssignmentStore(database, clock), audit, clock);
    }

    /// Whether the first administrator has been made.
    public boolean isInitialised() {
        return !accounts.isEmpty();
    }

    /// Makes the first local account, an administrator.
    ///
    /// @param origin "window", "command line" or "service", with the machine's name
    /// @throws RollcallException INPUT: there is a local account already; user name or password break the rules
    public Actor createFirstAdministrator(String username, char[] password, String origin) {
        String name = Usernames.checked(username);
        PasswordRules.require(name, password);
        String hash = PasswordHash.of(password);
        return database.transaction(() -> {
            if (isInitialised()) {
                throw RollcallException.input("folder.initialised",
                        "the data folder already has its first administrator",
                        "sign in as that one");
            }
            Role administrator = roles.require(Role.ADMINISTRATOR);
            long id = people.insertLocal(name, name, null);
            accounts.insert(id, hash, clock.instant());
            assignments.set(Set.of(id), administrator.id(), RoleSource.MANUAL, null, name);
            var actor = new Actor(id, name, origin, administrator.permissions());
            audit.record(actor, "user.add", "USER", Long.toString(id), name, Map.of("role", administrator.name()),
                    null);
            return actor;
        });
    }

    /// @param origin as for [#createFirstAdministrator]
    /// @throws RollcallException NOT_SIGNED_IN: wrong name or password, locked, deactivated
    public Actor signIn(String username, char[] password, String origin) {
        Optional<Long> id = accounts.userIdOf(username.strip());
        if (id.isEmpty()) {
            PasswordHash.pretend(password);
            audit.record(new Actor(null, "unknown", origin, Set.of()), "signin.refused", null, null, null, Map.of(),
                    null);
            throw refused();
        }
        LocalAccount account = accounts.byUserId(id.get()).orElseThrow();
        UserRow user = users.byId(id.get()).orElseThrow();
        Instant now = clock.instant();
        requireUnlocked(account, user, origin, now);
        if (!PasswordHash.matches(password, account.passwordHash())) {
            boolean locks = countFailure(user, origin, now);
            throw locks ? locked(now.plus(LOCKOUT)) : refused();
        }
        if (user.status() != UserStatus.ACTIVE) {
            note(user, origin, "signin.refused", Map.of("because", user.status().name()));
            throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.disabled",
                    "the account " + user.username() + " is deactivated", "ask an administrator to activate it");
        }
        Set<Permission> permissions = roles.byId(user.roleId()).map(Role::permissions).orElse(Set.of());
        var actor = new Actor(user.id(), user.username(), origin, permissions);
        database.transaction(() -> {
            if (account.failedAttempts() > 0 || account.lockedUntil() != null) {
                accounts.setAttempts(user.id(), 0, null);
            }
            audit.record(actor, "signin", "USER", Long.toString(user.id()), user.shownName(), Map.of("way", "local"),
                    null);
        });
        return actor;
    }

    private void requireUnlocked(LocalAccount account, UserRow user, String origin, Instant now) {
        @Nullable
        Instant until = account.lockedUntil();
        if (until != null && now.isBefore(until)) {
            note(user, origin, "signin.refused", Map.of("because", "LOCKED"));
            throw locked(until);
        }
    }

    /// @return whether this failure closes the account
    private boolean countFailure(UserRow user, String origin, Instant now) {
        return database.transaction(() -> {
            // Read again: others may be trying at the same time, and none of their failures may get lost.
            int failures = accounts.byUserId(user.id()).map(LocalAccount::failedAttempts).orElse(0) + 1;
            boolean locks = failures >= MAX_FAILURES;
            accounts.setAttempts(user.id(), locks ? 0 : failures, locks ? now.plus(LOCKOUT) : null);
            note(user, origin, locks ? "signin.locked" : "signin.refused", Map.of("because", "PASSWORD"));
            return locks;
        });
    }

    private void note(UserRow user, String origin, String action, Map<String, @Nullable Object> detail) {
        audit.record(new Actor(user.id(), user.username(), origin, Set.of()), action, "USER", Long.toString(user.id()),
                user.shownName(), detail, null);
    }

    private static RollcallException refused() {
        return new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.refused",
                "the user name or the password is wrong",
                "try again, or ask an administrator for a new password");
    }

    private static RollcallException locked(Instant until) {
        return new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.locked",
                "the account is locked after " + MAX_FAILURES + " wrong passwords",
                "wait " + LOCKOUT.toMinutes() + " minutes and try again", Map.of("until", until.toString()), null);
    }
}
