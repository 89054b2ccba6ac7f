package org.rollcall.sample;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.*;

/// A registration from nothing to a working token, over HTTPS, as an administrator's tool does it.
class RegistrationEndpointsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String USERS = "df021288-bdef-4463-88db-98f22de89214";
    private static final String MEMBERS = "98830695-27a2-44f7-8c18-0c3ebc9698f6";
    private static final String SCOPES = "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All "
            + "DelegatedPermissionGrant.ReadWrite.All openid profile";

    private LoopbackServer tenant;
    private HttpClient http;

    private record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }

        String code() {
            return body.path("error").path("code").asText();
        }
    }

    @BeforeEach
    void start() throws Exception {
        tenant = new LoopbackServer();
        http = tenant.http();
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    private Answer post(String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(tenant.origin() + "/" + LoopbackServer.TENANT + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private Answer send(HttpRequest request) throws Exception {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(),
                answer.body().isEmpty() ? JsonNodeFactory.instance.objectNode() : MAPPER.readTree(answer.body()));
    }

    private Answer graph(String token, String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(tenant.origin() + "/v1.0" + path))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /// Signs in through the bootstrap client with a device code; the code is pending until the person approves.
    private String person(String user, String scopes) throws Exception {
        tenant.identity.apps().grantScopes(AppRegistry.BOOTSTRAP_APP_ID, Set.of(scopes.split(" ", -1)));
        Answer code = post("/oauth2/v2.0/devicecode",
                Map.of("client_id", AppRegistry.BOOTSTRAP_APP_ID, "scope", scopes));
        Map<String, String> poll = Map.of("client_id", AppRegistry.BOOTSTRAP_APP_ID, "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code", "device_code", code.text("device_code"));
        Answer pending = post("/oauth2/v2.0/token", poll);
        assertEquals("authorization_pending", pending.text("error"));
        assertEquals(70016, pending.body().path("error_codes").path(0).asInt());
        tenant.identity.approveDeviceCode(code.text("user_code"), user);
        return post("/oauth2/v2.0/token", poll).text("access_token");
    }

    private Answer clientToken(String clientId, String secret) throws Exception {
        return post("/oauth2/v2.0/token", Map.of("client_id", clientId, "client_secret", secret, "grant_type",
                "client_credentials", "scope", tenant.origin() + "/.default"));
    }

    private static Set<String> roles(String token) throws Exception {
        var names = new TreeSet<String>();
        MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1])).path("roles")
                .forEach(r -> names.add(r.asText()));
        return names;
    }

    private static String application(String name) {
        return """
                {"displayName":"%s","signInAudience":"AzureADMyOrg","isFallbackPublicClient":true,
                 "publicClient":{"redirectUris":["http://localhost"]},
                 "requiredResourceAccess":[{"resourceAppId":"00000003-0000-0000-c000-000000000000","resourceAccess":[
                   {"id":"%s","type":"Role"},{"id":"%s","type":"Role"}]}]}""".formatted(name, USERS, MEMBERS);
    }

    private static String assignment(String client, String graph, String role) {
        return "{\"principalId\":\"" + client + "\",\"resourceId\":\"" + graph + "\",\"appRoleId\":\"" + role + "\"}";
    }

    @Test
    void anAdministratorRegistersAnApplicationThatThenWorks() throws Exception {
        String admin = person(LoopbackServer.ADA, SCOPES);
        Answer graph = graph(admin, "GET",
                "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=id,appRoles", "");
        assertEquals(200, graph.status());
        assertTrue(graph.body().path("appRoles").size() > 15);
        Answer app = graph(admin, "POST", "/applications", application("Import"));
        assertEquals(201, app.status());
        String appId = app.text("appId");
        Answer principal = graph(admin, "POST", "/servicePrincipals", "{\"appId\":\"" + appId + "\"}");
        assertEquals(201, principal.status());
        assertEquals(409, graph(admin, "POST", "/servicePrincipals", "{\"appId\":\"" + appId + "\"}").status());
        Answer password = graph(admin, "POST", "/applications/" + app.text("id") + "/addPassword",
                "{\"passwordCredential\":{\"displayName\":\"first\"}}");
        assertEquals(200, password.status());
        String secret = password.text("secretText");
        assertEquals(secret.substring(0, 3), password.text("hint"));
        assertEquals(Set.of(), roles(clientToken(appId, secret).text("access_token")));

        String client = principal.text("id");
        Answer first = graph(admin, "POST", "/servicePrincipals/" + client + "/appRoleAssignments",
                assignment(client, graph.text("id"), USERS));
        assertEquals(201, first.status());
        assertEquals(43, first.text("id").length());
        assertEquals(201, graph(admin, "POST", "/servicePrincipals/" + graph.text("id") + "/appRoleAssignedTo",
                assignment(client, graph.text("id"), MEMBERS)).status());
        assertEquals("Request_BadRequest", graph(admin, "POST", "/servicePrincipals/" + client + "/appRoleAssignments",
                assignment(client, graph.text("id"), USERS)).code());
        assertEquals(Set.of("GroupMember.Read.All", "User.Read.All"),
                roles(clientToken(appId, secret).text("access_token")));
        assertEquals(204, graph(admin, "DELETE",
                "/servicePrincipals/" + client + "/appRoleAssignments/" + first.text("id"), "").status());
        assertEquals(Set.of("GroupMember.Read.All"), roles(clientToken(appId, secret).text("access_token")));

        assertEquals(204, graph(admin, "POST", "/applications(appId='" + appId + "')/removePassword",
                "{\"keyId\":\"" + password.text("keyId") + "\"}").status());
        assertTrue(clientToken(appId, secret).text("error_description").startsWith("AADSTS7000215"));
        assertEquals(204, graph(admin, "DELETE", "/applications/" + app.text("id"), "").status());
        assertTrue(clientToken(appId, secret).text("error_description").startsWith("AADSTS700016"));
    }

    @Test
    void consentToScopesIsKeptAndChanged() throws Exception {
        String admin = person(LoopbackServer.ADA, SCOPES + " Directory.Read.All");
        Answer app = graph(admin, "POST", "/applications", application("Sign-in"));
        Answer principal = graph(admin, "POST", "/servicePrincipals", "{\"appId\":\"" + app.text("appId") + "\"}");
        String body = """
                {"clientId":"%s","consentType":"AllPrincipals","principalId":null,"resourceId":"%s",
                 "scope":"openid profile User.Read"}""".formatted(principal.text("id"),
                tenant.identity.apps().graphPrincipalId());
        Answer grant = graph(admin, "POST", "/oauth2PermissionGrants", body);
        assertEquals(201, grant.status());
        assertEquals("Request_MultipleObjectsWithSameKeyValue",
                graph(admin, "POST", "/oauth2PermissionGrants", body).code());
        assertEquals(204, graph(admin, "PATCH", "/oauth2PermissionGrants/" + grant.text("id"),
                "{\"scope\":\"openid User.Read.All\"}").status());
        Answer list = graph(admin, "GET", "/oauth2PermissionGrants?$filter=clientId%20eq%20'" + principal.text("id")
                + "'%20and%20consentType%20eq%20'AllPrincipals'", "");
        assertEquals(1, list.body().path("value").size());
        assertEquals("User.Read.All openid", list.body().path("value").path(0).path("scope").asText());
        assertEquals(204, graph(admin, "DELETE", "/oauth2PermissionGrants/" + grant.text("id"), "").status());
        assertEquals(404, graph(admin, "GET", "/oauth2PermissionGrants/" + grant.text("id"), "").status());
    }

    @Test
    void whoMayNotIsRefused() throws Exception {
        String ordinary = person(LoopbackServer.BO, SCOPES);
        Answer app = graph(ordinary, "POST", "/applications", application("Bo's own"));
        assertEquals(201, app.status());
        Answer principal = graph(ordinary, "POST", "/servicePrincipals", "{\"appId\":\"" + app.text("appId") + "\"}");
        assertEquals(201, principal.status());
        Answer assigned = graph(ordinary, "POST", "/servicePrincipals/" + principal.text("id") + "/appRoleAssignments",
                assignment(principal.text("id"), tenant.identity.apps().graphPrincipalId(), USERS));
        assertEquals(403, assigned.status());
        assertEquals("Authorization_RequestDenied", assigned.code());
        assertEquals(403, graph(ordinary, "PATCH", "/applications(appId='" + LoopbackServer.CLIENT + "')",
                "{\"displayName\":\"Mine\"}").status());
        tenant.identity.policies().setUserRegistrationAllowed(false);
        assertEquals(403, graph(ordinary, "POST", "/applications", application("Another")).status());

        String reader = clientToken(LoopbackServer.CLIENT, LoopbackServer.SECRET).text("access_token");
        assertEquals(403, graph(reader, "GET", "/applications", "").status());
        tenant.identity.apps().grantRole(LoopbackServer.CLIENT, "Application.Read.All");
        reader = clientToken(LoopbackServer.CLIENT, LoopbackServer.SECRET).text("access_token");
        assertEquals(200, graph(reader, "GET", "/applications", "").status());
        assertEquals(403, graph(reader, "POST", "/applications", application("No")).status());
        assertEquals(401, graph("", "GET", "/applications", "").status());
    }

    @Test
    void listsAreFilteredSelectedAndPaged() throws Exception {
        String admin = person(LoopbackServer.ADA, SCOPES);
        for (String name : List.of("Alpha", "Alpine", "Owner's")) {
            assertEquals(201, graph(admin, "POST", "/applications", application(name)).status());
        }
        assertEquals(1, names(graph(admin, "GET", "/applications?$filter=displayName%20eq%20'Owner''s'", "")).size());
        assertEquals(Set.of("Alpha", "Alpine"),
                names(graph(admin, "GET", "/applications?$filter=startswith(displayName,'Alp')", "")));
        Answer page = graph(admin, "GET", "/applications?$top=3&$select=displayName", "");
        assertEquals(3, page.body().path("value").size());
        assertFalse(page.body().path("value").path(0).has("id"));
        String next = page.text("@odata.nextLink");
        Answer rest = graph(admin, "GET", next.substring(next.indexOf("/v1.0") + 5), "");
        assertEquals(1, rest.body().path("value").size());
        assertFalse(rest.body().has("@odata.nextLink"));
        assertEquals("Request_UnsupportedQuery",
                graph(admin, "GET", "/applications?$filter=contains(displayName,'x')", "").code());
        assertEquals(400, graph(admin, "GET", "/applications?$top=1000", "").status());
        assertEquals(400, graph(admin, "POST", "/applications", "{\"displayName\":\"x\",\"colour\":\"red\"}").status());
        assertEquals(400, graph(admin, "POST", "/applications", "not json").status());
    }

    private static Set<String> names(Answer answer) {
        var names = new TreeSet<String>();
        answer.body().path("value").forEach(v -> names.add(v.path("displayName").asText()));
        return names;
    }

    @Test
    void anApplicationRollsItsOwnCertificateWithAProof() throws Exception {
        String admin = person(LoopbackServer.ADA, SCOPES);
        Instant now = Instant.now();
        var first = CredentialCertificate.generate("first", now.minusSeconds(60), now.plus(Duration.ofDays(30)));
        var body = (ObjectNode) MAPPER.readTree(application("Rolling"));
        body.putArray("keyCredentials").addObject().put("type", "AsymmetricX509Cert").put("usage", "Verify")
                .put("key", Base64.getEncoder().encodeToString(first.certificate().getEncoded()));
        Answer app = graph(admin, "POST", "/applications", body.toString());
        assertEquals(201, app.status());
        String appId = app.text("appId");
        graph(admin, "POST", "/servicePrincipals", "{\"appId\":\"" + appId + "\"}");
        Answer token = withCertificate(appId, first);
        assertEquals(200, token.status());

        var second = CredentialCertificate.generate("second", now.minusSeconds(60), now.plus(Duration.ofDays(60)));
        String path = "/applications/" + app.text("id") + "/addKey";
        assertEquals(403, graph(token.text("access_token"), "POST", path, key(second, proof(app.text("id"), second)))
                .status());
        Answer added = graph(token.text("access_token"), "POST", path, key(second, proof(app.text("id"), first)));
        assertEquals(200, added.status());
        assertEquals(200, withCertificate(appId, second).status());

        Answer whole = graph(admin, "GET", "/applications(appId='" + appId + "')?$select=keyCredentials", "");
        JsonNode keys = whole.body().path("keyCredentials");
        assertEquals(2, keys.size());
        var keep = JsonNodeFactory.instance.objectNode();
        keep.putArray("keyCredentials").add(keys.path(1));
        assertEquals(204, graph(admin, "PATCH", "/applications/" + app.text("id"), keep.toString()).status());
        assertTrue(withCertificate(appId, first).text("error_description").startsWith("AADSTS700027"));
        assertEquals(200, withCertificate(appId, second).status());
        keep.putArray("keyCredentials").addObject().put("key", "AAAA");
        assertEquals(400, graph(admin, "PATCH", "/applications/" + app.text("id"), keep.toString()).status());
    }

    private static String key(CredentialCertificate credential, String proof) throws Exception {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("keyCredential").put("type", "AsymmetricX509Cert").put("usage", "Verify").put("key",
                Base64.getEncoder().encodeToString(credential.certificate().getEncoded()));
        return body.putNull("passwordCredential").put("proof", proof).toString();
    }

    private static String proof(String objectId, CredentialCertificate credential) throws Exception {
        long now = Instant.now().getEpochSecond();
        return signed(credential, JsonNodeFactory.instance.objectNode()
                .put("aud", "00000002-0000-0000-c000-000000000000").put("iss", objectId).put("nbf", now)
                .put("exp", now + 600));
    }

    private static String signed(CredentialCertificate credential, ObjectNode claims) throws Exception {
        return SignedJwt.sign(JsonNodeFactory.instance.objectNode().put("alg", "RS256").put("x5t",
                CredentialCertificate.thumbprint("SHA-1", credential.certificate().getEncoded(), true)), claims,
                credential.key());
    }

    private Answer withCertificate(String appId, CredentialCertificate credential) throws Exception {
        long now = Instant.now().getEpochSecond();
        var form = new LinkedHashMap<String, String>();
        form.put("client_id", appId);
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://graph.microsoft.com/.default");
        form.put("client_assertion_type", ClientProof.ASSERTION_TYPE);
        form.put("client_assertion",
                signed(credential, JsonNodeFactory.instance.objectNode()
                        .put("aud", tenant.authority() + "oauth2/v2.0/token").put("iss", appId).put("sub", appId)
                        .put("nbf", now).put("exp", now + 600)));
        return post("/oauth2/v2.0/token", form);
    }

    @Test
    void replicasLagBehindForAsManyCallsAsSet() throws Exception {
        String admin = person(LoopbackServer.ADA, SCOPES);
        tenant.identity.replicationDelay().setCalls(1);
        Answer app = graph(admin, "POST", "/applications", application("Late"));
        String appId = app.text("appId");
        String reference = "{\"appId\":\"" + appId + "\"}";
        Answer early = graph(admin, "POST", "/servicePrincipals", reference);
        assertEquals(400, early.status());
        assertTrue(early.body().path("error").path("message").asText().contains("does not reference a valid"));
        Answer principal = graph(admin, "POST", "/servicePrincipals", reference);
        assertEquals(201, principal.status());

        String addPassword = "/applications/" + app.text("id") + "/addPassword";
        assertEquals("Request_ResourceNotFound", graph(admin, "POST", addPassword, "{}").code());
        String secret = graph(admin, "POST", addPassword, "{}").text("secretText");

        String assign = "/servicePrincipals/" + principal.text("id") + "/appRoleAssignments";
        String body = assignment(principal.text("id"), tenant.identity.apps().graphPrincipalId(), USERS);
        assertEquals("Request_BadRequest", graph(admin, "POST", assign, body).code());
        assertEquals(201, graph(admin, "POST", assign, body).status());

        assertTrue(clientToken(appId, secret).text("error_description").startsWith("AADSTS700016"));
        assertTrue(clientToken(appId, secret).text("error_description").startsWith("AADSTS7000215"));
        assertEquals(Set.of(), roles(clientToken(appId, secret).text("access_token")));
        assertEquals(Set.of("User.Read.All"), roles(clientToken(appId, secret).text("access_token")));
    }

    @Test
    void switchesWorkFromOutsideTheProcess() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(tenant.origin() + "/admin/identity"))
                .header("Content-Type", "application/json");
        assertEquals(204, send(request.POST(HttpRequest.BodyPublishers.ofString(
                "{\"roles\":[\"User.Read.All\"],\"addSecret\":\"outside~secret\",\"blockDeviceCode\":true}")).build())
                .status());
        assertEquals(Set.of("User.Read.All"),
                roles(clientToken(LoopbackServer.CLIENT, "outside~secret").text("access_token")));
        assertEquals(204, send(request.POST(HttpRequest.BodyPublishers.ofString("{\"expireSecrets\":true}")).build())
                .status());
        assertTrue(clientToken(LoopbackServer.CLIENT, "outside~secret").text("error_description")
                .startsWith("AADSTS7000222"));
        assertEquals(400,
                send(request.POST(HttpRequest.BodyPublishers.ofString("{\"nonsense\":1}")).build()).status());
    }
}
