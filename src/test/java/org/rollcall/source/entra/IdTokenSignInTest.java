package org.rollcall.source.entra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;
import org.rollcall.sample.SpoiledTokens;
import org.rollcall.source.DeviceCode;
import org.rollcall.source.Endpoint;
import org.rollcall.source.EntraIdentity.Proven;
import org.rollcall.source.EntraIdentity.Request;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;

import static org.junit.jupiter.api.Assertions.*;

/// The three ways against the sample tenant, through the real msal4j.
class IdTokenSignInTest {
    private static SampleTenant tenant;
    private final RecordedControl control = new RecordedControl();
    private final List<SignInTrail.Step> steps = new ArrayList<>();
    private final SignInTrail trail = (step, _) -> steps.add(step);
    private final IdTokenSignIn signIn = new IdTokenSignIn(Clock.systemUTC());

    @BeforeAll
    static void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(5));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    private static Request request() {
        return new Request(new Endpoint(tenant.tenantId(), tenant.origin(), tenant.origin(), tenant.caPem(), null),
                tenant.clientId(), null);
    }

    private static void assertIsAdministrator(Proven proven) {
        assertEquals(tenant.tenantId(), proven.tenantId().toString());
        assertEquals(tenant.directory().user(tenant.adminUserName()).orElseThrow().id(),
                proven.objectId().toString());
        assertEquals(tenant.adminUserName(), proven.userName());
    }

    /// A browser that follows redirects, with something added to the address.
    private static Consumer<URI> browser(String more, Collection<String> pages) {
        return address -> {
            try (var http = HttpClient.newBuilder().sslContext(tenant.trust())
                    .followRedirects(HttpClient.Redirect.ALWAYS).build()) {
                pages.add(http.send(HttpRequest.newBuilder(URI.create(address + more)).build(),
                        HttpResponse.BodyHandlers.ofString()).body());
            } catch (Exception e) {
                pages.add(e.toString());
            }
        };
    }

    private static String as(String userName) {
        return "&sample_user=" + URLEncoder.encode(userName, StandardCharsets.UTF_8);
    }

    private SignInRefusedException refused(String userName, String password) {
        return assertThrows(SignInRefusedException.class,
                () -> signIn.byPassword(request(), userName, password.toCharArray(), trail, control));
    }

    @Test
    void aPasswordProvesAPerson() {
        assertIsAdministrator(signIn.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(),
                trail, control));
        assertEquals(List.of(SignInTrail.Step.ADDRESS, SignInTrail.Step.AUTHENTICATION, SignInTrail.Step.TOKEN,
                SignInTrail.Step.SIGNATURE, SignInTrail.Step.CLAIMS), steps);
    }

    @Test
    void aWrongPasswordIsNoMoreTellingThanAnUnknownName() {
        SignInRefusedException wrong = refused(tenant.adminUserName(), "wrong");
        SignInRefusedException unknown = refused("nobody@" + tenant.domain(), "wrong");
        assertEquals(SignInOutcome.WRONG_PASSWORD, wrong.outcome());
        assertEquals("AADSTS50126", wrong.directoryCode());
        assertEquals(SignInOutcome.UNKNOWN_USER, unknown.outcome());
        assertEquals("AADSTS50034", unknown.directoryCode());
        assertEquals(wrong.message() + wrong.remedy(), unknown.message() + unknown.remedy());
    }

    @Test
    void theBrowserComesBackWithACode() {
        var pages = new ArrayList<String>();
        Proven proven = signIn.byBrowser(request(), browser(as(tenant.adminUserName()), pages), trail, control);
        assertIsAdministrator(proven);
    }

    @Test
    void aConfirmedDeviceCodeProvesAPerson() {
        Proven proven = signIn.byDeviceCode(request(),
                code -> tenant.identity().approveDeviceCode(code.userCode(), tenant.adminUserName()), trail, control);
        assertIsAdministrator(proven);
    }

    @AfterEach
    void allIsWellAgain() {
        tenant.identity().loginFaults().clear();
        tenant.identity().spoiledTokens().clear();
        tenant.identity().passwords().refuse(tenant.adminUserName(), 0);
        tenant.identity().apps().setPublicClient(tenant.clientId(), true);
        tenant.identity().federate(tenant.domain(), false);
        tenant.identity().policies().setDeviceCodeBlocked(false);
    }

    private SignInRefusedException refusedInBrowser(Consumer<URI> browser) {
        return assertThrows(SignInRefusedException.class,
                () -> signIn.byBrowser(request(), browser, trail, control));
    }

    private SignInRefusedException refusedByCode(Consumer<DeviceCode> show) {
        return assertThrows(SignInRefusedException.class,
                () -> signIn.byDeviceCode(request(), show, trail, control));
    }

    @ParameterizedTest
    @CsvSource({ "50020, REFUSED, REFUSED, REFUSED", "50034, UNKNOWN_USER, UNKNOWN_USER, UNKNOWN_USER",
            "50053, LOCKED, LOCKED, LOCKED", "50055, PASSWORD_EXPIRED, PASSWORD_EXPIRED, PASSWORD_EXPIRED",
            "50056, REFUSED, REFUSED, REFUSED",
            "50057, DISABLED_IN_DIRECTORY, DISABLED_IN_DIRECTORY, DISABLED_IN_DIRECTORY",
            "50072, MFA_REQUIRED, MFA_REQUIRED, MFA_REQUIRED", "50074, MFA_REQUIRED, MFA_REQUIRED, MFA_REQUIRED",
            "50076, MFA_REQUIRED, MFA_REQUIRED, MFA_REQUIRED", "50079, MFA_REQUIRED, MFA_REQUIRED, MFA_REQUIRED",
            "50097, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS", "50105, REFUSED, REFUSED, REFUSED",
            "50126, WRONG_PASSWORD, WRONG_PASSWORD, WRONG_PASSWORD",
            "50144, PASSWORD_EXPIRED, PASSWORD_EXPIRED, PASSWORD_EXPIRED",
            "50158, MFA_REQUIRED, MFA_REQUIRED, MFA_REQUIRED", "50173, REFUSED, REFUSED, REFUSED",
            "53000, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS",
            "53001, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS",
            "53003, CONDITIONAL_ACCESS, CODE_BLOCKED, CONDITIONAL_ACCESS",
            "530032, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS",
            "530035, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS, CONDITIONAL_ACCESS", "54005, REFUSED, REFUSED, REFUSED",
            "65001, CONSENT_REQUIRED, CONSENT_REQUIRED, CONSENT_REQUIRED", "65004, CANCELLED, CANCELLED, CANCELLED",
            "70019, CODE_EXPIRED, CODE_EXPIRED, CODE_EXPIRED", "70020, CODE_EXPIRED, CODE_EXPIRED, CODE_EXPIRED",
            "80001, REFUSED, REFUSED, REFUSED", "90002, REFUSED, REFUSED, REFUSED",
            "90055, UNREACHABLE, UNREACHABLE, UNREACHABLE",
            "90094, CONSENT_REQUIRED, CONSENT_REQUIRED, CONSENT_REQUIRED", "700016, REFUSED, REFUSED, REFUSED",
            "7000112, REFUSED, REFUSED, REFUSED",
            "7000218, PUBLIC_CLIENT_OFF, PUBLIC_CLIENT_OFF, PUBLIC_CLIENT_OFF", "123456, REFUSED, REFUSED, REFUSED" })
    void everyNumberHasItsOutcomeInEveryWay(int number, SignInOutcome password, SignInOutcome code,
            SignInOutcome browser) {
        tenant.identity().passwords().refuse(tenant.adminUserName(), number);
        SignInRefusedException byPassword = refused(tenant.adminUserName(), tenant.password());
        SignInRefusedException byBrowser = refusedInBrowser(browser(as(tenant.adminUserName()), new ArrayList<>()));
        // Waiting for a poll takes a second, so that codes are tried for a few only, below.
        var byCode = assertInstanceOf(SignInRefusedException.class, SignInRefusals.of(AadErrors.of(
                "AADSTS" + number + ": Text.", "invalid_grant", tenant.origin(), Duration.ZERO, null),
                SignInRefusals.Way.DEVICE_CODE));
        assertEquals(List.of(password, code, browser),
                List.of(byPassword.outcome(), byCode.outcome(), byBrowser.outcome()));
        for (SignInRefusedException e : List.of(byPassword, byCode, byBrowser)) {
            assertEquals("AADSTS" + number, e.directoryCode());
            boolean telling = e.outcome() != SignInOutcome.WRONG_PASSWORD && e.outcome() != SignInOutcome.UNKNOWN_USER;
            assertEquals(telling, e.message().contains("AADSTS" + number), e.message());
            assertFalse(e.remedy().isBlank());
        }
        if (password == SignInOutcome.MFA_REQUIRED) {
            assertTrue(byPassword.remedy().contains("in the browser instead"), byPassword.remedy());
            assertTrue(byPassword.commandRemedy().contains("--sign-in browser"));
        }
    }

    @ParameterizedTest
    @CsvSource({ "53003, CODE_BLOCKED", "65001, CONSENT_REQUIRED", "70020, CODE_EXPIRED" })
    void aCodeThatIsRefusedWhilePolledHasItsOutcome(int number, SignInOutcome outcome) {
        tenant.identity().passwords().refuse(tenant.adminUserName(), number);
        SignInRefusedException e = refusedByCode(
                code -> tenant.identity().approveDeviceCode(code.userCode(), tenant.adminUserName()));
        assertEquals(outcome, e.outcome());
        assertEquals("AADSTS" + number, e.directoryCode());
    }

    @ParameterizedTest
    @EnumSource(SpoiledTokens.Kind.class)
    void noSpoiledTokenProvesAnybody(SpoiledTokens.Kind kind) {
        tenant.identity().spoiledTokens().spoil(tenant.adminUserName(), kind);
        var pages = new ArrayList<String>();
        SignInRefusedException e = refusedInBrowser(browser(as(tenant.adminUserName()), pages));
        assertEquals(SignInOutcome.INVALID_TOKEN, e.outcome(), e.message());
        assertNull(e.directoryCode());
        boolean aboutNonce = kind == SpoiledTokens.Kind.WRONG_NONCE || kind == SpoiledTokens.Kind.NO_NONCE;
        if (!aboutNonce) {
            assertEquals(SignInOutcome.INVALID_TOKEN, refused(tenant.adminUserName(), tenant.password()).outcome());
        }
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        signIn.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(), trail, control);
        tenant.identity().signingKeys().rotate();
        assertIsAdministrator(signIn.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(),
                trail, control));
        tenant.identity().signingKeys().retire();
        tenant.identity().loginFaults().set("discovery/v2.0/keys", "unavailable");
        assertIsAdministrator(signIn.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(),
                trail, control));
    }

    @Test
    void aKeyThatIsNewSinceTheBrowserOpenedIsFetched() {
        assertIsAdministrator(signIn.byBrowser(request(), address -> {
            tenant.identity().signingKeys().rotate();
            browser(as(tenant.adminUserName()), new ArrayList<>()).accept(address);
        }, trail, control));
    }

    @ParameterizedTest
    @ValueSource(strings = { "html", "unavailable", "not-found" })
    void withoutKeysNobodyIsProved(String fault) {
        tenant.identity().loginFaults().set("discovery/v2.0/keys", fault);
        SignInRefusedException e = refused(tenant.adminUserName(), tenant.password());
        assertEquals(SignInOutcome.UNREACHABLE, e.outcome());
        assertEquals(ErrorKind.OFFLINE, e.kind());
        var opened = new ArrayList<URI>();
        assertEquals(SignInOutcome.UNREACHABLE, refusedInBrowser(opened::add).outcome());
        assertEquals(List.of(), opened);
    }

    @Test
    void aTenantWithoutKeysHasSignedNothing() {
        tenant.identity().loginFaults().set("discovery/v2.0/keys", "empty");
        assertEquals(SignInOutcome.INVALID_TOKEN, refused(tenant.adminUserName(), tenant.password()).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = { "html", "unavailable" })
    void aLoginServiceThatIsNoneIsNotReachedAndDoesNotSpoilTheNextSignIn(String fault) {
        tenant.identity().loginFaults().set("oauth2/v2.0/token", fault);
        assertEquals(SignInOutcome.UNREACHABLE, refused(tenant.adminUserName(), tenant.password()).outcome());
        tenant.identity().loginFaults().clear();
        assertIsAdministrator(signIn.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(),
                trail, control));
    }

    @Test
    void nobodyIsKeptWaitingLongForALoginServiceThatDoesNotWork() {
        tenant.identity().loginFaults().set("oauth2/v2.0/token", "unavailable");
        assertEquals(SignInOutcome.UNREACHABLE, refused(tenant.adminUserName(), tenant.password()).outcome());
        assertTrue(waited().compareTo(PatientHttp.IN_FRONT) <= 0, control.waits.toString());
        control.waits.clear();
        // Whoever confirms a code elsewhere is not in front of it.
        assertEquals(SignInOutcome.UNREACHABLE, refusedByCode(_ -> {}).outcome());
        assertTrue(waited().compareTo(PatientHttp.IN_FRONT) > 0, control.waits.toString());
        control.waits.clear();
        tenant.identity().loginFaults().set("oauth2/v2.0/devicecode", "unavailable");
        assertEquals(SignInOutcome.UNREACHABLE, refusedByCode(_ -> fail("no code")).outcome());
        assertTrue(waited().compareTo(PatientHttp.IN_FRONT) <= 0, control.waits.toString());
    }

    private Duration waited() {
        return control.waits.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void aLoginServiceThatIsDownIsSaidBeforeABrowserOpens() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        String origin = "https://localhost:" + closed;
        var down = new Request(new Endpoint(tenant.tenantId(), origin, origin, tenant.caPem(), null),
                tenant.clientId(), null);
        var opened = new ArrayList<URI>();
        SignInRefusedException e = assertThrows(SignInRefusedException.class,
                () -> signIn.byBrowser(down, opened::add, trail, control));
        assertEquals(SignInOutcome.UNREACHABLE, e.outcome());
        assertEquals(List.of(), opened);
        assertEquals(SignInOutcome.UNREACHABLE, assertThrows(SignInRefusedException.class,
                () -> signIn.byDeviceCode(down, _ -> fail("no code"), trail, control)).outcome());
        assertEquals(List.of(), steps);
    }

    @Test
    void clocksMayDifferByFiveMinutes() {
        var within = new IdTokenSignIn(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(79)));
        assertIsAdministrator(within.byPassword(request(), tenant.adminUserName(), tenant.password().toCharArray(),
                trail, control));
        for (long minutes : new long[]{ 81, -6 }) {
            var beyond = new IdTokenSignIn(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes)));
            SignInRefusedException e = assertThrows(SignInRefusedException.class, () -> beyond.byPassword(request(),
                    tenant.adminUserName(), tenant.password().toCharArray(), trail, control));
            assertEquals(SignInOutcome.INVALID_TOKEN, e.outcome());
            assertTrue(e.remedy().contains("clock"), e.remedy());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "zoë müller", "a b@c", "x#y?z=1&k@d", "../../token", "%2e%2e@x", "日本@x", "a/b@c" })
    void anyNameThatPeopleTypeIsAskedFor(String name) {
        assertEquals("AADSTS50034", refused(name, "wrong").directoryCode());
    }

    @Test
    void namesWithBlanksAndUmlautsSignIn() {
        String name = "zoë van müller@" + tenant.domain();
        tenant.directory().hire(Map.of("userPrincipalName", name, "displayName", "Zoë"));
        assertEquals(name, signIn.byPassword(request(), " " + name + " ", tenant.password().toCharArray(), trail,
                control).userName());
    }

    @Test
    void emptyEndlessAndBrokenInputIsNotSent() {
        long before = tenant.log().count(RequestLog.Part.LOGIN);
        for (String password : List.of("", "a\0b", "x".repeat(10_000))) {
            assertEquals(SignInOutcome.WRONG_PASSWORD, refused(tenant.adminUserName(), password).outcome());
        }
        for (String name : List.of("", "  ", "a\0b", "x".repeat(10_000), "a\r\nb")) {
            assertEquals(SignInOutcome.WRONG_PASSWORD, refused(name, "secret").outcome());
        }
        assertEquals(before, tenant.log().count(RequestLog.Part.LOGIN));
    }

    @Test
    void noPasswordGoesToAnotherServer() {
        tenant.identity().federate(tenant.domain(), true);
        SignInRefusedException e = refused(tenant.adminUserName(), tenant.password());
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertTrue(e.commandRemedy().contains("--sign-in browser"));
    }

    @Test
    void anApplicationForSecretsOnlyLetsNobodyInByCodeOrPassword() {
        tenant.identity().apps().setPublicClient(tenant.clientId(), false);
        assertEquals(SignInOutcome.PUBLIC_CLIENT_OFF, refused(tenant.adminUserName(), tenant.password()).outcome());
        assertEquals(SignInOutcome.PUBLIC_CLIENT_OFF, refusedByCode(_ -> fail("no code")).outcome());
    }

    @Test
    void aDeclinedCodeIsCancelled() {
        assertEquals(SignInOutcome.CANCELLED,
                refusedByCode(code -> tenant.identity().declineDeviceCode(code.userCode())).outcome());
    }

    @Test
    void whoStopsWhileTheCodeIsShownStops() {
        assertThrows(CancellationException.class,
                () -> signIn.byDeviceCode(request(), _ -> control.cancelled = true, trail, control));
        control.cancelled = false;
        assertThrows(CancellationException.class,
                () -> signIn.byBrowser(request(), _ -> control.cancelled = true, trail, control));
    }

    @Test
    void aDeclinedBrowserSignInIsCancelledAndThePageSaysSo() throws InterruptedException {
        var pages = new LinkedBlockingDeque<String>();
        assertEquals(SignInOutcome.CANCELLED,
                refusedInBrowser(browser(as(tenant.adminUserName()) + "&sample_decision=decline", pages)).outcome());
        String page = String.valueOf(pages.poll(10, TimeUnit.SECONDS));
        assertTrue(page.contains("You are not signed in"), page);
    }

    @Test
    void aPostedFormIsUnderstoodToo() throws InterruptedException {
        var pages = new LinkedBlockingDeque<String>();
        Consumer<URI> posting = address -> {
            var page = new ArrayList<String>();
            browser("&response_mode=form_post" + as(tenant.adminUserName()), page).accept(
                    URI.create(address.toString().replace("&response_mode=query", "")));
            var fields = new ArrayList<String>();
            var field = java.util.regex.Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"")
                    .matcher(page.getFirst());
            while (field.find()) {
                fields.add(field.group(1) + "=" + URLEncoder.encode(field.group(2), StandardCharsets.UTF_8));
            }
            String target = java.util.regex.Pattern.compile("action=\"([^\"]+)\"").matcher(page.getFirst()).results()
                    .findFirst().orElseThrow().group(1);
            try (var http = HttpClient.newHttpClient()) {
                pages.add(http.send(HttpRequest.newBuilder(URI.create(target))
                        .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields))).build(),
                        HttpResponse.BodyHandlers.ofString()).body());
            } catch (Exception e) {
                pages.add(e.toString());
            }
        };
        assertIsAdministrator(signIn.byBrowser(request(), posting, trail, control));
        String page = String.valueOf(pages.poll(10, TimeUnit.SECONDS));
        assertTrue(page.contains("You are signed in"), page);
    }

    /// Answers the request's way back with something else than what the tenant says.
    private static Consumer<URI> answering(UnaryOperator<String> answer) {
        return address -> {
            try (var http = HttpClient.newHttpClient()) {
                String state = value(address, "state");
                http.send(HttpRequest.newBuilder(
                        URI.create(value(address, "redirect_uri") + "/?" + answer.apply(state))).build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static String value(URI address, String name) {
        for (String pair : address.getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return java.net.URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Test
    void anAnswerToAnotherRequestProvesNothing() {
        for (UnaryOperator<String> answer : List.<UnaryOperator<String>>of(_ -> "code=abc&state=other",
                _ -> "code=abc", _ -> "error=access_denied", state -> "code=abc&state=" + state + "&state=" + state,
                state -> "code=&state=" + state)) {
            assertEquals(SignInOutcome.INVALID_TOKEN, refusedInBrowser(answering(answer)).outcome());
        }
    }

    @Test
    void errorsThatTheBrowserBringsAreTold() {
        assertEquals(SignInOutcome.CANCELLED,
                refusedInBrowser(answering(state -> "error=access_denied&state=" + state)).outcome());
        assertEquals(SignInOutcome.UNREACHABLE,
                refusedInBrowser(answering(state -> "error=server_error&state=" + state)).outcome());
        assertEquals(SignInOutcome.REFUSED,
                refusedInBrowser(answering(state -> "error=invalid_request&state=" + state)).outcome());
        assertEquals("AADSTS70000",
                refusedInBrowser(answering(state -> "code=made-up&state=" + state)).directoryCode());
    }

    @Test
    void otherVisitorsDoNotDisturb() {
        var pages = new LinkedBlockingDeque<String>();
        Consumer<URI> visits = address -> {
            String back = value(address, "redirect_uri");
            try (var http = HttpClient.newHttpClient()) {
                for (String path : List.of("/favicon.ico", "/", "/?hello=1", "/%zz", "/callback?code=x&state=y")) {
                    try {
                        http.send(HttpRequest.newBuilder(URI.create(back + path)).build(),
                                HttpResponse.BodyHandlers.discarding());
                    } catch (IllegalArgumentException e) {
                        continue;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            browser(as(tenant.adminUserName()), pages).accept(address);
        };
        assertIsAdministrator(signIn.byBrowser(request(), visits, trail, control));
    }

    @Test
    void aPortThatIsTakenIsLeftToItsOwner() throws IOException {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            var ports = new ArrayDeque<>(List.of(taken.getLocalPort(), 0));
            var careful = new IdTokenSignIn(Clock.systemUTC(), ports::remove, Duration.ofMinutes(5));
            var pages = new ArrayList<String>();
            assertIsAdministrator(careful.byBrowser(request(), browser(as(tenant.adminUserName()), pages), trail,
                    control));
            assertTrue(ports.isEmpty());
        }
    }

    @Test
    void aBrowserThatStaysAwayIsCancelledAndOneThatIsMissingIsSaid() {
        var quick = new IdTokenSignIn(Clock.systemUTC(), () -> 0, Duration.ofMillis(300));
        var opened = new ArrayList<URI>();
        assertEquals(SignInOutcome.CANCELLED, assertThrows(SignInRefusedException.class,
                () -> quick.byBrowser(request(), opened::add, trail, control)).outcome());
        // Nobody listens any more.
        URI back = URI.create(value(opened.getFirst(), "redirect_uri"));
        assertThrows(IOException.class, () -> new java.net.Socket("127.0.0.1", back.getPort()).close());
        SignInRefusedException e = refusedInBrowser(_ -> {
            throw new UnsupportedOperationException("no display");
        });
        assertEquals(SignInOutcome.REFUSED, e.outcome());
        assertTrue(e.remedy().contains("device code"), e.remedy());
    }

    @Test
    void theRequestCarriesStateNonceChallengeAndHint() {
        var seen = new ArrayList<URI>();
        var hinted = new Request(request().endpoint(), tenant.clientId(), "ann+x@contoso.example");
        for (int i = 0; i < 2; i++) {
            assertThrows(SignInRefusedException.class, () -> signIn.byBrowser(hinted, address -> {
                seen.add(address);
                throw new UnsupportedOperationException();
            }, trail, control));
        }
        assertEquals("ann+x@contoso.example", value(seen.getFirst(), "login_hint"));
        assertEquals("S256", value(seen.getFirst(), "code_challenge_method"));
        assertTrue(value(seen.getFirst(), "redirect_uri").matches("http://localhost:\\d+"));
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertTrue(value(seen.getFirst(), name).length() >= 43, name);
            assertNotEquals(value(seen.getFirst(), name), value(seen.getLast(), name));
        }
    }
}
