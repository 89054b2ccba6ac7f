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
        signIn = LocalSignIn.over(directory.database, users, audit, directory.clock);
        accounts = new LocalAccountService(directory.database, users, audit, directory.clock);
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
    void tenFailuresCloseTheAccountForAQuarterOfAnHour() {
        first();
        for (int i = 1; i < LocalSignIn.MAX_FAILURES; i++) {
            assertEquals("signin.refused", refused("root", "wrong " + i).code());
        }
        assertEquals("signin.locked", refused("root", "wrong again").code());
        assertEquals("signin.locked", refused("root", PASSWORD).code());
        directory.clock.advance(LocalSignIn.LOCKOUT.minus(Duration.ofSeconds(1)));
        assertEquals("signin.locked", refused("root", PASSWORD).code());
        directory.clock.advance(Duration.ofSeconds(1));
        assertEquals("signin.refused", refused("root", "one more is no lock again").code());
        Actor entered = enter("root", PASSWORD);
        assertTrue(
                audit.count(entered, new AuditFilter(null, null, null, "signin.locked", null, null, null, null)) == 1);
        assertTrue(audit.verify(entered).intact());
    }

    @Test
    void aSuccessForgetsFailures() {
        first();
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i < LocalSignIn.MAX_FAILURES; i++) {
                assertEquals("signin.refused", refused("root", "wrong").code());
            }
            enter("root", PASSWORD);
        }
    }

    @Test
    void whoIsDeactivatedIsToldOnlyWithTheRightPassword() {
        Actor root = first();
        UserRow other = accounts.add(root, "other", "Other Person", null, "User", "another long one".toCharArray());
        assertEquals(Set.of(Permission.VIEW_OWN_PROFILE), enter("other", "another long one").permissions());
        new PersonStore(directory.database, directory.clock).setDisabledByHand(List.of(other.id()), true);
        assertEquals("signin.disabled", refused("other", "another long one").code());
        assertEquals("signin.refused", refused("other", "wrong").code());
    }

    @Test
    void passwordsAreChangedAndReset() {
        Actor root = first();
        UserRow other = accounts.add(root, "other", null, null, "User", "another long one".toCharArray());
        Actor entered = enter("other", "another long one");
        assertEquals("password.wrong", assertThrows(RollcallException.class, () -> accounts.changeOwn(entered,
                "guess".toCharArray(), "brand new words".toCharArray())).code());
        accounts.changeOwn(entered, "another long one".toCharArray(), "brand new words".toCharArray());
        refused("other", "another long one");
        enter("other", "brand new words");
        for (int i = 0; i < LocalSignIn.MAX_FAILURES; i++) {
            refused("other", "wrong");
        }
        accounts.reset(root, other.id(), "given by an admin".toCharArray());
        enter("other", "given by an admin");
        assertEquals(ErrorKind.NOT_ALLOWED, assertThrows(RollcallException.class,
                () -> accounts.reset(entered, Objects.requireNonNull(root.userId()), PASSWORD.toCharArray())).kind());
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class,
                () -> accounts.reset(root, other.id(), "short".toCharArray())).kind());
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
        String one = PasswordHash.of(PASSWORD.toCharArray());
        String other = PasswordHash.of(PASSWORD.toCharArray());
        assertNotEquals(one, other);
        assertTrue(one.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), one);
        assertTrue(PasswordHash.matches(PASSWORD.toCharArray(), one));
        assertFalse(PasswordHash.matches("other words here".toCharArray(), one));
    }

    /// From the reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`.
    @Test
    void hashesOfOthersAreUnderstood() {
        assertTrue(PasswordHash.matches("password".toCharArray(), "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                + "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
    }
}
