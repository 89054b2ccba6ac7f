package org.rollcall.sample;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.aad.msal4j.*;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.*;

/// The login half against the library that the product signs in with, unmodified.
class SampleIdentityTest {
    private static final Set<String> DEFAULT = Set.of("https://graph.microsoft.com/.default");
    private static final Set<String> READ = Set.of("User.Read");
    private LoopbackServer tenant;

    @BeforeEach
    void start() throws Exception {
        tenant = new LoopbackServer();
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    private ConfidentialClientApplication confidential(IClientCredential credential) throws Exception {
        return confidential(LoopbackServer.CLIENT, tenant.authority(), credential);
    }

    private ConfidentialClientApplication confidential(String client, String authority, IClientCredential credential)
            throws Exception {
        return ConfidentialClientApplication.builder(client, credential).authority(authority)
                .aadInstanceDiscoveryResponse(tenant.identity.instanceDiscoveryResponse())
                .sslSocketFactory(tenant.trust.getSocketFactory()).build();
    }

    private PublicClientApplication publicClient(String client) throws Exception {
        return PublicClientApplication.builder(client).authority(tenant.authority())
                .aadInstanceDiscoveryResponse(tenant.identity.instanceDiscoveryResponse())
                .sslSocketFactory(tenant.trust.getSocketFactory()).build();
    }

    private IAuthenticationResult secret(String value) throws Exception {
        return get(confidential(ClientCredentialFactory.createFromSecret(value))
                .acquireToken(ClientCredentialParameters.builder(DEFAULT).skipCache(true).build()));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private interface Attempt {
        Object run() throws Exception;
    }

    private static void refused(int number, String error, Attempt attempt) {
        var thrown = assertThrows(ExecutionException.class, attempt::run);
        var cause = assertInstanceOf(MsalServiceException.class, thrown.getCause());
        String message = String.valueOf(cause.getMessage());
        assertTrue(message.contains("AADSTS" + number + ":"), message);
        assertEquals(error, cause.errorCode());
    }

    private static JsonNode claims(String token) throws Exception {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static Set<String> names(JsonNode array) {
        var names = new TreeSet<String>();
        array.forEach(n -> names.add(n.asText()));
        return names;
    }

    private SampleRequest bearer(String token) {
        return new SampleRequest("GET", "/v1.0/users", Map.of(),
                Map.of("Authorization", java.util.List.of("Bearer " + token)), new byte[0]);
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        var builder = HttpRequest.newBuilder(URI.create(tenant.origin() + path)).method(method,
                HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            builder.header("Content-Type", type);
        }
        return tenant.http().send(builder.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void secretGivesATokenWithTheGrantedRolesAndTheCacheHitsOnThisPort() throws Exception {
        var client = confidential(ClientCredentialFactory.createFromSecret(LoopbackServer.SECRET));
        var first = get(client.acquireToken(ClientCredentialParameters.builder(DEFAULT).build()));
        var again = get(client.acquireToken(ClientCredentialParameters.builder(DEFAULT).build()));
        assertEquals(first.accessToken(), again.accessToken());
        JsonNode claims = claims(first.accessToken());
        assertEquals(Set.of("User.Read.All", "GroupMember.Read.All", "AuditLog.Read.All"),
                names(claims.path("roles")));
        assertEquals("app", claims.path("idtyp").asText());
        assertEquals(LoopbackServer.TENANT, claims.path("tid").asText());
        Caller caller = tenant.identity.authenticate(bearer(first.accessToken()));
        assertTrue(caller.appOnly());
        assertEquals(LoopbackServer.CLIENT, caller.appId());
    }

    @Test
    void permissionsAreThoseGrantedWhenTheTokenIsIssued() throws Exception {
        tenant.identity.apps().revokeRole(LoopbackServer.CLIENT, "AuditLog.Read.All");
        assertEquals(Set.of("User.Read.All", "GroupMember.Read.All"),
                tenant.identity.authenticate(bearer(secret(LoopbackServer.SECRET).accessToken())).permissions());
        tenant.identity.apps().setRoles(LoopbackServer.CLIENT, Set.of());
        String bare = secret(LoopbackServer.SECRET).accessToken();
        assertFalse(claims(bare).has("roles"));
        assertEquals(Set.of(), tenant.identity.authenticate(bearer(bare)).permissions());
    }

    @Test
    void bearerTokensAreJudged() throws Exception {
        String token = secret(LoopbackServer.SECRET).accessToken();
        tenant.identity.signingKeys().rotate();
        assertEquals(LoopbackServer.CLIENT, tenant.identity.authenticate(bearer(token)).appId());
        String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";
        assertEquals(401, assertThrows(GraphFault.class, () -> tenant.identity.authenticate(bearer(forged))).status());
        assertThrows(GraphFault.class, () -> tenant.identity.authenticate(bearer("nonsense")));
        tenant.clock.advance(Duration.ofMinutes(76));
        var expired = assertThrows(GraphFault.class, () -> tenant.identity.authenticate(bearer(token)));
        assertEquals("InvalidAuthenticationToken", expired.code());
        assertTrue(expired.headers().getOrDefault("WWW-Authenticate", "").startsWith("Bearer realm"));
    }

    @Test
    void wrongExpiredAndMissingSecretsAreTold() throws Exception {
        refused(7000215, "invalid_client", () -> secret("wrong"));
        String id = tenant.identity.apps().addSecret(LoopbackServer.CLIENT, "another~secret",
                Instant.now().plus(Duration.ofDays(1)));
        refused(7000215, "invalid_client", () -> secret(id));
        assertNotNull(secret("another~secret"));
        tenant.identity.apps().expireSecrets(LoopbackServer.CLIENT);
        refused(7000222, "invalid_client", () -> secret(LoopbackServer.SECRET));
        var missing = send("POST", "/" + LoopbackServer.TENANT + "/oauth2/v2.0/token",
                "application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=" + LoopbackServer.CLIENT
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
        assertEquals(401, missing.statusCode());
        assertTrue(missing.body().contains("AADSTS7000218"));
        assertEquals(7000218, new ObjectMapper().readTree(missing.body()).path("error_codes").path(0).asInt());
    }

    @Test
    void unknownTenantClientResourceAndDisabledApplicationAreTold() throws Exception {
        var credential = ClientCredentialFactory.createFromSecret(LoopbackServer.SECRET);
        var parameters = ClientCredentialParameters.builder(DEFAULT).build();
        refused(90002, "invalid_request", () -> get(confidential(LoopbackServer.CLIENT,
                tenant.origin() + "/00000000-dead-4000-8000-000000000000/", credential).acquireToken(parameters)));
        refused(700016, "unauthorized_client",
                () -> get(confidential("99999999-0000-4000-8000-000000000000", tenant.authority(), credential)
                        .acquireToken(parameters)));
        refused(500011, "invalid_resource", () -> get(confidential(credential)
                .acquireToken(ClientCredentialParameters.builder(Set.of("https://graph.example/.default")).build())));
        refused(70011, "invalid_scope", () -> get(confidential(credential)
                .acquireToken(ClientCredentialParameters.builder(Set.of("User.Everything")).build())));
        tenant.identity.apps().setEnabled(LoopbackServer.CLIENT, false);
        refused(7000112, "unauthorized_client", () -> secret(LoopbackServer.SECRET));
    }

    @Test
    void certificateAssertionsAreVerified() throws Exception {
        var good = CredentialCertificate.generate("good", Instant.now().minusSeconds(60),
                Instant.now().plus(Duration.ofDays(30)));
        var parameters = ClientCredentialParameters.builder(DEFAULT).skipCache(true).build();
        var client = confidential(ClientCredentialFactory.createFromCertificate(good.key(), good.certificate()));
        refused(700027, "invalid_client", () -> get(client.acquireToken(parameters)));
        tenant.identity.apps().addCertificate(LoopbackServer.CLIENT, good.certificate());
        assertEquals("2", claims(get(client.acquireToken(parameters)).accessToken()).path("appidacr").asText());

        var liar = CredentialCertificate.generate("liar", Instant.now(), Instant.now().plus(Duration.ofDays(30)));
        var stolen = confidential(ClientCredentialFactory.createFromCertificate(liar.key(), good.certificate()));
        refused(700027, "invalid_client", () -> get(stolen.acquireToken(parameters)));

        tenant.identity.policies().setAssertionSkew(Duration.ofHours(1));
        refused(700024, "invalid_client", () -> get(client.acquireToken(parameters)));
        tenant.identity.policies().setAssertionSkew(Duration.ZERO);
        tenant.identity.apps().expireCertificates(LoopbackServer.CLIENT);
        refused(700027, "invalid_client", () -> get(client.acquireToken(parameters)));
    }

    @Test
    void assertionsMayUsePssAndMustNameThisTokenEndpoint() throws Exception {
        var good = CredentialCertificate.generate("pss", Instant.now().minusSeconds(60),
                Instant.now().plus(Duration.ofDays(30)));
        tenant.identity.apps().addCertificate(LoopbackServer.CLIENT, good.certificate());
        String endpoint = tenant.authority() + "oauth2/v2.0/token";
        assertEquals(200, assertion(good, endpoint).statusCode());
        var elsewhere = assertion(good, "https://login.example/token");
        assertEquals(401, elsewhere.statusCode());
        assertTrue(elsewhere.body().contains("AADSTS700023"));
    }

    private HttpResponse<String> assertion(CredentialCertificate credential, String audience) throws Exception {
        var nodes = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
        long now = Instant.now().getEpochSecond();
        String jwt = SignedJwt.sign(
                nodes.objectNode().put("alg", "PS256").put("x5t#S256",
                        CredentialCertificate.thumbprint("SHA-256", credential.certificate().getEncoded(), true)),
                nodes.objectNode().put("aud", audience).put("iss", LoopbackServer.CLIENT)
                        .put("sub", LoopbackServer.CLIENT).put("jti", "1").put("nbf", now).put("exp", now + 600),
                credential.key());
        return send("POST", "/" + LoopbackServer.TENANT + "/oauth2/v2.0/token", "application/x-www-form-urlencoded",
                "grant_type=client_credentials&client_id=" + LoopbackServer.CLIENT
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_assertion_type="
                        + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" + jwt);
    }

    private IAuthenticationResult device(PublicClientApplication client, Set<String> scopes, String action,
            String user) throws Exception {
        return get(client.acquireToken(DeviceCodeFlowParameters.builder(scopes, code -> {
            try {
                assertEquals(204, send("POST", "/admin/devicecode", "application/json",
                        "{\"user_code\":\"" + code.userCode() + "\",\"action\":\"" + action + "\",\"user\":\"" + user
                                + "\"}")
                        .statusCode());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }).build()));
    }

    @Test
    void deviceCodeIsApprovedDeclinedOrBlocked() throws Exception {
        var client = publicClient(LoopbackServer.CLIENT);
        var result = device(client, READ, "approve", LoopbackServer.MFA);
        assertEquals(LoopbackServer.MFA, result.account().username());
        assertTrue(claims(result.accessToken()).path("scp").asText().contains("User.Read"));
        assertEquals(LoopbackServer.CLIENT, claims(result.idToken()).path("aud").asText());

        refused(65004, "authorization_declined", () -> device(client, READ, "decline", LoopbackServer.BO));
        tenant.identity.policies().setDeviceCodeBlocked(true);
        refused(53003, "invalid_grant", () -> device(client, READ, "approve", LoopbackServer.BO));
    }

    @Test
    void deviceCodeExpires() throws Exception {
        refused(70020, "expired_token", () -> get(publicClient(LoopbackServer.CLIENT).acquireToken(
                DeviceCodeFlowParameters.builder(READ, _ -> tenant.clock.advance(Duration.ofMinutes(16))).build())));
    }

    @Test
    void devicePageApprovesByHand() throws Exception {
        var client = publicClient(LoopbackServer.CLIENT);
        var result = get(client.acquireToken(DeviceCodeFlowParameters.builder(READ, code -> {
            try {
                String code64 = "user_code=" + code.userCode();
                String ask = form("/devicelogin", code64).body();
                assertTrue(ask.contains("sample_password"), ask);
                String wrong = form("/devicelogin",
                        code64 + "&sample_login=" + LoopbackServer.MFA + "&sample_password=no").body();
                assertTrue(wrong.contains("AADSTS50126"));
                String mfa = form("/devicelogin", code64 + "&sample_login=" + LoopbackServer.MFA + "&sample_password="
                        + LoopbackServer.PASSWORD).body();
                assertTrue(mfa.contains("Approve"));
                String session = field(mfa, "sample_session");
                String confirm = form("/devicelogin", code64 + "&sample_session=" + session + "&sample_step=mfa")
                        .body();
                assertTrue(confirm.contains("Are you trying to sign in to Rollcall?"), confirm);
                String done = form("/devicelogin",
                        code64 + "&sample_session=" + session + "&sample_decision=accept").body();
                assertTrue(done.contains("You have signed in"), done);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }).build()));
        assertEquals(LoopbackServer.MFA, result.account().username());
    }

    private HttpResponse<String> form(String path, String body) throws Exception {
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    private static String field(String html, String name) {
        int at = html.indexOf("name=\"" + name + "\" value=\"");
        assertTrue(at >= 0, html);
        int from = at + name.length() + 15;
        return html.substring(from, html.indexOf('"', from));
    }

    /// Plays the browser: follows the sign-in address and posts what the page would post by itself.
    private void browse(URI address, String more) {
        try {
            String page = tenant.http().send(HttpRequest.newBuilder(URI.create(address + more)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            int at = page.indexOf("action=\"") + 8;
            String target = page.substring(at, page.indexOf('"', at));
            var body = new StringBuilder("state=" + field(page, "state"));
            if (page.contains("name=\"code\"")) {
                body.append("&code=").append(field(page, "code"));
            } else {
                body.append("&error=").append(field(page, "error")).append("&error_description=refused");
            }
            tenant.http().sendAsync(
                    HttpRequest.newBuilder(URI.create(target))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
                    HttpResponse.BodyHandlers.discarding()).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private IAuthenticationResult interactive(PublicClientApplication client, Set<String> scopes, String user)
            throws Exception {
        return get(client.acquireToken(InteractiveRequestParameters.builder(URI.create("http://localhost"))
                .scopes(scopes).systemBrowserOptions(SystemBrowserOptions.builder()
                        .openBrowserAction(url -> browse(URI.create(url.toString()), "&sample_user=" + user)).build())
                .build()));
    }

    @Test
    void browserSignInByAddressWorksWithPkceAndRefreshes() throws Exception {
        assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
        var client = publicClient(LoopbackServer.CLIENT);
        var result = interactive(client, READ, LoopbackServer.BO);
        assertEquals(LoopbackServer.BO, result.account().username());
        var silent = SilentParameters.builder(READ, result.account()).forceRefresh(true).build();
        var renewed = get(client.acquireTokenSilently(silent));
        assertNotEquals(result.accessToken(), renewed.accessToken());
        tenant.identity.revokeSessions(LoopbackServer.BO);
        refused(50173, "invalid_grant", () -> get(client.acquireTokenSilently(silent)));
    }

    @Test
    void idleRefreshTokensEnd() throws Exception {
        var client = publicClient(LoopbackServer.CLIENT);
        var result = device(client, READ, "approve", LoopbackServer.BO);
        tenant.clock.advance(Duration.ofDays(91));
        refused(700082, "invalid_grant", () -> get(client.acquireTokenSilently(
                SilentParameters.builder(READ, result.account()).forceRefresh(true).build())));
    }

    @Test
    void redirectAddressesAndCodesAreChecked() throws Exception {
        String authorize = "/" + LoopbackServer.TENANT + "/oauth2/v2.0/authorize?client_id=" + LoopbackServer.CLIENT
                + "&response_type=code&scope=openid%20User.Read&state=s1&code_challenge="
                + CredentialCertificate.thumbprint("SHA-256", "v".repeat(50).getBytes(StandardCharsets.US_ASCII), true)
                + "&code_challenge_method=S256&sample_user=" + LoopbackServer.BO + "&redirect_uri=";
        assertTrue(send("GET", authorize + "https%3A%2F%2Fevil.example%2F", "", "").body().contains("AADSTS50011"));
        String location = send("GET", authorize + "http%3A%2F%2Flocalhost%3A7777", "", "").headers()
                .firstValue("Location").orElseThrow();
        assertTrue(location.startsWith("http://localhost:7777?code="), location);
        String code = location.substring(location.indexOf("code=") + 5, location.indexOf('&'));
        String redeem = "grant_type=authorization_code&client_id=" + LoopbackServer.CLIENT
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A7777&code=" + code + "&code_verifier=";
        String token = "/" + LoopbackServer.TENANT + "/oauth2/v2.0/token";
        assertTrue(form(token, redeem + "w".repeat(50)).body().contains("AADSTS501481"));
        assertTrue(form(token, redeem + "v".repeat(50)).body().contains("AADSTS54005"));
        String declined = send("GET", authorize + "http%3A%2F%2Flocalhost%3A7777&sample_decision=decline", "", "")
                .headers().firstValue("Location").orElseThrow();
        assertTrue(declined.contains("error=access_denied") && declined.contains("AADSTS65004"), declined);
    }

    @SuppressWarnings("deprecation")
    private IAuthenticationResult password(String client, String user, String password) throws Exception {
        return get(publicClient(client)
                .acquireToken(UserNamePasswordParameters.builder(READ, user, password.toCharArray()).build()));
    }

    @Test
    void passwordSignInKnowsWhoMayAndWhoMayNot() throws Exception {
        String client = LoopbackServer.CLIENT;
        assertEquals(LoopbackServer.BO,
                password(client, LoopbackServer.BO, LoopbackServer.PASSWORD).account().username());
        refused(50126, "invalid_grant", () -> password(client, LoopbackServer.BO, "wrong"));
        refused(50034, "invalid_grant",
                () -> password(client, "nobody@contoso.example", LoopbackServer.PASSWORD));
        refused(50057, "invalid_grant", () -> password(client, LoopbackServer.OFF, LoopbackServer.PASSWORD));
        refused(50076, "invalid_grant", () -> password(client, LoopbackServer.MFA, LoopbackServer.PASSWORD));
        refused(65001, "invalid_grant",
                () -> password(AppRegistry.BOOTSTRAP_APP_ID, LoopbackServer.BO, LoopbackServer.PASSWORD));
        tenant.identity.apps().setAssignmentRequired(client, true);
        refused(50105, "invalid_grant", () -> password(client, LoopbackServer.BO, LoopbackServer.PASSWORD));
        tenant.identity.passwords().expirePassword(LoopbackServer.BO);
        refused(50055, "invalid_grant", () -> password(client, LoopbackServer.BO, LoopbackServer.PASSWORD));
        tenant.identity.apps().setPublicClient(client, false);
        refused(7000218, "invalid_client", () -> password(client, LoopbackServer.ADA, LoopbackServer.PASSWORD));
    }

    @Test
    void policiesBlockPasswordsAndDemandRegistration() throws Exception {
        tenant.identity.policies().setMfaForEveryone(true);
        refused(50079, "interaction_required",
                () -> password(LoopbackServer.CLIENT, LoopbackServer.BO, LoopbackServer.PASSWORD));
        tenant.identity.policies().setPasswordGrantBlocked(true);
        refused(53003, "invalid_grant",
                () -> password(LoopbackServer.CLIENT, LoopbackServer.BO, LoopbackServer.PASSWORD));
    }

    @Test
    void ordinaryPeopleCannotConsentToAdministratorsScopes() throws Exception {
        var client = publicClient(AppRegistry.BOOTSTRAP_APP_ID);
        var scopes = Set.of("Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All");
        refused(90094, "access_denied", () -> device(client, scopes, "approve", LoopbackServer.BO));
        var result = device(client, scopes, "approve", LoopbackServer.ADA);
        assertEquals(scopes, new TreeSet<>(java.util.Arrays.stream(result.scopes().split(" ", -1))
                .filter(s -> s.contains(".")).toList()));
    }

    @Test
    void documentsAreConsistent() throws Exception {
        var mapper = new ObjectMapper();
        JsonNode metadata = mapper.readTree(
                send("GET", "/contoso.example/v2.0/.well-known/openid-configuration", "", "").body());
        assertEquals(tenant.origin() + "/" + LoopbackServer.TENANT + "/v2.0", metadata.path("issuer").asText());
        String keys = metadata.path("jwks_uri").asText().substring(tenant.origin().length());
        JsonNode key = mapper.readTree(send("GET", keys, "", "").body()).path("keys").path(0);
        String token = secret(LoopbackServer.SECRET).accessToken();
        var jwt = SignedJwt.parse(token).orElseThrow();
        assertEquals(key.path("kid").asText(), jwt.header().path("kid").asText());
        var rsa = java.security.KeyFactory.getInstance("RSA")
                .generatePublic(new java.security.spec.RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        assertTrue(jwt.isSignedBy(rsa));
        assertEquals("Managed",
                mapper.readTree(
                        send("GET", "/common/userrealm/" + LoopbackServer.BO + "?api-version=1.0", "", "").body())
                        .path("account_type").asText());
        JsonNode discovery = mapper.readTree(send("GET",
                "/common/discovery/instance?api-version=1.1&authorization_endpoint=" + tenant.authority()
                        + "oauth2/v2.0/authorize",
                "", "").body());
        assertEquals(URI.create(tenant.origin()).getAuthority(),
                discovery.path("metadata").path(0).path("preferred_cache").asText());
        assertNull(tenant.identity.handleLogin(
                new SampleRequest("GET", "/" + LoopbackServer.TENANT + "/nothing", Map.of(), Map.of(), new byte[0])));
    }

    private static java.math.BigInteger number(JsonNode key, String name) {
        return new java.math.BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    @Test
    void adminConsentGrantsWhatTheRegistrationAsksFor() throws Exception {
        tenant.identity.apps().setRoles(LoopbackServer.CLIENT, Set.of());
        String consent = "/" + LoopbackServer.TENANT + "/adminconsent?client_id=" + LoopbackServer.CLIENT
                + "&state=x&redirect_uri=http%3A%2F%2Flocalhost%3A9999&sample_user=";
        String refused = send("GET", consent + LoopbackServer.BO, "", "").headers().firstValue("Location")
                .orElseThrow();
        assertTrue(refused.contains("error=permission_denied"), refused);
        assertEquals(Set.of(), tenant.identity.apps().roles(LoopbackServer.CLIENT));
        String granted = send("GET", consent + LoopbackServer.ADA, "", "").headers().firstValue("Location")
                .orElseThrow();
        assertTrue(granted.contains("admin_consent=True") && granted.contains("tenant=" + LoopbackServer.TENANT));
        assertEquals(3, tenant.identity.apps().roles(LoopbackServer.CLIENT).size());
    }
}
