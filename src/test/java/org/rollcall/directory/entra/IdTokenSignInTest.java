package org.rollcall.directory.entra;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.rollcall.directory.Endpoint;
import org.rollcall.directory.EntraIdentity.Proven;
import org.rollcall.directory.EntraIdentity.Request;
import org.rollcall.directory.SignInRefusedException;
import org.rollcall.directory.SignInTrail;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.sample.SampleTenant;

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
    private static Consumer<URI> browser(String more, List<String> pages) {
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
        assertEquals(wrong.remedy(), unknown.remedy());
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
}
