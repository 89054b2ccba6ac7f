package org.rollcall.source.entra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;
import org.rollcall.source.CallControl;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;
import org.rollcall.source.Endpoint;

import static org.junit.jupiter.api.Assertions.*;

/// Tokens for every kind of credential, and what is said when there is none to be had.
class EntraTokensTest {
    private static SampleTenant tenant;
    private final RecordedControl control = new RecordedControl();

    @BeforeAll
    static void start() {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(10));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    private Object organization(Connection connection) {
        return new EntraConnector(Clock.systemUTC()).organization(connection, control);
    }

    private RollcallException refused(Connection connection) {
        return assertThrows(RollcallException.class, () -> organization(connection));
    }

    private static Connection changed(String what, String value) {
        Connection good = Connections.to(tenant);
        return new Connection(what.equals("tenant") ? value : good.tenant(),
                what.equals("client") ? value : good.clientId(),
                what.equals("authority") ? value : good.authorityUrl(),
                what.equals("graph") ? value : good.graphUrl(), what.equals("ca") ? null : good.caPem(),
                what.equals("proxy") ? value : null,
                what.equals("secret") ? new Credential.Secret(value) : good.credential());
    }

    @Test
    void aCertificateIsAsGoodAsASecret() {
        assertNotNull(organization(Connections.with(tenant, Connections.certificate(tenant))));
    }

