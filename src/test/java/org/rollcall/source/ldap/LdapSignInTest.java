package org.rollcall.source.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.CallControl;
import org.rollcall.source.LdapDirectory.Account;
import org.rollcall.source.LdapDirectory.Settings;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;

import static org.junit.jupiter.api.Assertions.*;

/// Real binds over TLS at servers in memory.
class LdapSignInTest {
    private static final Account ADA = new Account("ada", "ada@corp.example");
    private static final CallControl PATIENT = new CallControl() {
        @Override
        public void checkCancelled() {
            // Nobody wants to stop.
        }

        @Override
        public void pause(Duration time, String reason) {
            throw new AssertionError("nothing is waited for");
        }
    };

    private static TestAuthority authority;
    private static TestDomain domain;
    private static TestDomain misnamed;
    private final LdapSignIn signIn = new LdapSignIn(
            new Controller.Limits(Duration.ofSeconds(4), Duration.ofSeconds(8)));

    @BeforeAll
    static void start() throws LDAPException {
        authority = new TestAuthority();
        domain = new TestDomain(authority, "localhost");
        misnamed = new TestDomain(authority, "dc7.elsewhere.example");
    }

    @AfterAll
    static void stop() {
        domain.close();
        misnamed.close();
    }

    @BeforeEach
    void forget() {
        domain.answers.clear();
        domain.searchAnswer = null;
        domain.binds.clear();
        domain.filters.clear();
    }

    private static Settings searching(String... servers) {
        return new Settings(List.of(servers), true, TestDomain.BASE, null, null, authority.pem(), TestDomain.SEARCHER,
                "look-it-up");
    }

    private static Settings direct(@Nullable String netbios, @Nullable String suffix) {
        return new Settings(List.of(domain.tls()), false, TestDomain.BASE, netbios, suffix, authority.pem(), null,
                null);
    }

    private String prove(Settings settings, Account account, String password) {
        return signIn.prove(settings, account, password.toCharArray(), SignInTrail.NONE, PATIENT);
    }

    private SignInRefusedException refused(Settings settings, Account account, String password) {
        return assertThrows(SignInRefusedException.class, () -> prove(settings, account, password));
    }

    @Test
    void thePersonFoundIsBoundOverTls() {
        assertEquals(domain.tls(), prove(searching(domain.tls()), ADA, "Ada-1"));
        assertEquals(List.of(TestDomain.SEARCHER, "cn=ada," + TestDomain.BASE), domain.binds);
    }

    @Test
    void startTlsComesBeforeAnythingElse() {
        var steps = new ArrayList<SignInTrail.Step>();
        assertEquals(domain.plain(), signIn.prove(searching(domain.plain()), ADA, "Ada-1".toCharArray(),
                (step, _) -> steps.add(step), PATIENT));
        assertEquals(List.of(SignInTrail.Step.ADDRESS, SignInTrail.Step.AUTHENTICATION), steps);
    }

    @Test
    void withoutEncryptionNothingIsAsked() {
        Settings plain = new Settings(List.of(domain.plain()), false, TestDomain.BASE, "CORP", null, authority.pem(),
                null, null);
        RollcallException e = assertThrows(RollcallException.class, () -> prove(plain, ADA, "Ada-1"));
        assertEquals(ErrorKind.INPUT, e.kind());
        assertTrue(e.commandRemedy().contains("--starttls"));
        assertEquals(List.of(), domain.binds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ldaps://", "https://dc1", "dc1", "ldaps://u:p@dc1", "ldaps://dc1/dc=x", "ldaps://dc1:0",
            "ldaps://dc1:70000", "ldaps://dc 1", "" })
    void addressesThatAreNoneAreSaid(String address) {
        RollcallException e = assertThrows(RollcallException.class, () -> ServerAddress.parse(address, true));
        assertEquals(ErrorKind.INPUT, e.kind());
    }

    @Test
    void portsHaveTheirUsualNumbers() {
        assertEquals(636, ServerAddress.parse("ldaps://dc1.corp.example", false).port());
        assertEquals(389, ServerAddress.parse("LDAP://dc1/", true).port());
        assertEquals("::1", ServerAddress.parse("ldaps://[::1]:3269", false).host());
    }

