package org.rollcall.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.UserRow;
import org.rollcall.domain.UserStatus;
import org.rollcall.roles.Actors;
import org.rollcall.source.CallControl;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.Database;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.LocalAccountStore.LocalAccount;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Signs people in with local accounts, which need no directory.
///
/// Unknown names and wrong passwords get the same answer, take the same time and are locked the same way ([Lockout]).
public final class LocalSignIn {
    /// The id of no account.
    private static final long NOBODY = 0;

    private final Stores stores;
    private final PasswordHash hashes;
    private final Lockout lockout;
    private final SignInLog log;
    private final Actors actors;
    private final Clock clock;

    /// The database of accounts and people.
    record Stores(Database database, LocalAccountStore accounts, PersonStore people, UserQueries users,
            RoleStore roles, AssignmentStore assignments, AuthSettingsStore settings) {}

    LocalSignIn(Stores stores, HashCost cost, AuditService audit, Clock clock) {
        this.stores = stores;
        this.hashes = new PasswordHash(cost);
        this.lockout = new Lockout(stores.database, stores.accounts, stores.settings, clock);
        this.log = new SignInLog(audit);
        this.actors = new Actors(stores.database, audit, clock);
        this.clock = clock;
    }

    /// With all stores on one database.
    public static LocalSignIn over(Database database, UserQueries users, AuditService audit, Clock clock) {
        return over(database, users, audit, HashCost.STANDARD, clock);
    }

    static LocalSignIn over(Database database, UserQueries users, AuditService audit, HashCost cost, Clock clock) {
        return new LocalSignIn(new Stores(database, new LocalAccountStore(database), new PersonStore(database, clock),
                users, new RoleStore(database), new AssignmentStore(database, clock), new AuthSettingsStore(database)),
                cost, audit, clock);
    }

    /// Whether the first administrator exists.
    public boolean isInitialised() {
        return !stores.accounts.isEmpty();
    }

    /// Whether there is a local account with this user name.
    boolean knows(String username) {
        return idOf(username).isPresent();
    }

    /// Creates the first local account, an administrator.
    ///
    /// @param origin "window", "command line" or "service", with the machine's name
    /// @throws RollcallException INPUT: a local account exists; user name or password is not allowed
    public Actor createFirstAdministrator(String username, char[] password, String origin) {
        String name = Usernames.checked(username);
        PasswordRules.require(name, password);
        String hash = hashes.of(password);
        return stores.database.transaction(() -> {
            if (isInitialised()) {
                throw RollcallException.input("folder.initialised",
                        Words.of("signin.folder.initialised"),
                        Words.of("signin.folder.initialised.remedy"));
            }
            Role administrator = stores.roles.require(Role.ADMINISTRATOR);
            long id = stores.people.insertLocal(name, name, null);
            stores.accounts.insert(id, hash, clock.instant());
            stores.assignments.set(Set.of(id), administrator.id(), RoleSource.MANUAL, null, name);
            new SettingStore(stores.database).raiseDirectoryRevision();
            Actor actor = actors.of(id, name, origin);
            log.record(actor, "user.add", id, name, Map.of("role", administrator.name()));
            return actor;
        });
    }

    /// @param origin as for [#createFirstAdministrator]
    /// @throws SignInRefusedException wrong name or password, locked, deactivated; PASSWORD_EXPIRED: the password was set by an
    ///                                administrator, see [#signInChanging]
    public Actor signIn(String username, char[] password, String origin) {
        return signIn(username, password, origin, Waits.sleeping());
    }

    /// @param control is notified when the attempt has to wait
    /// @throws CancellationException if the caller cancelled
    public Actor signIn(String username, char[] password, String origin, CallControl control) {
        Proved proved = prove(username, password, origin, control);
        if (proved.account.mustChange()) {
            log.refused(proved.user, SignInMode.LOCAL, SignInOutcome.PASSWORD_EXPIRED, null, origin);
            throw mustChange();
        }
        return admit(proved, password, null, origin);
    }

    /// Signs in and changes the password at once, which is required after an administrator has set it.
    ///
    /// @throws SignInRefusedException as [#signIn], PASSWORD_EXPIRED apart
    /// @throws RollcallException      INPUT: the new password is not allowed, or is the old one
    public Actor signInChanging(String username, char[] password, char[] newPassword, String origin,
            CallControl control) {
        Proved proved = prove(username, password, origin, control);
        PasswordRules.require(proved.user.username(), newPassword);
        PasswordRules.requireOther(password, newPassword);
        return admit(proved, newPassword, hashes.of(newPassword), origin);
    }

    /// Somebody whose password was right and who may sign in, after changing it if necessary.
    ///
    /// @param glass the break-glass account, used as such
    record Proved(UserRow user, LocalAccount account, boolean glass) {}

    /// Checks the password only, not what follows from it.
    ///
    /// @throws SignInRefusedException as [#signIn]
    Proved prove(String username, char[] password, String origin, CallControl control) {
        return prove(username, password, origin, control, log);
    }