    @Test
    void tokensAreKeptUntilTheyAreNearlyOver() {
        long before = tenant.log().count(RequestLog.Part.LOGIN);
        var clock = new Object() {
            Clock now = Clock.systemUTC();
        };
        try (var reader = new EntraConnector(new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return clock.now.instant();
            }
        }).open(Connections.to(tenant))) {
            reader.organization(control);
            reader.organization(control);
            assertEquals(1, tenant.log().count(RequestLog.Part.LOGIN) - before);
            clock.now = Clock.offset(clock.now, Duration.ofMinutes(72));
            reader.organization(control);
            assertEquals(2, tenant.log().count(RequestLog.Part.LOGIN) - before);
        }
    }

    @Test
    void aRefreshTokenSpeaksForAPersonAndIsRenewed() throws Exception {
        tenant.identity().apps();
        var http = HttpClient.newBuilder().sslContext(tenant.trust()).build();
        String form = "grant_type=password&client_id=" + tenant.clientId() + "&username="
                + java.net.URLEncoder.encode(tenant.adminUserName(), StandardCharsets.UTF_8) + "&password="
                + java.net.URLEncoder.encode(tenant.password(), StandardCharsets.UTF_8)
                + "&scope=openid%20offline_access%20User.Read&client_info=1";
        var answer = http.send(HttpRequest.newBuilder(
                URI.create(tenant.origin() + "/" + tenant.tenantId() + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build(), HttpResponse.BodyHandlers.ofString());
        String token = new ObjectMapper().readTree(answer.body()).path("refresh_token").asText();
        assertFalse(token.isEmpty(), answer.body());
        try (var reader = new EntraConnector(Clock.systemUTC())
                .open(Connections.with(tenant, new Credential.UserToken(token)))) {
            var permissions = reader.permissions(control);
            assertTrue(permissions.delegated());
            assertTrue(permissions.has("User.Read"));
            assertInstanceOf(Credential.UserToken.class, reader.renewedCredential().orElseThrow());
        }
    }

    @Test
    void wrongAndExpiredSecretsAreToldApart() {
        RollcallException wrong = refused(changed("secret", "abc~wrong"));
        assertEquals(ErrorKind.REFUSED, wrong.kind());
        assertEquals("entra.secret.wrong", wrong.code());
        assertEquals("7000215", wrong.details().get("aadsts"));
        assertEquals(tenant.origin() + "/error?code=7000215", wrong.details().get("link"));
        assertFalse((wrong.message() + wrong.remedy() + wrong.details()).contains("abc~wrong"));
    }

    @Test
    void unknownTenantsAndApplicationsAreNamed() {
        assertEquals("entra.tenant.unknown",
                refused(changed("tenant", "00000000-1111-4222-8333-444455556666")).code());
        assertEquals("entra.client.unknown",
                refused(changed("client", "00000000-1111-4222-8333-444455556666")).code());
    }

    @Test
    void anUnknownAuthorityIsNotTrusted() {
        RollcallException e = refused(changed("ca", ""));
        assertEquals(ErrorKind.OFFLINE, e.kind());
        assertEquals("tls.unknown-ca", e.code());
        assertTrue(e.commandRemedy().contains("--ca-file"));
        assertFalse(e.remedy().contains("--"), e.remedy());
    }

    @Test
    void namesThatDoNotResolveAreSaid() {
        RollcallException e = refused(changed("authority", "https://login.invalid"));
        assertEquals("network.unknown-host", e.code());
        assertTrue(e.message().contains("login.invalid"));
        assertEquals(List.of(), control.waits);
    }

    /// A proxy that gives everybody the same answer.
    private static ServerSocket proxy(String answer, List<String> seen) throws IOException {
        var socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (var client = socket.accept();
                        InputStream in = client.getInputStream();
                        OutputStream out = client.getOutputStream()) {
                    byte[] head = new byte[4096];
                    int length = in.read(head);
                    seen.add(new String(head, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    // The other side went away, or the test is over.
                    continue;
                }
            }
        });
        return socket;
    }

    @Test
    void proxiesThatRefuseAreSaid() throws IOException {
        var seen = new CopyOnWriteArrayList<String>();
        try (var socket = proxy(
                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n",
                seen)) {
            RollcallException e = refused(changed("proxy", "http://ann:wrong@localhost:" + socket.getLocalPort()));
            assertEquals("proxy.refused", e.code());
            assertEquals(ErrorKind.OFFLINE, e.kind());
            assertTrue(seen.stream().anyMatch(head -> head.contains("Proxy-Authorization: Basic")));
            assertFalse(e.message().contains("wrong") && e.message().contains("ann:"));
        }
        try (var socket = proxy("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", seen)) {
            assertEquals("proxy.refused",
                    refused(changed("proxy", "http://localhost:" + socket.getLocalPort())).code());
        }
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertEquals("proxy.unreachable", refused(changed("proxy", "http://localhost:" + closed)).code());
        assertEquals(ErrorKind.INPUT, refused(changed("proxy", "nonsense")).kind());
    }

    @ParameterizedTest
    @ValueSource(ints = { 50034, 50053, 50055, 50056, 50057, 50059, 50072, 50076, 50079, 50097, 53000, 53003, 50105,
            50126, 50173, 70008, 700082, 50020, 50158, 50194, 50196, 50011, 500113, 65001, 65004, 65002, 650056, 650057,
            70011, 28002, 70003, 70016, 70018, 70019, 54005, 501481, 70000, 700016, 70001, 7000112, 7000113, 500011,
            7000215, 7000222, 7000218, 700025, 700027, 700022, 700023, 700024, 90002, 90019, 90038, 900144, 9001023,
            90055, 90072, 90094, 80001, 900023, 900382, 900432, 500014, 7000114, 5000224, 530035 })
    void everyKnownNumberHasItsMeaning(int number) {
        RollcallException e = AadErrors.of("AADSTS" + number + ": Text. Correlation ID: "
                + "11111111-2222-4333-8444-555566667777 Timestamp: 2026-11-23 00:59:25Z", "invalid_request",
                "https://login.example", Duration.ZERO, null);
        assertNotEquals("entra.refused", e.code());
        assertTrue(e.message().contains("AADSTS" + number));
        assertFalse(e.remedy().isBlank());
        assertEquals(number == 90055 ? ErrorKind.THROTTLED : ErrorKind.REFUSED, e.kind());
        assertEquals("11111111-2222-4333-8444-555566667777", e.details().get("correlationId"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 53003, 530035 })
    void anApplicationIsNotSentToABrowser(int number) {
        RollcallException e = AadErrors.of("AADSTS" + number + ": Text.", "invalid_grant", "https://login.example",
                Duration.ZERO, true);
        assertFalse(e.remedy().contains("browser"), e.remedy());
        assertTrue(e.remedy().contains(number == 53003 ? "workload identities" : "security defaults"), e.remedy());
        assertTrue(e.message().contains("application"), e.message());
    }

    @ParameterizedTest
    @ValueSource(strings = { "token-error@1", "token-empty@1", "token-unavailable@1" })
    void passingFaultsOfTheLoginServiceAreSatThrough(String fault) {
        tenant.faults().set(fault);
        try {
            assertNotNull(organization(Connections.to(tenant)));
            assertEquals(1, control.waits.size());
        } finally {
            tenant.faults().clear();
        }
    }

    @ParameterizedTest
    @CsvSource({ "token-error,entra.unavailable", "token-empty,entra.answer", "token-unavailable,entra.unavailable",
            "token-endless,directory.too-large" })
    void lastingFaultsOfTheLoginServiceHaveWords(String fault, String code) {
        tenant.faults().set(fault);
        try {
            assertEquals(code, refused(Connections.to(tenant)).code());
        } finally {
            tenant.faults().clear();
        }
    }

    @Test
    void aTokenThatComesByteByByteEnds() {
        tenant.faults().set("token-drip;ms=200");
        long begun = System.nanoTime();
        try (var reader = new EntraConnector(Clock.systemUTC()).open(Connections.to(tenant))) {
            RollcallException e = assertThrows(RollcallException.class, () -> reader.permissions(new CallControl() {
                @Override
                public void checkCancelled() {}

                @Override
                public void pause(Duration time, String reason) {}

                @Override
                public Duration patience() {
                    return Duration.ofSeconds(1);
                }
            }));
            assertEquals("network.slow", e.code());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
        } finally {
            tenant.faults().clear();
        }
    }

    @Test
    void theLookUpOfATenantIsBoundedToo() {
        Connection good = Connections.to(tenant);
        var endpoint = new Endpoint(tenant.domain(), good.authorityUrl(), good.graphUrl(), good.caPem(), null);
        tenant.faults().set("token-endless");
        try {
            var e = assertThrows(RollcallException.class,
                    () -> new EntraConnector(Clock.systemUTC()).find(endpoint));
            assertEquals("directory.too-large", e.code());
        } finally {
            tenant.faults().clear();
        }
    }

    @Test
    void unknownNumbersAreShownWithTheirLink() {
        RollcallException e = AadErrors.of("AADSTS123456: New.", null, "https://login.example", Duration.ZERO, null);
        assertEquals("entra.refused", e.code());
        assertTrue(e.message().contains("AADSTS123456"));
        assertTrue(e.remedy().contains("https://login.example/error?code=123456"));
    }

    @Test
    void aWrongClockIsNamedWhenAssertionsFail() {
        RollcallException e = AadErrors.of("AADSTS700024: Times.", "invalid_client", "https://login.example",
                Duration.ofMinutes(-17), null);
        assertEquals("entra.clock", e.code());
        assertTrue(e.message().contains("17 minutes behind"), e.message());
    }
}