    @Test
    void peopleAreBoundByNameWhereNobodyMaySearch() {
        assertEquals(domain.tls(), prove(direct("CORP", "corp.example"), ADA, "Ada-1"));
        assertEquals(domain.tls(), prove(direct(null, "@corp.example"), ADA, "Ada-1"));
        assertEquals(domain.tls(), prove(direct(null, null), ADA, "Ada-1"));
        assertEquals(domain.tls(), prove(direct("CORP", null), new Account(null, "bo@corp.example"), "Bo-1"));
        assertEquals(List.of("CORP\\ada", "ada@corp.example", "ada@corp.example", "bo@corp.example"), domain.binds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "cn=ada,dc=corp,dc=example", "CORP\\ada", "ada@corp.example", "*", "ada)(cn=*", "a\0da",
            "ada\n", "  ", "" })
    void aTypedNameCannotPassForAnotherForm(String typed) {
        SignInRefusedException e = refused(direct("CORP", null), new Account(typed, null), "Ada-1");
        assertEquals(SignInOutcome.UNKNOWN_USER, e.outcome());
        SignInRefusedException principal = refused(direct(null, null), new Account(null, "cn=" + typed + "@x,dc=y"),
                "Ada-1");
        assertEquals(SignInOutcome.UNKNOWN_USER, principal.outcome());
        assertEquals(List.of(), domain.binds);
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "ada)(cn=*", "a*", "ada)(|(cn=*)", "\\2a", "(objectClass=*)", "cn=ada,dc=corp",
            "müller (süd)*" })
    void nothingInANameIsAFilter(String typed) {
        assertEquals(SignInOutcome.UNKNOWN_USER,
                refused(searching(domain.tls()), new Account(typed, null), "Ada-1").outcome());
        assertEquals(SignInOutcome.UNKNOWN_USER,
                refused(searching(domain.tls()), new Account(null, typed), "Ada-1").outcome());
        assertEquals(2, domain.filters.size());
    }

    @Test
    void namesWithSpecialLettersAreFound() throws LDAPException {
        domain.person("zoë (x)", "Zoe-1");
        assertEquals(domain.tls(), prove(searching(domain.tls()), new Account("zoë (x)", null), "Zoe-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\0", "Ada-1\0" })
    void emptyAndBrokenPasswordsAreNeverSent(String password) {
        SignInRefusedException e = refused(searching(domain.tls()), ADA, password);
        assertEquals(SignInOutcome.WRONG_PASSWORD, e.outcome());
        assertEquals(List.of(), domain.binds);
    }

    @Test
    void endlessInputIsNotSent() {
        String endless = "x".repeat(10_000);
        assertEquals(SignInOutcome.WRONG_PASSWORD, refused(searching(domain.tls()), ADA, endless).outcome());
        assertEquals(SignInOutcome.UNKNOWN_USER,
                refused(searching(domain.tls()), new Account(endless, null), "Ada-1").outcome());
        assertEquals(List.of(), domain.binds);
    }

    @ParameterizedTest
    @CsvSource({ "52e, WRONG_PASSWORD", "525, UNKNOWN_USER", "530, REFUSED", "531, REFUSED", "532, PASSWORD_EXPIRED",
            "533, DISABLED_IN_DIRECTORY", "701, DISABLED_IN_DIRECTORY", "773, PASSWORD_EXPIRED", "775, LOCKED",
            "568, REFUSED", "0000052E, WRONG_PASSWORD" })
    void everyDataCodeHasItsOutcome(String code, SignInOutcome outcome) {
        domain.answers.put("ada", TestDomain.data(code));
        SignInRefusedException e = refused(direct("CORP", null), ADA, "Ada-1");
        assertEquals(outcome, e.outcome());
        assertEquals("49/" + (code.equals("0000052E") ? "52e" : code), e.directoryCode());
        assertFalse(e.remedy().isBlank());
        boolean telling = outcome != SignInOutcome.WRONG_PASSWORD && outcome != SignInOutcome.UNKNOWN_USER;
        assertEquals(telling, !e.words().equals(BindRefusals.WRONG));
    }

    @Test
    void otherResultsAreTold() {
        domain.answers.put("ada", new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "no"));
        SignInRefusedException e = refused(direct("CORP", null), ADA, "Ada-1");
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertEquals("53", e.directoryCode());
    }

    @Test
    void nobodyFoundCostsABindAndSoundsLikeAWrongPassword() {
        SignInRefusedException unknown = refused(searching(domain.tls()), new Account("nobody", null), "Ada-1");
        int asked = domain.binds.size();
        domain.binds.clear();
        SignInRefusedException wrong = refused(searching(domain.tls()), ADA, "wrong");
        assertEquals(SignInOutcome.UNKNOWN_USER, unknown.outcome());
        assertEquals(SignInOutcome.WRONG_PASSWORD, wrong.outcome());
        assertEquals(wrong.message() + wrong.remedy(), unknown.message() + unknown.remedy());
        assertEquals(domain.binds.size(), asked);
    }

    @Test
    void twoHitsAreNone() throws LDAPException {
        domain.person("cy", "Cy-1");
        domain.twin("cy");
        SignInRefusedException e = refused(searching(domain.tls()), new Account("cy", null), "Cy-1");
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertEquals(List.of(TestDomain.SEARCHER), domain.binds);
    }

    @Test
    void theSearchersOwnTroubleIsNotThePersons() {
        domain.answers.put("searcher", TestDomain.data("532"));
        SignInRefusedException e = refused(searching(domain.tls()), ADA, "Ada-1");
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertEquals("49/532", e.directoryCode());
        RollcallException check = assertThrows(RollcallException.class,
                () -> signIn.check(searching(domain.tls()), PATIENT));
        assertEquals(ErrorKind.REFUSED, check.kind());
        domain.answers.clear();
        domain.searchAnswer = new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "no");
        assertEquals(SignInOutcome.REFUSED, refused(searching(domain.tls()), ADA, "Ada-1").outcome());
    }

    @Test
    void serversThatAreDownOrNotTrustedArePassedOver() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        var stranger = new TestDomain(new TestAuthority(), "localhost");
        try (stranger) {
            Settings settings = searching("ldaps://localhost:" + closed, "ldaps://no-such-host.invalid",
                    stranger.tls(), stranger.plain(), misnamed.tls(), misnamed.plain(), domain.tls());
            assertEquals(domain.tls(), prove(settings, ADA, "Ada-1"));
            assertEquals(List.of(domain.tls()), signIn.check(settings, PATIENT));
            assertEquals(List.of(), stranger.binds);
            assertEquals(List.of(), misnamed.binds);
        }
    }

    @Test
    void aBusyServerIsPassedOverAndAnAnswerIsFinal() throws LDAPException {
        try (var busy = new TestDomain(authority, "localhost")) {
            busy.answers.put("searcher", new LDAPException(ResultCode.BUSY, "later"));
            assertEquals(domain.tls(), prove(searching(busy.tls(), domain.tls()), ADA, "Ada-1"));
            busy.answers.clear();
            domain.binds.clear();
            assertEquals(SignInOutcome.WRONG_PASSWORD,
                    refused(searching(busy.tls(), domain.tls()), ADA, "wrong").outcome());
            assertEquals(List.of(), domain.binds);
        }
    }

    @Test
    void whereNoneAnswersEachIsNamed() {
        SignInRefusedException e = refused(searching(misnamed.tls(), "ldaps://no-such-host.invalid"), ADA, "Ada-1");
        assertEquals(SignInOutcome.UNREACHABLE, e.outcome());
        assertEquals(ErrorKind.OFFLINE, e.kind());
        assertTrue(e.message().contains("certificate"), e.message());
        assertTrue(e.message().contains("no-such-host.invalid:636 does not answer"), e.message());
        RollcallException check = assertThrows(RollcallException.class,
                () -> signIn.check(searching(misnamed.tls()), PATIENT));
        assertEquals(ErrorKind.OFFLINE, check.kind());
    }

    @Test
    void withoutTheOwnCaNobodyIsTrusted() {
        Settings settings = new Settings(List.of(domain.tls()), false, TestDomain.BASE, "CORP", null, null, null,
                null);
        assertEquals(SignInOutcome.UNREACHABLE, refused(settings, ADA, "Ada-1").outcome());
        assertEquals(List.of(), domain.binds);
    }

    @Test
    void referralsAreNotFollowed() {
        domain.answers.put("ada", new LDAPException(ResultCode.REFERRAL, "elsewhere", TestDomain.BASE,
                new String[]{ misnamed.plain() + "/" + TestDomain.BASE }));
        SignInRefusedException e = refused(direct("CORP", null), ADA, "Ada-1");
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertEquals("10", e.directoryCode());
        assertEquals(List.of(), misnamed.binds);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        var quick = new LdapSignIn(new Controller.Limits(Duration.ofMillis(200), Duration.ofMillis(300)));
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long before = System.nanoTime();
            SignInRefusedException e = assertThrows(SignInRefusedException.class,
                    () -> quick.prove(searching("ldaps://localhost:" + silent.getLocalPort(),
                            "ldap://localhost:" + silent.getLocalPort()), ADA, "Ada-1".toCharArray(),
                            SignInTrail.NONE, PATIENT));
            assertEquals(SignInOutcome.UNREACHABLE, e.outcome());
            assertTrue(System.nanoTime() - before < 10_000_000_000L);
        }
    }

    @Test
    void theCallerMayStopInTheMiddle() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CallControl impatient = new CallControl() {
                private int looks;

                @Override
                public void checkCancelled() {
                    if (looks++ > 1) {
                        throw new CancellationException("enough");
                    }
                }

                @Override
                public void pause(Duration time, String reason) {
                    throw new AssertionError("nothing is waited for");
                }
            };
            assertThrows(CancellationException.class,
                    () -> new LdapSignIn().prove(searching("ldaps://localhost:" + silent.getLocalPort(), domain.tls()),
                            ADA, "Ada-1".toCharArray(), SignInTrail.NONE, impatient));
            assertEquals(List.of(), domain.binds);
        }
    }

    @Test
    void thePasswordStaysTheCallers() {
        char[] password = "Ada-1".toCharArray();
        signIn.prove(searching(domain.tls()), ADA, password, SignInTrail.NONE, PATIENT);
        assertEquals("Ada-1", new String(password));
        assertFalse(searching(domain.tls()).toString().contains("look-it-up"));
    }
}
