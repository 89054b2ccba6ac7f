package org.rollcall.signin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.audit.AuditService;
import org.rollcall.domain.Actor;
import org.rollcall.domain.AdSettings;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Permission;
import org.rollcall.domain.RoleSource;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInMode;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.domain.Tenant;
import org.rollcall.domain.UserStatus;
import org.rollcall.people.PeopleEdits;
import org.rollcall.roles.RoleServices;
import org.rollcall.source.CallControl;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity;
import org.rollcall.source.LdapDirectory;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.store.AuditStore;
import org.rollcall.store.AuthSettingsStore;
import org.rollcall.store.GroupNesting;
import org.rollcall.store.SettingStore;
import org.rollcall.store.TestDirectory;
import org.rollcall.store.UserQueries;
import org.rollcall.text.Words;
import org.rollcall.vault.Vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Who is let in by which way, whoever proves who they are.
class SignInServiceTest {
    private static final String PASSWORD = "unrelated words here";
    private static final AdSettings AD = new AdSettings(List.of("ldaps://dc1"), false, "DC=contoso,DC=com", "CONTOSO",
            null, null, "searcher");

    @TempDir
    Path folder;
    TestDirectory directory;
    AuditService audit;
    AuthServices auth;
    RoleServices roles;
    PeopleEdits edits;
    Tenant contoso;
    Actor root;
    long ada;
    final FakeEntra entra = new FakeEntra();
    final FakeLdap ldap = new FakeLdap();
    PersonRefresh refresh = PersonRefresh.NONE;

    /// Lets in whom the test says, or refuses.
    private static final class FakeEntra implements EntraIdentity {
        @Nullable
        Proven proven;
        @Nullable
        SignInRefusedException refusal;
        final List<String> asked = new ArrayList<>();
        Runnable meanwhile = () -> {};

        private Proven answer(String way, Request request) {
            asked.add(way + " " + request.loginHint());
            meanwhile.run();
            if (refusal != null) {
                throw refusal;
            }
            return java.util.Objects.requireNonNull(proven);
        }

        @Override
        public Proven byBrowser(Request request, Consumer<URI> open, SignInTrail trail, CallControl control) {
            open.accept(URI.create("https://login.example/"));
            return answer("browser", request);
        }

        @Override
        public Proven byDeviceCode(Request request, Consumer<DeviceCode> show, SignInTrail trail, CallControl control) {
            show.accept(new DeviceCode("CODE", "https://login.example/device", Instant.EPOCH));
            return answer("device", request);
        }

        @Override
        public Proven byPassword(Request request, String userName, char[] password, SignInTrail trail,
                CallControl control) {
            return answer("password of " + userName, request);
        }
    }

    private static final class FakeLdap implements LdapDirectory {
        final List<String> asked = new ArrayList<>();
        String password = "right";
        @Nullable
        RollcallException unreachable;

        @Override
        public String prove(Settings settings, Account account, char[] given, SignInTrail trail, CallControl control) {
            asked.add(account.samAccountName() + " " + account.userPrincipalName() + " " + settings.bindPassword());
            if (!password.equals(new String(given))) {
                throw new SignInRefusedException(SignInOutcome.WRONG_PASSWORD, "49/52e", Words.verbatim("wrong"),
                        Words.verbatim("again"), null);
            }
            return "ldaps://dc1";
        }

        @Override
        public List<String> check(Settings settings, CallControl control) {
            if (unreachable != null) {
                throw unreachable;
            }
            return settings.servers();
        }
    }

    /// Types a password and sees what is shown.
    private static final class Prompts implements SignInPrompts {
        String password = PASSWORD;
        boolean display = true;
        final List<String> shown = new ArrayList<>();

        @Override
        public char[] password(String user) {
            shown.add("password");
            return password.toCharArray();
        }

        @Override
        public void browse(URI address) {
            shown.add(address.toString());
        }

        @Override
        public void show(DeviceCode code) {
            shown.add(code.userCode());
        }

        @Override
        public boolean hasDisplay() {
            return display;
        }
    }

    private final Prompts prompts = new Prompts();

