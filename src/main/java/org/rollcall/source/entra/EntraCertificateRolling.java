package org.rollcall.source.entra;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.graph.applications.item.addkey.AddKeyPostRequestBody;
import com.microsoft.graph.applications.item.removekey.RemoveKeyPostRequestBody;
import com.microsoft.graph.models.KeyCredential;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.CertificateRolling;
import org.rollcall.source.Connection;
import org.rollcall.source.Connection.Credential;
import org.rollcall.source.Endpoint;
import org.rollcall.text.Words;

/// The actions `addKey` and `removeKey` of Microsoft Graph v1.0, which an application calls on itself.
public final class EntraCertificateRolling implements CertificateRolling {
    /// The audience of proofs. Source: learn.microsoft.com/graph/application-rollkey-prooftoken.
    private static final String AUDIENCE = "00000002-0000-0000-c000-000000000000";
    private static final Duration PROOF_LASTS = Duration.ofMinutes(9);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Clock clock;

    public EntraCertificateRolling(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String add(Connection connection, String applicationId, byte[] certificate, String name,
            CallControl control) {
        var key = new KeyCredential();
        key.setType("AsymmetricX509Cert");
        key.setUsage("Verify");
        key.setKey(certificate);
        key.setDisplayName("CN=" + name);
        return calling(connection, control, calls -> calls.callFresh(control, client -> {
            var body = new AddKeyPostRequestBody();
            body.setKeyCredential(key);
            body.setPasswordCredential(null);
            body.setProof(proof(connection, applicationId));
            return String.valueOf(client.applications().byApplicationId(applicationId).addKey().post(body).getKeyId());
        }));
    }

    @Override
    public void prove(Connection connection, CallControl control) {
        Edge.call(connection.authorityUrl(), () -> {
            token(connection, control);
            return Boolean.TRUE;
        });
    }

    @Override
    public void remove(Connection connection, String applicationId, String keyId, CallControl control) {
        calling(connection, control, calls -> {
            calls.remove(control, client -> {
                var body = new RemoveKeyPostRequestBody();
                body.setKeyId(UUID.fromString(keyId));
                body.setProof(proof(connection, applicationId));
                client.applications().byApplicationId(applicationId).removeKey().post(body);
                return null;
            });
            return Boolean.TRUE;
        });
    }

    private <T extends @Nullable Object> T calling(Connection connection, CallControl control,
            Function<AdministratorCalls, T> work) {
        var endpoint = new Endpoint(connection.tenant(), connection.authorityUrl(), connection.graphUrl(),
                connection.caPem(), connection.proxyUrl());
        return Edge.call(new GraphAddresses(connection.graphUrl()).host(), () -> {
            try (var calls = new AdministratorCalls(endpoint, token(connection, control), clock)) {
                return work.apply(calls);
            }
        });
    }

    private String token(Connection connection, CallControl control) {
        ProxyAddress proxy = connection.proxyUrl() == null ? null : ProxyAddress.parse(connection.proxyUrl());
        var http = new TokenHttp(HttpClients.forLogin(connection, proxy), connection.authorityUrl(), proxy, clock);
        try {
            return new EntraTokens(connection, http, clock).token(control);
        } finally {
            http.close();
        }
    }

    /// A short-lived token signed with one of the application's keys.
    private String proof(Connection connection, String applicationId) {
        if (!(connection.credential() instanceof Credential.Certificate certificate)) {
            throw RollcallException.input("credential.no-certificate", Words.of("directory.credential.no-certificate"),
                    Words.of("directory.credential.no-certificate.remedy"));
        }
        KeyPem pem = KeyPem.of(certificate);
        Instant now = clock.instant();
        try {
            var header = MAPPER.createObjectNode().put("alg", "RS256").put("typ", "JWT").put("x5t", BASE64
                    .encodeToString(java.security.MessageDigest.getInstance("SHA-1")
                            .digest(pem.chain().getFirst().getEncoded())));
            var claims = MAPPER.createObjectNode().put("aud", AUDIENCE).put("iss", applicationId)
                    .put("nbf", now.getEpochSecond()).put("exp", now.plus(PROOF_LASTS).getEpochSecond());
            String signed = encoded(header.toString()) + "." + encoded(claims.toString());
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pem.key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA and SHA are part of every Java", e);
        }
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
