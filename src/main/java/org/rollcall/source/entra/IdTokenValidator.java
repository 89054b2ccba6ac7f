package org.rollcall.source.entra;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;
import org.rollcall.source.SignInTrail.Step;
import org.rollcall.text.Words;

/// Validates ID tokens. msal4j does not verify signatures, so everything is checked here: the signature by a key of the tenant,
/// the issuer, the application, the tenant, the times, and the nonce of the request.
///
/// Sources: OpenID Connect Core 1.0, 3.1.3.7; RFC 8725; learn.microsoft.com/entra/identity-platform/id-tokens and
/// id-token-claims-reference.
final class IdTokenValidator {
    /// The tolerated difference between the two clocks.
    static final Duration SKEW = Duration.ofMinutes(5);
    private static final int LONGEST = 32_768;
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /// A duplicate name may be understood differently by two readers.
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Clock clock;

    /// The tenant's published keys and issuer.
    interface Tenant {
        /// The cached keys.
        List<PublishedKey> keys();

        /// The current keys.
        List<PublishedKey> newestKeys();

        /// The issuer in the tenant's metadata; empty if there is none.
        String announcedIssuer();
    }

    /// The expected values of the token.
    ///
    /// @param loginOrigin `https://host[:port]`
    /// @param nonce       of the request; null: the flow has none
    record Expected(String loginOrigin, UUID tenantId, String clientId, @Nullable String nonce) {}

    /// @param userName `preferred_username`; empty if missing
    record Identity(UUID tenantId, UUID objectId, String userName) {}