    private Proved prove(String username, char[] password, String origin, CallControl control, SignInLog log) {
        if (password.length == 0) {
            log.refusedUnknown(SignInMode.LOCAL, SignInOutcome.WRONG_PASSWORD, null, origin);
            throw refusal(SignInOutcome.WRONG_PASSWORD, Words.of("signin.localSignIn.wrongPassword"),
                    Words.of("signin.localSignIn.wrongPassword.remedy"));
        }
        Optional<Long> id = idOf(username);
        if (id.isEmpty()) {
            throw unknown(username, password, origin, log);
        }
        Lockout.Turn turn = lockout.reserve(id.get());
        UserRow user = stores.users.byId(id.get()).orElseThrow();
        if (turn.refused()) {
            log.refused(user, SignInMode.LOCAL, SignInOutcome.LOCKED, null, origin);
            throw locked(turn);
        }
        if (turn.pause().isPositive()) {
            control.pause(turn.pause(), Words.of("signin.localSignIn.afterManyWrongPasswordsThe").english());
        }
        LocalAccount account = stores.accounts.byUserId(id.get()).orElseThrow();
        if (!hashes.matches(password, account.passwordHash())) {
            if (turn.closes() && !turn.glass()) {
                log.locked(user, SignInMode.LOCAL, origin);
                throw locked(turn);
            }
            log.refused(user, SignInMode.LOCAL, SignInOutcome.WRONG_PASSWORD, null, origin);
            throw wrong();
        }
        if (user.status() != UserStatus.ACTIVE) {
            stores.database.transaction(() -> {
                lockout.succeeded(user.id());
                log.refused(user, SignInMode.LOCAL, SignInOutcome.DEACTIVATED, null, origin);
            });
            throw refusal(SignInOutcome.DEACTIVATED, Words.of("signin.localSignIn.deactivated", user.username()),
                    Words.of("signin.localSignIn.deactivated.remedy"));
        }
        stores.database.transaction(() -> lockout.succeeded(user.id()));
        return new Proved(user, account, turn.glass());
    }

    /// Whether the password would be accepted. Counts as an attempt, since tests could be used for guessing; recorded by the
    /// caller.
    void test(String username, char[] password, String origin, CallControl control) {
        if (prove(username, password, origin, control, SignInLog.silent()).account.mustChange()) {
            throw mustChange();
        }
    }

    private SignInRefusedException unknown(String username, char[] password, String origin, SignInLog log) {
        Lockout.Turn turn = lockout.reserveUnknown(username.strip());
        // The same queries run for an unknown name; otherwise the time would tell them apart.
        stores.users.byId(NOBODY);
        if (turn.refused()) {
            log.refusedUnknown(SignInMode.LOCAL, SignInOutcome.LOCKED, null, origin);
            return locked(turn);
        }
        stores.accounts.byUserId(NOBODY);
        hashes.pretend(password);
        log.refusedUnknown(SignInMode.LOCAL, SignInOutcome.UNKNOWN_USER, null, origin);
        return turn.closes() ? locked(turn) : wrong();
    }

    /// @param newHash null: the password is unchanged
    private Actor admit(Proved proved, char[] password, @Nullable String newHash, String origin) {
        UserRow user = proved.user;
        Actor actor = actors.of(user.id(), user.username(), origin);
        String stored = proved.account.passwordHash();
        // Before the transaction, since a hash takes long.
        String stronger = newHash == null && hashes.isWeak(stored) ? hashes.of(password) : null;
        stores.database.transaction(() -> {
            if (newHash != null) {
                stores.accounts.setPassword(user.id(), newHash, false, clock.instant());
                log.record(actor, "password.change", user.id(), user.shownName(), Map.of());
            } else if (stronger != null) {
                stores.accounts.rehash(user.id(), stored, stronger);
            }
            log.admitted(actor, user, SignInMode.LOCAL);
            if (proved.glass) {
                stores.settings.breakGlassUsed(clock.instant());
                log.record(actor, "signin.break-glass", user.id(), user.shownName(), new LinkedHashMap<>());
            }
        });
        return actor;
    }

    private Optional<Long> idOf(String username) {
        String name = username.strip();
        return Usernames.isPossible(name) ? stores.accounts.userIdOf(name) : Optional.empty();
    }

    private static SignInRefusedException wrong() {
        return refusal(SignInOutcome.WRONG_PASSWORD, Words.of("signin.localSignIn.wrongPassword2"),
                Words.of("signin.localSignIn.wrongPassword2.remedy"));
    }

    private static SignInRefusedException locked(Lockout.Turn turn) {
        Words wait = Words.of("signin.localSignIn.locked.remedy",
                words(turn.refused() ? turn.pause() : Lockout.delay(turn.failures())));
        return turn.overall()
                ? refusal(SignInOutcome.LOCKED, Words.of("signin.localSignIn.locked"), wait)
                : refusal(SignInOutcome.LOCKED, Words.of("signin.localSignIn.locked2", Lockout.FREE), wait);
    }

    private static SignInRefusedException mustChange() {
        SignInRefusedException refusal = refusal(SignInOutcome.PASSWORD_EXPIRED,
                Words.of("signin.localSignIn.passwordExpired"),
                Words.of("signin.localSignIn.passwordExpired.remedy"));
        refusal.onCommandLine(Words.of("signin.localSignIn.mustChange.remedy.cli"));
        return refusal;
    }

    private static SignInRefusedException refusal(SignInOutcome outcome, Words message, Words remedy) {
        return new SignInRefusedException(outcome, null, message, remedy, null);
    }

    private static Words words(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        if (seconds < 120) {
            return Words.of("signin.wait.seconds", seconds);
        }
        return Words.of("signin.wait.minutes", (seconds + 59) / 60);
    }
}
