package org.rollcall.sample;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SamplePeople.Person;

/// Makes the tokens and the token endpoint's answers, and reads the bearer tokens that come back to Graph.
final class TokenIssuer {
    static final String AUDIENCE = "https://graph.microsoft.com";
    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String DEFAULT_USER_ROLE = "b79fbf4d-3ef9-4689-8143-76b194e85509";

    /// How the application proved itself.
    enum Proof {
        NONE("0"),
        SECRET("1"),
        CERTIFICATE("2");

        private final String claim;

        Proof(String claim) {
            this.claim = claim;
        }
    }

    /// Whom a delegated token is for.
    record Delegation(Registration app, Person person, Set<String> scopes, @Nullable String nonce) {}

    private final SampleIdentity.Settings settings;
    private final SigningKeys keys;
    private final SpoiledTokens spoiled;
    private final AppRegistry apps;
    private final ReplicationDelay delay;
    private final Clock clock;

    TokenIssuer(SampleIdentity.Settings settings, SigningKeys keys, SpoiledTokens spoiled, AppRegistry apps,
            ReplicationDelay delay, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.spoiled = spoiled;
        this.apps = apps;
        this.delay = delay;
        this.clock = clock;
    }

    /// The answer to client credentials: roles as granted at this moment, and no `roles` claim if there are none.
    ObjectNode applicationAnswer(Registration app, ServicePrincipal principal, Proof proof) {
        ObjectNode claims = accessClaims(app, proof);
        claims.put("idtyp", "app").put("oid", principal.objectId()).put("sub", principal.objectId());
        Set<String> roles = new LinkedHashSet<>(apps.roles(app.appId()));
        roles.removeIf(role -> !delay.hasArrived("role " + principal.objectId() + " " + role));
        if (!roles.isEmpty()) {
            var list = claims.putArray("roles");
            roles.forEach(list::add);
        }
        return answer(keys.sign(claims));
    }

    /// The answer to a person's sign-in, without a refresh token.
    ObjectNode delegatedAnswer(Delegation grant, RequestedScopes asked, Proof proof, boolean clientInfo) {
        Person person = grant.person;
        ObjectNode claims = accessClaims(grant.app, proof);
        claims.put("idtyp", "user").put("name", person.displayName()).put("oid", person.objectId())
                .put("scp", String.join(" ", grant.scopes)).put("sub", pairwise(grant.app, person))
                .put("unique_name", person.userPrincipalName()).put("upn", person.userPrincipalName());
        var wids = claims.putArray("wids");
        if (person.globalAdministrator()) {
            wids.add(GLOBAL_ADMINISTRATOR);
        }
        wids.add(DEFAULT_USER_ROLE);
        ObjectNode answer = answer(keys.sign(claims));
        answer.put("scope", String.join(" ", grant.scopes));
        if (asked.openId().contains("openid")) {
            String token = idToken(grant, asked);
            if (!token.isEmpty()) {
                answer.put("id_token", token);
            }
        }
        if (clientInfo) {
            answer.put("client_info", SignedJwt.encode(
                    "{\"uid\":\"" + person.objectId() + "\",\"utid\":\"" + settings.tenantId() + "\"}"));
        }
        return answer;
    }

    private String idToken(Delegation grant, RequestedScopes asked) {
        Person person = grant.person;
        Instant now = clock.instant();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("aud", grant.app.appId()).put("iss", issuer())
                .put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond())
                .put("exp", now.plus(settings.tokenLifetime()).getEpochSecond()).put("aio", uti()).put("rh", uti());
        if (asked.openId().contains("profile")) {
            claims.put("name", person.displayName()).put("preferred_username", person.userPrincipalName());
        }
        if (asked.openId().contains("email") && !person.guest()) {
            claims.put("email", person.userPrincipalName());
        }
        if (grant.nonce != null) {
            claims.put("nonce", grant.nonce);
        }
        claims.put("oid", person.objectId()).put("sub", pairwise(grant.app, person)).put("tid", settings.tenantId())
                .put("uti", uti()).put("ver", "2.0");
        return spoiled.sign(person.userPrincipalName(), claims);
    }

    private ObjectNode accessClaims(Registration app, Proof proof) {
        Instant now = clock.instant();
        String sts = "https://sts.windows.net/" + settings.tenantId() + "/";
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("aud", AUDIENCE).put("iss", sts).put("iat", now.getEpochSecond()).put("nbf", now.getEpochSecond())
                .put("exp", now.plus(settings.tokenLifetime()).getEpochSecond()).put("aio", uti())
                .put("app_displayname", app.displayName()).put("appid", app.appId()).put("appidacr", proof.claim)
                .put("idp", sts).put("rh", uti()).put("tid", settings.tenantId()).put("uti", uti()).put("ver", "1.0");
        return claims;
    }

    private ObjectNode answer(String accessToken) {
        long seconds = settings.tokenLifetime().toSeconds();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("token_type", "Bearer").put("expires_in", seconds).put("ext_expires_in", seconds)
                .put("access_token", accessToken);
        return answer;
    }

    /// The issuer of ID tokens.
    String issuer() {
        return settings.origin().get() + "/" + settings.tenantId() + "/v2.0";
    }

    /// Who calls Graph.
    ///
    /// @param authorization the `Authorization` header, null if there was none
    /// @throws GraphFault 401 with `WWW-Authenticate`
    Caller read(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                || authorization.substring(7).isBlank()) {
            throw unauthorized("Access token is empty.");
        }
        String token = authorization.substring(7).strip();
        if (SignedJwt.parse(token).isEmpty()) {
            throw unauthorized("IDX14100: JWT is not well formed, there are no dots (.).");
        }
        SignedJwt jwt = keys.verify(token).orElseThrow(
                () -> unauthorized("Access token validation failure. Signature could not be validated."));
        if (!jwt.claim("aud").equals(AUDIENCE)) {
            throw unauthorized("Access token validation failure. Invalid audience.");
        }
        if (!jwt.claim("tid").equals(settings.tenantId())) {
            throw unauthorized("Access token validation failure. Invalid tenant.");
        }
        if (clock.instant().getEpochSecond() >= jwt.claims().path("exp").asLong()) {
            throw unauthorized("Lifetime validation failed, the token is expired.");
        }
        boolean appOnly = jwt.claim("idtyp").equals("app");
        var permissions = new LinkedHashSet<String>();
        if (appOnly) {
            jwt.claims().path("roles").forEach(role -> permissions.add(role.asText()));
        } else {
            permissions.addAll(java.util.Arrays.asList(jwt.claim("scp").split(" ", -1)));
            permissions.remove("");
        }
        return new Caller(jwt.claim("appid"), jwt.claim("tid"), jwt.claim("oid"), permissions, appOnly);
    }

    private GraphFault unauthorized(String message) {
        return new GraphFault(401, "InvalidAuthenticationToken", message).with("WWW-Authenticate",
                "Bearer realm=\"\", authorization_uri=\"" + settings.origin().get()
                        + "/common/oauth2/authorize\", client_id=\"" + PermissionCatalog.GRAPH_APP_ID + "\"");
    }

    /// `sub` differs per application, so that two applications cannot compare notes about a person.
    private static String pairwise(Registration app, Person person) {
        return CredentialCertificate.thumbprint("SHA-256",
                (app.appId() + person.objectId()).getBytes(StandardCharsets.UTF_8), true);
    }

    private static String uti() {
        return SignedJwt.encode(UUID.randomUUID().toString().substring(0, 16));
    }
}
