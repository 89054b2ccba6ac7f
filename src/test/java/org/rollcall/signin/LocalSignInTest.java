package org.rollcall.signin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.UserRow;
import org.rollcall.store.AuditStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.LocalAccountStore;
import org.rollcall.store.PersonStore;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LocalSignInTest {
    private static final String PASSWORD = "unrelated words here";
    static final HashCost CHEAP = new HashCost(64, 1, 1);

    @TempDir
    Path folder;
    TestDirectory directory;
    AuditService audit;
    UserQueries users;
    LocalSignIn signIn;
    LocalAccountService accounts;

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        users = new UserQueries(directory.database, new GroupNesting(directory.database));
        signIn = LocalSignIn.over(directory.database, users, audit, CHEAP, directory.clock);
        accounts = new LocalAccountService(directory.database, users, signIn, CHEAP, audit, directory.clock);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private Actor first() {
        return signIn.createFirstAdministrator(" Root ", PASSWORD.toCharArray(), "command line, HOST");
    }

    private Actor enter(String name, String password) {
        return signIn.signIn(name, password.toCharArray(), "window, HOST");
    }

    private RollcallException refused(String name, String password) {
        var refusal = assertThrows(RollcallException.class, () -> enter(name, password));
        assertEquals(ErrorKind.NOT_SIGNED_IN, refusal.kind());
        return refusal;
    }

    @Test
    void theFirstAdministratorMayDoEverything() {
        assertFalse(signIn.isInitialised());
        Actor made = first();
        assertTrue(signIn.isInitialised());
        Actor entered = enter("ROOT", PASSWORD);
        assertEquals(EnumSet.allOf(Permission.class), entered.permissions());
        assertEquals(made.userId(), entered.userId());
        assertEquals("Root", entered.name());
        var again = assertThrows(RollcallException.class,
                () -> signIn.createFirstAdministrator("other", PASSWORD.toCharArray(), "x"));
        assertEquals(ErrorKind.INPUT, again.kind());
        assertEquals(List.of("signin", "user.add"), audit.list(made, AuditFilter.everything(), null, 9).rows().stream()
                .map(AuditEvent::action).toList());
    }

    @Test
    void unknownNameAndWrongPasswordSoundAlike() {
        first();
        RollcallException wrong = refused("root", "not the password");
        RollcallException unknown = refused("nobody", PASSWORD);
        assertEquals(wrong.message(), unknown.message());
        assertEquals(wrong.code(), unknown.code());
        directory.person(directory.tenant("Contoso"), "Ada", "ada@contoso.com");
        assertEquals(wrong.message(), refused("ada@contoso.com", PASSWORD).message());
        refused("root", "");
        refused("", "");
    }

    @Test
    void tenFailuresCloseTheAccountForAQuarterOfAnHourAndEachFurtherOneForTwiceAsLong() {
        Actor root = first();
        accounts.add(root, "other", null, null, "User", "another long one".toCharArray());
        for (int i = 1; i < Lockout.FREE; i++) {
            assertEquals("signin.wrong-password", refused("other", "wrong " + i).code());
        }
        assertEquals("signin.locked", refused("other", "wrong again").code());
        assertEquals("wait 15 minutes and try again", refused("other", "another long one").remedy());
        directory.clock.advance(Lockout.FIRST.minus(Duration.ofSeconds(1)));
        assertEquals("wait 1 second and try again", refused("other", "another long one").remedy());
        directory.clock.advance(Duration.ofSeconds(1));
        assertEquals("wait 30 minutes and try again", refused("other", "one more locks for longer").remedy());
        directory.clock.advance(Lockout.FIRST.multipliedBy(2));
        assertEquals("wait 60 minutes and try again", refused("other", "and longer").remedy());
        directory.clock.advance(Lockout.LONGEST);
        assertEquals("wait 60 minutes and try again", refused("other", "an hour at most").remedy());
        directory.clock.advance(Lockout.LONGEST);
        enter("other", "another long one");
        assertEquals("signin.wrong-password", refused("other", "all is forgotten").code());
        assertEquals(4, audit.count(root, new AuditFilter(null, null, null, "signin.locked", null, null, null, null)));
        assertTrue(audit.verify(root).intact());
    }

    @Test
    void aSuccessForgetsFailures() {
        accounts.add(first(), "other", null, null, "User", "another long one".toCharArray());
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < Lockout.FREE; i++) {
                assertEquals("signin.wrong-password", refused("other", "wrong").code());
            }
            enter("other", "another long one");
        }
    }

    @Test
    void whoIsDeactivatedIsToldOnlyWithTheRightPassword() {
        Actor root = first();
        UserRow other = accounts.add(root, "other", "Other Person", null, "User", "another long one".toCharArray());
        assertEquals(Set.of(Permission.VIEW_OWN_PROFILE), enter("other", "another long one").permissions());
        new PersonStore(directory.database, directory.clock).setDisabledByHand(List.of(other.id()), true);
        assertEquals("signin.deactivated", refused("other", "another long one").code());
        assertEquals("signin.wrong-password", refused("other", "wrong").code());
    }

    @Test
    void passwordsAreChangedAndReset() {
        Actor root = first();
        UserRow other = accounts.add(root, "other", null, null, "User", "another long one".toCharArray());
        Actor entered = enter("other", "another long one");
        assertEquals("signin.wrong-password", assertThrows(RollcallException.class, () -> accounts.changeOwn(entered,
                "guess".toCharArray(), "brand new words".toCharArray())).code());
        assertEquals("password.same", assertThrows(RollcallException.class, () -> accounts.changeOwn(entered,
                "another long one".toCharArray(), "another long one".toCharArray())).code());
        accounts.changeOwn(entered, "another long one".toCharArray(), "brand new words".toCharArray());
        refused("other", "another long one");
        enter("other", "brand new words");
        for (int i = 0; i < Lockout.FREE; i++) {
            refused("other", "wrong");
        }
        accounts.reset(root, other.id(), "given by an admin".toCharArray());
        var expired = refused("other", "given by an admin");
        assertEquals("signin.password-expired", expired.code());
        assertEquals("choose one of your own with rollcall users change-password", expired.commandRemedy());
        assertEquals("password.same",
                assertThrows(RollcallException.class, () -> signIn.signInChanging("other",
                        "given by an admin".toCharArray(), "given by an admin".toCharArray(), "x", Waits.sleeping()))
                        .code());
        signIn.signInChanging("other", "given by an admin".toCharArray(), "my very own words".toCharArray(), "x",
                Waits.sleeping());
        enter("other", "my very own words");
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> accounts.reset(entered, Objects.requireNonNull(root.userId()), PASSWORD.toCharArray())).kind());
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class,
                () -> accounts.reset(root, other.id(), "short".toCharArray())).kind());
    }

    @Test
    void aPasswordThatIsMadeHereIsGoodForChangingIt() {
        Actor root = first();
        UserRow other = accounts.add(root, "other", null, null, "User", "another long one".toCharArray());
        char[] made = accounts.reset(root, other.id());
        assertTrue(new String(made).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"), new String(made));
        assertEquals("signin.password-expired", refused("other", new String(made)).code());
        signIn.signInChanging("other", made, "my very own words".toCharArray(), "x", Waits.sleeping());
        enter("other", "my very own words");
    }

    @Test
    void weakHashesAreMadeStrongerAtSignIn() {
        first();
        var store = new LocalAccountStore(directory.database);
        long id = users.find("root").id();
        String weak = store.byUserId(id).orElseThrow().passwordHash();
        var dear = new HashCost(128, 2, 1);
        LocalSignIn.over(directory.database, users, audit, dear, directory.clock).signIn("root",
                PASSWORD.toCharArray(), "x");
        String strong = store.byUserId(id).orElseThrow().passwordHash();
        assertTrue(weak.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), weak);
        assertTrue(strong.startsWith("$argon2id$v=19$m=128,t=2,p=1$"), strong);
        enter("root", PASSWORD);
        assertEquals(strong, store.byUserId(id).orElseThrow().passwordHash(), "never made weaker again");
    }

    @Test
    void whoManagesPeopleCannotMakeThemselvesMore() {
        first();
        var helpdesk = new Actor(null, "helpdesk", "window", Set.of(Permission.VIEW_OWN_PROFILE,
                Permission.MANAGE_USERS, Permission.CHANGE_ROLES));
        assertEquals("role.beyond-own", assertThrows(RollcallException.class, () -> accounts.add(helpdesk, "mine", null,
                null, "Administrator", PASSWORD.toCharArray())).code());
        assertEquals("role.beyond-own", assertThrows(RollcallException.class,
                () -> accounts.reset(helpdesk, users.find("root").id(), PASSWORD.toCharArray())).code());
        accounts.add(helpdesk, "theirs", null, null, "User", PASSWORD.toCharArray());
        assertEquals("user.name-taken", assertThrows(RollcallException.class, () -> accounts.add(helpdesk, "THEIRS",
                null, null, "User", PASSWORD.toCharArray())).code());
    }

    @Test
    void accentsMatchHoweverTheKeyboardWritesThem() {
        signIn.createFirstAdministrator("root", "caf\u00e9 caf\u00e9 caf\u00e9".toCharArray(), "x");
        enter("root", "cafe\u0301 cafe\u0301 cafe\u0301");
        refused("root", "cafe cafe cafe");
    }

    @Test
    void onePasswordHasManyHashes() {
        var hashes = new PasswordHash(HashCost.STANDARD);
        String one = hashes.of(PASSWORD.toCharArray());
        String other = hashes.of(PASSWORD.toCharArray());
        assertNotEquals(one, other);
        assertTrue(one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), one);
        assertTrue(hashes.matches(PASSWORD.toCharArray(), one));
        assertFalse(hashes.matches("other words here".toCharArray(), one));
    }

    /// From the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`.
    @Test
    void hashesOfOthersAreUnderstoodUnlessTheyCostTooMuch() {
        var hashes = new PasswordHash(CHEAP);
        String known = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertTrue(hashes.matches("password".toCharArray(), known));
        for (String cost : List.of("m=9999999,t=2,p=1", "m=65536,t=999,p=1", "m=65536,t=2,p=99", "m=0,t=0,p=0")) {
            RollcallException damaged = assertThrows(RollcallException.class,
                    () -> hashes.matches("password".toCharArray(), known.replace("m=65536,t=2,p=1", cost)), cost);
            assertEquals(ErrorKind.STORAGE, damaged.kind());
        }
    }
}