    private record Token(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {}

    IdTokenValidator(Clock clock) {
        this.clock = clock;
    }

    /// @throws SignInRefusedException INVALID_TOKEN
    /// @throws RollcallException      OFFLINE, REFUSED: the tenant's keys are not available
    Identity validate(String token, Expected expected, Tenant tenant, SignInTrail trail) {
        Token parts = parse(token);
        trail.passed(Step.TOKEN, Words.of("directory.idTokenValidator.anIdTokenWasIssued").english());
        String keyId = checkSignature(parts, expected, tenant);
        trail.passed(Step.SIGNATURE, Words.of("directory.idTokenValidator.signedWithTheTenantsKey", keyId).english());
        Identity identity = checkClaims(parts.claims, expected, tenant);
        trail.passed(Step.CLAIMS, Words.of("directory.idTokenValidator.issuedByGoodUntil", text(parts.claims, "iss"),
                WORDS.format(Instant.ofEpochSecond(seconds(parts.claims, "exp")))).english());
        return identity;
    }

    private static Token parse(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            throw invalid(Words.of("directory.idToken.itIsNotASigned"));
        }
        try {
            Base64.Decoder decoder = Base64.getUrlDecoder();
            JsonNode header = STRICT.readTree(decoder.decode(parts[0]));
            JsonNode claims = STRICT.readTree(decoder.decode(parts[1]));
            if (header.isObject() && claims.isObject()) {
                return new Token(header, claims, (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                        decoder.decode(parts[2]));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(Words.of("directory.idToken.itCannotBeRead"));
        }
        throw invalid(Words.of("directory.idToken.itCannotBeRead"));
    }

    private String checkSignature(Token token, Expected expected, Tenant tenant) {
        String algorithm = text(token.header, "alg");
        if (!ALGORITHMS.contains(algorithm)) {
            throw invalid(Words.of("directory.idToken.itsAlgorithmIsNotOne"));
        }
        if (token.header.has("crit")) {
            throw invalid(Words.of("directory.idToken.itAsksForSomethingThat"));
        }
        String keyId = text(token.header, "kid");
        if (keyId.isEmpty()) {
            throw invalid(Words.of("directory.idToken.itDoesNotSayWhich"));
        }
        String issuer = text(token.claims, "iss");
        List<PublishedKey> named = named(tenant.keys(), keyId);
        if (named.isEmpty()) {
            named = named(tenant.newestKeys(), keyId);
        }
        if (named.isEmpty()) {
            throw invalid(Words.of("directory.idToken.itIsSignedWithA"));
        }
        for (PublishedKey key : named) {
            if (key.isFor(algorithm, issuer, expected.tenantId.toString()) && verifies(token, algorithm, key.key())) {
                return keyId;
            }
        }
        throw invalid(Words.of("directory.idToken.itsSignatureIsWrong"));
    }

    private static List<PublishedKey> named(List<PublishedKey> keys, String id) {
        return keys.stream().filter(key -> key.id().equals(id)).toList();
    }

    private static boolean verifies(Token token, String algorithm, RSAPublicKey key) {
        try {
            Signature verifier;
            if (algorithm.equals("PS256")) {
                verifier = Signature.getInstance("RSASSA-PSS");
                verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            } else {
                verifier = Signature.getInstance("SHA256withRSA");
            }
            verifier.initVerify(key);
            verifier.update(token.signed);
            return verifier.verify(token.signature);
        } catch (GeneralSecurityException e) {
            // Java throws an exception for a signature of the wrong length, which is simply a wrong signature.
            return false;
        }
    }

    private Identity checkClaims(JsonNode claims, Expected expected, Tenant tenant) {
        String tid = text(claims, "tid");
        if (!GUID.matcher(tid).matches() || !UUID.fromString(tid).equals(expected.tenantId)) {
            throw invalid(Words.of("directory.idToken.itIsFromAnotherTenant"));
        }
        checkIssuer(text(claims, "iss"), expected, tenant);
        if (!isFor(claims.path("aud"), expected.clientId)) {
            throw invalid(Words.of("directory.idToken.itIsMeantForAnother"));
        }
        checkTimes(claims);
        if (claims.has("ver") && !text(claims, "ver").equals("2.0")) {
            throw invalid(Words.of("directory.idToken.itIsOfAnotherVersion"));
        }
        if (expected.nonce != null && !MessageDigest.isEqual(expected.nonce.getBytes(StandardCharsets.UTF_8),
                text(claims, "nonce").getBytes(StandardCharsets.UTF_8))) {
            throw invalid(Words.of("directory.idToken.itAnswersAnotherRequest"));
        }
        String oid = text(claims, "oid");
        if (!GUID.matcher(oid).matches()) {
            throw invalid(Words.of("directory.idToken.itDoesNotSayWhom"));
        }
        return new Identity(expected.tenantId, UUID.fromString(oid), text(claims, "preferred_username"));
    }

    /// Some clouds issue tokens under another host than their login host, which their metadata contain.
    private static void checkIssuer(String issuer, Expected expected, Tenant tenant) {
        String path = "/" + expected.tenantId + "/v2.0";
        if (issuer.equals(expected.loginOrigin + path)) {
            return;
        }
        if (!isIssuerOf(issuer, path) || !issuer.equals(tenant.announcedIssuer())) {
            throw invalid(Words.of("directory.idToken.itIsFromAnotherIssuer"));
        }
    }

    private static boolean isIssuerOf(String issuer, String path) {
        try {
            URI uri = URI.create(issuer);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && path.equals(uri.getRawPath())
                    && uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isFor(JsonNode audience, String clientId) {
        JsonNode only = audience.isArray() && audience.size() == 1 ? audience.get(0) : audience;
        return only.isTextual() && only.textValue().toLowerCase(Locale.ROOT).equals(clientId.toLowerCase(Locale.ROOT));
    }

    private void checkTimes(JsonNode claims) {
        Instant now = clock.instant();
        if (!now.isBefore(Instant.ofEpochSecond(seconds(claims, "exp")).plus(SKEW))) {
            throw untimely(Words.of("directory.idToken.itHasExpired"));
        }
        if (now.isBefore(Instant.ofEpochSecond(seconds(claims, "iat")).minus(SKEW))
                || claims.has("nbf") && now.isBefore(Instant.ofEpochSecond(seconds(claims, "nbf")).minus(SKEW))) {
            throw untimely(Words.of("directory.idToken.itIsNotValidYet"));
        }
    }

    private static long seconds(JsonNode claims, String name) {
        JsonNode value = claims.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0
                || value.longValue() > Instant.MAX.getEpochSecond() - SKEW.toSeconds()) {
            throw invalid(Words.of("directory.idToken.itDoesNotSayFrom"));
        }
        return value.longValue();
    }

    /// The text of a member; empty if it is missing or not a text.
    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() ? value.textValue() : "";
    }

    private static SignInRefusedException untimely(Words why) {
        return new SignInRefusedException(SignInOutcome.INVALID_TOKEN, null,
                Words.of("directory.idTokenValidator.invalidToken", why),
                Words.of("directory.idTokenValidator.invalidToken.remedy"), null);
    }

    private static SignInRefusedException invalid(Words why) {
        return new SignInRefusedException(SignInOutcome.INVALID_TOKEN, null,
                Words.of("directory.idTokenValidator.invalidToken", why),
                Words.of("directory.idTokenValidator.invalidToken2.remedy"), null);
    }
}
