package org.rollcall.signin;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.domain.Role;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.roles.Powers;
import org.rollcall.store.AssignmentStore;
import org.rollcall.store.Database;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.LocalAccountStore.LocalAccount;
import org.rollcall.store.PersonStore;
import org.rollcall.store.RoleStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;

/// Adds local accounts and changes their passwords.
public final class LocalAccountService {
    private final Database database;
    private final LocalAccountStore accounts;
    private final PersonStore people;
    private final UserQueries users;
    private final RoleStore roles;
    private final AssignmentStore assignments;
    private final LocalSignIn signIn;
    private final PasswordHash hashes;
    private final Powers powers;
    private final AuditService audit;
    private final Clock clock;

    /// @param signIn counts wrong passwords
    public LocalAccountService(Database database, UserQueries users, LocalSignIn signIn, AuditService audit,
            Clock clock) {
        this(database, users, signIn, HashCost.STANDARD, audit, clock);
    }

    LocalAccountService(Database database, UserQueries users, LocalSignIn signIn, HashCost cost, AuditService audit,
            Clock clock) {
        this.signIn = signIn;
        this.hashes = new PasswordHash(cost);
        this.database = database;
        this.accounts = new LocalAccountStore(database);
        this.people = new PersonStore(database, clock);
        this.users = users;
        this.roles = new RoleStore(database);
        this.assignments = new AssignmentStore(database, clock);
        this.powers = new Powers(database, clock);
        this.audit = audit;
        this.clock = clock;
    }

    /// Adds a person without a tenant who signs in with a password.
    ///
    /// @throws RollcallException INPUT: the user name is taken, or the user name or password is not allowed; NOT_ALLOWED: the
    ///                           role has more permissions than the actor
    public UserRow add(Actor actor, String username, @Nullable String displayName, @Nullable String mail,
            String roleName, char[] password) {
        actor.require(Permission.MANAGE_USERS);
        Role role = roles.require(roleName);
        if (!role.name().equals(Role.USER)) {
            actor.require(Permission.CHANGE_ROLES);
        }
        Powers.requireGive(actor, role);
        String name = Usernames.checked(username);
        PasswordRules.require(name, password);
        String hash = hashes.of(password);
        return database.transaction(() -> {
            long id = people.insertLocal(name, blankToNull(displayName), blankToNull(mail));
            accounts.insert(id, hash, clock.instant());
            assignments.set(Set.of(id), role.id(), RoleSource.MANUAL, null, actor.name());
            new SettingStore(database).raiseDirectoryRevision();
            var detail = new LinkedHashMap<String, @Nullable Object>();
            detail.put("role", role.name());
            audit.record(actor, "user.add", "USER", Long.toString(id), displayName == null ? name : displayName, detail,
                    null);
            return users.byId(id).orElseThrow();
        });
    }

    /// Changes the actor's own password.
    ///
    /// @throws RollcallException NOT_SIGNED_IN: the old password is wrong, or the account is locked; INPUT: the new one is not
    ///                           allowed
    public void changeOwn(Actor actor, char[] oldPassword, char[] newPassword) {
        long id = Objects.requireNonNull(actor.userId(), "only people have passwords");
        account(id);
        UserRow user = users.byId(id).orElseThrow(() -> unknown(id));
        // Counted like a sign-in: somebody who finds an open window must not guess without limit.
        signIn.prove(user.username(), oldPassword, actor.origin(), Waits.sleeping());
        PasswordRules.requireOther(oldPassword, newPassword);
        set(actor, user, newPassword, false, "password.change");
    }

    /// Sets a password for somebody else that is valid for one sign-in, at which it has to be changed; also ends a lock.
    ///
    /// @throws RollcallException NOT_ALLOWED; INPUT: no local account, or the password is not allowed
    public void reset(Actor actor, long userId, char[] newPassword) {
        actor.require(Permission.MANAGE_USERS);
        UserRow user = users.byId(userId).orElseThrow(() -> unknown(userId));
        powers.requireOver(actor, List.of(userId), Words.of("roles.verb.changeThePasswordOf"));
        account(userId);
        boolean own = Objects.equals(actor.userId(), userId);
        set(actor, user, newPassword, !own, "password.reset");
    }

    /// The same with a generated password.
    ///
    /// @return the password, which is shown once and stored nowhere
    public char[] reset(Actor actor, long userId) {
        actor.require(Permission.MANAGE_USERS);
        char[] made = OneTimePassword.make();
        reset(actor, userId, made);
        return made;
    }

    private void set(Actor actor, UserRow user, char[] newPassword, boolean mustChange, String action) {
        PasswordRules.require(user.username(), newPassword);
        String hash = hashes.of(newPassword);
        database.transaction(() -> {
            accounts.setPassword(user.id(), hash, mustChange, clock.instant());
            audit.record(actor, action, "USER", Long.toString(user.id()), user.shownName(), Map.of(), null);
        });
    }

    private LocalAccount account(long userId) {
        return accounts.byUserId(userId).orElseThrow(() -> RollcallException.input("user.no-local-account",
                Words.of("signin.user.no-local-account"), Words.of("signin.user.no-local-account.remedy")));
    }

    private static RollcallException unknown(long userId) {
        return RollcallException.input("user.unknown", Words.of("signin.user.unknown", userId),
                Words.of("signin.user.unknown.remedy"));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