    @BeforeEach
    void open() {
        directory = new TestDirectory(folder);
        audit = new AuditService(directory.database, new AuditStore(directory.database),
                new SettingStore(directory.database), directory.clock);
        roles = RoleServices.over(directory.database, audit, directory.clock);
        edits = PeopleEdits.over(directory.database, roles, audit, directory.clock);
        auth = CheapPasswords.auth(directory.database,
                new UserQueries(directory.database, new GroupNesting(directory.database)), Vault.open(folder),
                new AuthServices.Ports(() -> entra, () -> ldap,
                        tenant -> new Endpoint(tenant.directoryId(), "https://login", "https://graph", null, null),
                        (person, origin, control) -> refresh.refresh(person, origin, control)),
                roles.guard(), audit, directory.clock);
        root = auth.local().createFirstAdministrator("root", PASSWORD.toCharArray(), "test");
        contoso = directory.tenant("Contoso");
        ada = directory.person(contoso, "Ada", "ada@contoso.com");
        directory.person(contoso, "Bo", "bo@contoso.com");
        directory.sql("update directory_user set on_premises_sam_account_name = 'ada', sam_key = 'ada' where id = ?",
                ada);
        entra.proven = proven("ada@contoso.com");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private EntraIdentity.Proven proven(String name) {
        return new EntraIdentity.Proven(UUID.fromString(contoso.directoryId()), TestDirectory.uuid(name), name,
                "token");
    }

    private Actor enter(@Nullable SignInMode mode, String user) {
        return auth.signIn().signIn(new SignInRequest(mode, user, prompts), "test", Waits.sleeping());
    }

    private SignInOutcome refused(@Nullable SignInMode mode, String user) {
        return assertThrows(SignInRefusedException.class, () -> enter(mode, user)).outcome();
    }

    private void entraOn(SignInMode... modes) {
        auth.authentication().enableEntra(root, null, modes.length == 0 ? Set.of() : EnumSet.copyOf(List.of(modes)));
    }

    private void adOn() {
        auth.authentication().enableAd(root, AD, "look it up".toCharArray(), true, Waits.sleeping());
    }

    private AuditEvent newest() {
        return audit.list(root, AuditFilter.everything(), null, 1).rows().getFirst();
    }

    @Test
    void theWayIsTheFirstThatIsOn() {
        assertEquals(SignInMode.LOCAL, auth.signIn().wayOf("ada@contoso.com", true));
        entraOn();
        assertEquals(SignInMode.BROWSER, auth.signIn().wayOf("ada@contoso.com", true));
        assertEquals(SignInMode.DEVICE, auth.signIn().wayOf("ada@contoso.com", false));
        assertEquals(SignInMode.LOCAL, auth.signIn().wayOf("ROOT", true));
        entraOn(SignInMode.BROWSER, SignInMode.PASSWORD);
        assertEquals(SignInMode.BROWSER, auth.signIn().wayOf("ada@contoso.com", false));
        entraOn(SignInMode.PASSWORD);
        assertEquals(SignInMode.PASSWORD, auth.signIn().wayOf("ada@contoso.com", true));
        auth.authentication().disableEntra(root);
        adOn();
        assertEquals(SignInMode.AD, auth.signIn().wayOf("ada@contoso.com", true));
    }

    @Test
    void whoIsProvedIsLetIn() {
        entraOn();
        Actor actor = enter(null, "Ada@Contoso.com");
        assertEquals(ada, actor.userId());
        assertEquals(Set.of(Permission.VIEW_OWN_PROFILE), actor.permissions());
        assertEquals(List.of("https://login.example/"), prompts.shown);
        assertEquals(List.of("browser ada@contoso.com"), entra.asked);
        assertEquals("signin {way=browser}", newest().action() + " " + newest().detail());
        assertEquals(ada, enter(SignInMode.DEVICE, "").userId(), "nobody has to say who they are");
        assertEquals("CODE", prompts.shown.getLast());
        enter(SignInMode.BROWSER, "root");
        assertEquals(2, entra.asked.size(), "local accounts always sign in locally");
    }

    @Test
    void thePersonIsTheTokensNotTheNames() {
        entraOn();
        entra.proven = new EntraIdentity.Proven(UUID.fromString(contoso.directoryId()), TestDirectory.uuid("stranger"),
                "ada@contoso.com", "token");
        assertEquals(SignInOutcome.OTHER_PERSON, refused(null, "ada@contoso.com"));
        assertEquals(SignInOutcome.NOT_IMPORTED, refused(null, ""));
        entra.proven = new EntraIdentity.Proven(new UUID(1, 1), TestDirectory.uuid("ada@contoso.com"),
                "ada@contoso.com", "token");
        assertEquals(SignInOutcome.NOT_IMPORTED, refused(null, ""));
        entra.proven = proven("bo@contoso.com");
        assertEquals(SignInOutcome.OTHER_PERSON, refused(null, "ada@contoso.com"));
        assertEquals(SignInOutcome.OTHER_PERSON, refused(null, "somebody@contoso.com"));
        assertTrue(newest().detail().toString().contains(TestDirectory.uuid("bo@contoso.com").toString()),
                "the log knows more than the person");
        assertFalse(newest().detail().toString().contains("somebody@contoso.com"), "what was typed is not kept");
        entra.proven = proven("new@contoso.com");
        assertEquals(SignInOutcome.NOT_IMPORTED, refused(null, "new@contoso.com"));
        assertEquals("signin.refused", newest().action());
    }

    @Test
    void whatHappenedMeanwhileCounts() {
        entraOn();
        entra.meanwhile = () -> edits.accounts().deactivate(root, List.of(ada));
        assertEquals(SignInOutcome.DEACTIVATED, refused(null, "ada@contoso.com"));
        assertEquals("USER " + ada, newest().objectType() + " " + newest().objectId());
        entra.meanwhile = () -> directory.sql("update directory_user set status = 'REMOVED', username_key = null"
                + " where id = ?", ada);
        assertEquals(SignInOutcome.REMOVED, refused(null, "ada@contoso.com"));
        entra.meanwhile = () -> directory.sql("update directory_user set status = 'ACTIVE', username = 'lady',"
                + " username_key = 'lady', user_principal_name = 'lady', upn_key = 'lady' where id = ?", ada);
        entra.proven = new EntraIdentity.Proven(UUID.fromString(contoso.directoryId()),
                TestDirectory.uuid("ada@contoso.com"), "lady@contoso.com", "token");
        directory.sql("update directory_user set username_key = 'ada@contoso.com' where id = ?", ada);
        assertEquals(ada, enter(null, "ada@contoso.com").userId(), "renamed, and still that person");
    }

    @Test
    void aWayThatIsSwitchedOffEndsWhatWasBegunByIt() {
        entraOn();
        Actor actor = enter(null, "ada@contoso.com");
        actor.require(Permission.VIEW_OWN_PROFILE);
        entraOn(SignInMode.DEVICE);
        assertEquals(ErrorKind.NOT_SIGNED_IN, assertThrows(RollcallException.class,
                () -> actor.require(Permission.VIEW_OWN_PROFILE)).kind());
        assertEquals(SignInOutcome.MODE_OFF, refused(SignInMode.BROWSER, "ada@contoso.com"));
    }

    @Test
    void whatAnOpenSessionWantsToDoIsRefusedOnceItsWayIsOff() {
        directory.role(ada, "Administrator", RoleSource.MANUAL);
        entraOn();
        Actor actor = enter(null, "ada@contoso.com");
        edits.accounts().deactivate(actor, List.of(directory.person(contoso, "Cy", "cy@contoso.com")));
        auth.authentication().disableEntra(root);
        long dora = directory.person(contoso, "Dora", "dora@contoso.com");
        assertEquals("signin.ended", assertThrows(RollcallException.class,
                () -> edits.accounts().deactivate(actor, List.of(dora))).code());
        assertEquals("signin.ended", assertThrows(RollcallException.class,
                () -> auth.authentication().enableEntra(actor, null, Set.of())).code(), "nor opens it again");
        // Active Directory is another way, whoever comes by it.
        adOn();
        assertThrows(RollcallException.class, () -> edits.accounts().deactivate(actor, List.of(dora)));
        prompts.password = "right";
        edits.accounts().deactivate(enter(SignInMode.AD, "ada"), List.of(dora));
    }

    @Test
    void localAccountsSignInWhateverElseIsOn() {
        entraOn();
        assertEquals(root.userId(), enter(null, "root").userId());
        assertEquals(root.userId(), enter(SignInMode.BROWSER, "Root").userId());
        assertEquals(List.of(), entra.asked);
        prompts.password = "wrong";
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "root"));
        auth.authentication().disableEntra(root);
        adOn();
        prompts.password = PASSWORD;
        assertEquals(root.userId(), enter(SignInMode.AD, "root").userId());
        assertEquals(List.of(), ldap.asked, "what is typed for a local account is sent nowhere");
    }

    @Test
    void whoSignsInIsReadAnewFirst() {
        entraOn();
        refresh = (person, origin, _) -> {
            assertEquals("ada@contoso.com test", person.username() + " " + origin);
            directory.role(ada, "Operator", RoleSource.RULE);
            return Optional.of(UserStatus.ACTIVE);
        };
        assertTrue(enter(null, "ada@contoso.com").permissions().contains(Permission.IMPORT));
        refresh = (_, _, _) -> Optional.of(UserStatus.DISABLED);
        assertEquals(SignInOutcome.DEACTIVATED, refused(null, "ada@contoso.com"), "whatever is stored");
        refresh = (_, _, _) -> Optional.of(UserStatus.REMOVED);
        assertEquals(SignInOutcome.REMOVED, refused(null, "ada@contoso.com"));
        assertEquals("signin.refused", newest().action());
        directory.sql("update directory_user set status = 'DISABLED' where id = ?", ada);
        refresh = (_, _, _) -> {
            directory.sql("update directory_user set status = 'ACTIVE' where id = ?", ada);
            return Optional.of(UserStatus.ACTIVE);
        };
        assertEquals(ada, enter(null, "ada@contoso.com").userId(), "enabled again since the last import");
        refresh = (_, _, _) -> {
            throw new AssertionError("nobody was proved");
        };
        entra.refusal = new SignInRefusedException(SignInOutcome.LOCKED, "AADSTS50053",
                Words.verbatim("locked"), Words.verbatim("wait"), null);
        assertEquals(SignInOutcome.LOCKED, refused(null, "ada@contoso.com"));
        assertEquals(root.userId(), enter(null, "root").userId());
    }

    @Test
    void aRefreshThatFailsHoldsNobodyUp() {
        entraOn();
        var asked = new AtomicInteger();
        refresh = (_, _, _) -> {
            asked.incrementAndGet();
            throw new RollcallException(ErrorKind.OFFLINE, "directory.offline", "no answer", "look");
        };
        assertEquals(ada, enter(null, "ada@contoso.com").userId());
        assertEquals(ada, enter(null, "ada@contoso.com").userId());
        assertEquals(1, asked.get(), "a tenant that did not answer is left alone for a while");
        directory.clock.advance(Duration.ofMinutes(6));
        assertEquals(ada, enter(null, "ada@contoso.com").userId());
        assertEquals(2, asked.get());
        directory.clock.advance(Duration.ofMinutes(6));
        auth.authentication().setRefresh(root, false);
        assertEquals("auth.refresh {on=false}", newest().action() + " " + newest().detail());
        assertEquals(ada, enter(null, "ada@contoso.com").userId());
        assertEquals(2, asked.get(), "switched off");
    }

    @Test
    void aRefreshThatTakesTooLongIsGivenUp() throws InterruptedException {
        var users = new UserQueries(directory.database, new GroupNesting(directory.database));
        var gaveUp = new CountDownLatch(1);
        PersonRefresh endless = (_, _, control) -> {
            try {
                control.pause(Duration.ofMinutes(10), "for ever");
                return Optional.of(UserStatus.DISABLED);
            } finally {
                gaveUp.countDown();
            }
        };
        var impatient = new RefreshAtSignIn(endless, new AuthSettingsStore(directory.database), users,
                Duration.ofMillis(20), directory.clock);
        var verdict = Verdict.admitted(users.byId(ada).orElseThrow());
        assertEquals(verdict, impatient.of(verdict, "test", Waits.sleeping()));
        assertTrue(gaveUp.await(10, TimeUnit.SECONDS), "and told to stop");
    }

    @Test
    void activeDirectoryTakesEachOfThreeNames() {
        adOn();
        prompts.password = "right";
        for (String name : List.of("ada", "ADA", "CONTOSO\\ada", "contoso\\Ada", "Ada@contoso.com")) {
            assertEquals(ada, enter(null, name).userId(), name);
        }
        assertEquals(Set.of("ada ada@contoso.com look it up"), Set.copyOf(ldap.asked));
        assertEquals("signin {way=ad}", newest().action() + " " + newest().detail());
        directory.sql("update directory_user set on_premises_sam_account_name = 'aDa', sam_key = 'ada' where id = ?",
                ada);
        assertEquals(ada, enter(null, "ADA").userId(), "in any spelling, once the password is proved");
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "OTHER\\ada"));
        assertEquals(SignInOutcome.NOT_IMPORTED, refused(null, "bo@contoso.com"), "has no name in Active Directory");
    }

    @Test
    void unknownNamesAndWrongPasswordsLookAlikeAndAreAskedForAlike() {
        adOn();
        prompts.password = "wrong";
        var known = assertThrows(SignInRefusedException.class, () -> enter(null, "ada"));
        var unknown = assertThrows(SignInRefusedException.class, () -> enter(null, "nobody"));
        assertEquals(known.message() + known.remedy() + known.code() + known.details(),
                unknown.message() + unknown.remedy() + unknown.code() + unknown.details());
        assertEquals(List.of("ada ada@contoso.com look it up", "nobody null look it up"), ldap.asked);
        assertFalse(newest().detail().toString().contains("nobody"));
        prompts.password = "";
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "ada"));
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "a\0da"));
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "a".repeat(10_000)));
        assertEquals(2, ldap.asked.size(), "nobody was asked");
        auth.authentication().disableAd(root);
        entraOn(SignInMode.PASSWORD);
        entra.refusal = new SignInRefusedException(SignInOutcome.UNKNOWN_USER, "AADSTS50034",
                Words.verbatim("unknown"), Words.verbatim("x"), null);
        prompts.password = "wrong";
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(null, "bo@contoso.com"));
        assertTrue(newest().detail().toString().contains("AADSTS50034"));
    }

    @Test
    void guardsStandBeforeSwitches() {
        assertEquals("auth.nobody", assertThrows(RollcallException.class,
                () -> auth.authentication().enableEntra(root, directory.tenant("Empty").name(), Set.of())).code());
        auth.authentication().enableEntra(root, "Contoso", Set.of());
        assertEquals("auth.other-on", assertThrows(RollcallException.class, this::adOn).code());
        // Ada is the last administrator: her way in cannot be closed.
        directory.role(ada, "Administrator", RoleSource.MANUAL);
        edits.accounts().deactivate(root, List.of(java.util.Objects.requireNonNull(root.userId())));
        var admin = new Actor(ada, "ada", "test", EnumSet.allOf(Permission.class));
        assertEquals(ErrorKind.GUARD, assertThrows(RollcallException.class,
                () -> auth.authentication().disableEntra(admin)).kind());
        assertEquals(ErrorKind.GUARD, assertThrows(RollcallException.class, () -> auth.authentication()
                .enableEntra(admin, "Contoso", Set.of(SignInMode.PASSWORD))).kind(), "it is not known of passwords");
        assertTrue(new AuthSettingsStore(directory.database).get().isEntraOn());
        var preview = auth.authentication().previewOff(admin, SignInMode.BROWSER, 10);
        assertEquals("2 [Ada, Bo]", preview.lockedOut() + " " + preview.names());
        assertNotNull(preview.refused());
        // Whoever decides about ways in could come in as anybody.
        var half = new Actor(null, "half", "test", Set.of(Permission.MANAGE_AUTHENTICATION));
        assertEquals("role.beyond-own", assertThrows(RollcallException.class,
                () -> auth.authentication().disableEntra(half)).code());
    }

    @Test
    void activeDirectoryIsStoredOnlyIfItAnswers() {
        ldap.unreachable = new RollcallException(ErrorKind.OFFLINE, "ldap.none", "no server answers", "look");
        assertEquals(ErrorKind.OFFLINE, assertThrows(RollcallException.class, this::adOn).kind());
        assertNull(new AuthSettingsStore(directory.database).get().ad());
        auth.authentication().enableAd(root, AD, "look it up".toCharArray(), false, Waits.sleeping());
        byte[] sealed = new AuthSettingsStore(directory.database).bindPassword();
        assertFalse(new String(java.util.Objects.requireNonNull(sealed), java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains("look it up"));
        for (AdSettings wrong : List.of(
                new AdSettings(List.of("ldap://dc1"), false, "DC=x", null, null, null, null),
                new AdSettings(List.of(), false, "DC=x", null, null, null, null),
                new AdSettings(List.of("ldaps://dc1"), false, "nothing", null, null, null, null),
                new AdSettings(List.of("ldaps://u:p@dc1"), false, "DC=x", null, null, null, null),
                new AdSettings(List.of("ldaps://dc1"), false, "DC=x", null, null, null, "searcher"))) {
            assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class,
                    () -> auth.authentication().enableAd(root, wrong, null, true, Waits.sleeping())).kind());
        }
    }

    @Test
    void testsSignNobodyIn() {
        entraOn();
        var result = auth.test().test(root, "ada@contoso.com", SignInMode.BROWSER, prompts, SignInTrail.NONE,
                Waits.sleeping());
        assertTrue(result.admitted());
        assertEquals(List.of(SignInTrail.Step.PERSON, SignInTrail.Step.STATE),
                result.steps().stream().map(SignInTest.Passed::step).toList());
        assertEquals("signin.test root", newest().action() + " " + newest().actor());
        entra.proven = proven("bo@contoso.com");
        result = auth.test().test(root, "ada@contoso.com", SignInMode.BROWSER, prompts, SignInTrail.NONE,
                Waits.sleeping());
        assertEquals(SignInOutcome.OTHER_PERSON, result.outcome());
        assertTrue(audit.list(root, AuditFilter.everything(), null, 50).rows().stream()
                .noneMatch(event -> event.action().equals("signin")));
    }

    @Test
    void sessionsLockAndEnd() {
        Sessions.Session session = auth.sessions().begin(root);
        directory.clock.advance(Duration.ofMinutes(14));
        session.touch();
        directory.clock.advance(Duration.ofMinutes(14));
        assertEquals(Sessions.State.OPEN, session.state());
        directory.clock.advance(Duration.ofMinutes(1));
        assertEquals(Sessions.State.LOCKED, session.state());
        session.touch();
        assertEquals(Sessions.State.LOCKED, session.state());
        assertThrows(RollcallException.class, () -> session.unlock(new Actor(ada, "ada", "test", Set.of())));
        session.unlock(root);
        assertEquals(Sessions.State.OPEN, session.state());
        directory.clock.advance(Duration.ofDays(-1));
        assertEquals(Sessions.State.OPEN, session.state());
        directory.clock.advance(Duration.ofMinutes(15));
        assertEquals(Sessions.State.LOCKED, session.state(), "a clock that was set back makes nothing longer");
        auth.authentication().setLimits(root, Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertEquals(Sessions.State.ENDED, session.state());
        assertThrows(RollcallException.class, () -> session.unlock(root));
        assertEquals(ErrorKind.INPUT, assertThrows(RollcallException.class, () -> auth.authentication().setLimits(root,
                Duration.ofMinutes(5), Duration.ofMinutes(4))).kind());
        assertEquals(UserStatus.ACTIVE,
                java.util.Objects.requireNonNull(auth.authentication().status(root).breakGlass()).status());
    }
}
