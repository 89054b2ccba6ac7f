package org.rollcall.sample;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.rollcall.sample.TokenIssuer.Proof;

/// Checks what an application proves itself with: a client secret, or an assertion signed with a registered
/// certificate's key (RS256 or PS256; found by `x5t#S256`, `x5t` or the certificate in `x5c`).
final class ClientProof {
    static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    /// Entra grants five minutes for clocks that differ.
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);

    private final SampleIdentity.Settings settings;
    private final IdentityPolicies policies;
    private final ReplicationDelay delay;
    private final Clock clock;

    ClientProof(SampleIdentity.Settings settings, IdentityPolicies policies, ReplicationDelay delay, Clock clock) {
        this.settings = settings;
        this.policies = policies;
        this.delay = delay;
        this.clock = clock;
    }

    /// How the form proves the application, `NONE` if it does not try.
    ///
    /// @throws AadError 7000215, 7000222, 700021, 700023, 700024, 700027
    Proof check(Registration app, Map<String, String> form) {
        String assertion = form.get("client_assertion");
        if (assertion != null) {
            checkAssertion(app, assertion);
            return Proof.CERTIFICATE;
        }
        String secret = form.get("client_secret");
        if (secret == null) {
            return Proof.NONE;
        }
        checkSecret(app, secret);
        return Proof.SECRET;
    }

    private void checkSecret(Registration app, String value) {
        Instant now = clock.instant();
        // A secret's id pasted instead of its value is no match either: the same refusal, whose text names that mistake.
        Registration.Secret secret = app.secrets().stream().filter(s -> s.value().equals(value)).findFirst()
                .orElseThrow(() -> AadError.of(7000215, app.appId()));
        if (!now.isBefore(secret.end())) {
            throw AadError.of(7000222, app.appId());
        }
        if (now.isBefore(secret.start()) || !delay.hasArrived("secret " + secret.keyId())) {
            throw AadError.of(7000215, app.appId());
        }
    }

    private void checkAssertion(Registration app, String assertion) {
        SignedJwt jwt = SignedJwt.parse(assertion)
                .orElseThrow(() -> AadError.of(700027, "The client assertion is not a well formed JWT token."));
        if (!jwt.claim("iss").equals(app.appId()) || !jwt.claim("sub").equals(app.appId())) {
            throw AadError.of(700021);
        }
        Registration.Key key = find(app.keys(), jwt).orElseThrow(() -> AadError.of(700027,
                "The certificate with identifier used to sign the client assertion is not registered on application. "
                        + "[Reason - The key was not found., Thumbprint of key used by client: '" + thumbprint(jwt)
                        + "', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured "
                        + "keys for app Id '" + app.appId() + "'.]"));
        if (!key.validAt(clock.instant())) {
            throw AadError.of(700027,
                    "The certificate with identifier used to sign the client assertion is expired on application. "
                            + "[Reason - The key used is expired., Thumbprint of key used by client: '"
                            + thumbprint(jwt) + "', Found key 'Start=" + key.start() + ", End=" + key.end() + "'.]");
        }
        if (!jwt.isSignedBy(key.certificate().getPublicKey())) {
            throw AadError.of(700027, "Client assertion failed signature validation. [Reason - The key was found but "
                    + "the signature does not match., Thumbprint of key used by client: '" + thumbprint(jwt) + "'.]");
        }
        if (!delay.hasArrived("key " + key.keyId())) {
            throw AadError.of(700027, "The certificate is not known to this replica yet. [Reason - The key was not "
                    + "found., Thumbprint of key used by client: '" + thumbprint(jwt) + "'.]");
        }
        if (!isTokenEndpoint(jwt.claim("aud"))) {
            throw AadError.of(700023);
        }
        checkTimes(jwt);
    }

    private void checkTimes(SignedJwt jwt) {
        Instant now = settings.callersClock().instant().plus(policies.assertionSkew());
        Instant end = Instant.ofEpochSecond(jwt.claims().path("exp").asLong(0));
        Instant start = jwt.claims().has("nbf") ? Instant.ofEpochSecond(jwt.claims().path("nbf").asLong()) : now;
        if (now.isAfter(end.plus(TOLERANCE)) || now.isBefore(start.minus(TOLERANCE))
                || end.isAfter(now.plus(LONGEST))) {
            throw AadError.of(700024, now, start, end);
        }
    }

    private boolean isTokenEndpoint(String audience) {
        String origin = settings.origin().get();
        for (String tenant : settings.tenantNames()) {
            if (audience.equalsIgnoreCase(origin + "/" + tenant + "/oauth2/v2.0/token")
                    || audience.equalsIgnoreCase(origin + "/" + tenant + "/v2.0")) {
                return true;
            }
        }
        return false;
    }

    /// The registered key that the assertion's header names.
    static Optional<Registration.Key> find(List<Registration.Key> keys, SignedJwt jwt) {
        String sha256 = normal(jwt.header().path("x5t#S256").asText(""));
        String sha1 = normal(jwt.header().path("x5t").asText(""));
        return keys.stream().filter(k -> named(k.certificate(), sha256, sha1, jwt)).findFirst();
    }

    private static boolean named(X509Certificate certificate, String sha256, String sha1, SignedJwt jwt) {
        if (!sha256.isEmpty()) {
            return sha256.equals(encode(CredentialCertificate.digest("SHA-256", certificate)));
        }
        if (!sha1.isEmpty()) {
            return sha1.equals(encode(CredentialCertificate.digest("SHA-1", certificate)));
        }
        return CredentialCertificate.decode(jwt.header().path("x5c").path(0).asText("")).filter(certificate::equals)
                .isPresent();
    }

    private static String thumbprint(SignedJwt jwt) {
        Optional<X509Certificate> sent = CredentialCertificate.decode(jwt.header().path("x5c").path(0).asText(""));
        if (sent.isPresent()) {
            return CredentialCertificate.hexThumbprint(sent.get());
        }
        String named = normal(jwt.header().path("x5t#S256").asText(jwt.header().path("x5t").asText("")));
        try {
            return HexFormat.of().withUpperCase().formatHex(Base64.getUrlDecoder().decode(named));
        } catch (IllegalArgumentException e) {
            return named;
        }
    }

    /// Thumbprints come in either base64 alphabet, with and without padding.
    private static String normal(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
