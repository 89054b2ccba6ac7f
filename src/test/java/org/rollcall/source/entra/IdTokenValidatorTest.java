package org.rollcall.source.entra;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.SignInOutcome;
import org.rollcall.source.SignInRefusedException;
import org.rollcall.source.SignInTrail;

import static org.junit.jupiter.api.Assertions.*;

/// Which tokens prove somebody: those of an independent provider do, and nothing that differs in one point.
class IdTokenValidatorTest {
    private static final UUID TENANT = UUID.fromString("c0ffee00-1111-4222-8333-444455556666");
    private static final String CLIENT = "11111111-2222-4333-8444-555566667777";
    private static final String OBJECT = "a0000000-0000-4000-8000-000000000001";
    private static final String LOGIN = "https://login.example";
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static KeyPair key;
    private static KeyPair other;
    private static KeyPair weak;
    private final IdTokenValidator validator = new IdTokenValidator(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Published published = new Published();

    /// What the tenant publishes, and how often it was asked for anew.
    private static final class Published implements IdTokenValidator.Tenant {
        List<PublishedKey> known = List.of();
        List<PublishedKey> newest = List.of();
        String issuer = "";
        int fetched;

        @Override
        public List<PublishedKey> keys() {
            return known;
        }

        @Override
        public List<PublishedKey> newestKeys() {
            fetched++;
            known = newest;
            return newest;
        }

        @Override
        public String announcedIssuer() {
            return issuer;
        }
    }

    @BeforeAll
    static void keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = generator.generateKeyPair();
        other = generator.generateKeyPair();
        generator.initialize(1024);
        weak = generator.generateKeyPair();
    }

    private static PublishedKey published(KeyPair pair, @Nullable String algorithm, @Nullable String issuer) {
        return new PublishedKey("k1", (RSAPublicKey) pair.getPublic(), algorithm, issuer);
    }

    private static Map<String, Object> claims() {
        var claims = new TreeMap<String, Object>();
        claims.put("aud", CLIENT);
        claims.put("iss", LOGIN + "/" + TENANT + "/v2.0");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("nbf", NOW.getEpochSecond());
        claims.put("exp", NOW.plus(Duration.ofHours(1)).getEpochSecond());
        claims.put("tid", TENANT.toString());
        claims.put("oid", OBJECT);
        claims.put("nonce", "n1");
        claims.put("preferred_username", "ann@contoso.example");
        claims.put("ver", "2.0");
        return claims;
    }

    private static String signed(JWSHeader header, String claims, KeyPair by) {
        try {
            var token = new JWSObject(header, new Payload(claims));
            token.sign(new RSASSASigner(by.getPrivate(), true));
            return token.serialize();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(Map<String, Object> claims) {
        try {
            return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                    MAPPER.writeValueAsString(claims), key);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String changed(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims();
        change.accept(claims);
        return signed(claims);
    }

    private IdTokenValidator.Identity validate(String token) {
        if (published.known.isEmpty() && published.newest.isEmpty()) {
            published.known = List.of(published(key, null, null));
            published.newest = published.known;
        }
        return validator.validate(token, new IdTokenValidator.Expected(LOGIN, TENANT, CLIENT, "n1"), published,
                SignInTrail.NONE);
    }

    private void assertInvalid(String token) {
        assertEquals(SignInOutcome.INVALID_TOKEN,
                assertThrows(SignInRefusedException.class, () -> validate(token)).outcome());
    }

    @Test
    void anIndependentProviderIsUnderstood() throws Exception {
        var server = new MockOAuth2Server();
        server.start(InetAddress.getLoopbackAddress(), 0);
        try (var http = HttpClient.newHttpClient()) {
            String issuer = TENANT + "/v2.0";
            String origin = server.baseUrl().toString().replaceAll("/$", "");
            String keys = http.send(HttpRequest.newBuilder(URI.create(server.jwksUrl(issuer).toString())).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            published.known = PublishedKey.of(MAPPER.readTree(keys));
            published.newest = published.known;
            assertFalse(published.known.isEmpty(), keys);
            var real = new IdTokenValidator(Clock.systemUTC());
            Map<String, Object> extra = Map.of("tid", TENANT.toString(), "oid", OBJECT, "nonce", "n1",
                    "preferred_username", "ann@contoso.example");
            var expected = new IdTokenValidator.Expected(origin, TENANT, CLIENT, "n1");
            var steps = new ArrayList<SignInTrail.Step>();
            String good = server.issueToken(issuer, "ann", CLIENT, extra, 3600).serialize();
            var identity = real.validate(good, expected, published, (step, _) -> steps.add(step));
            assertEquals(OBJECT, identity.objectId().toString());
            assertEquals("ann@contoso.example", identity.userName());
            assertEquals(List.of(SignInTrail.Step.TOKEN, SignInTrail.Step.SIGNATURE, SignInTrail.Step.CLAIMS), steps);
            for (String bad : List.of(server.issueToken(issuer, "ann", "somebody-else", extra, 3600).serialize(),
                    server.issueToken(issuer, "ann", CLIENT, extra, -3600).serialize(),
                    server.issueToken("elsewhere/v2.0", "ann", CLIENT, extra, 3600).serialize(),
                    server.issueToken(issuer, "ann", CLIENT, Map.of("tid", TENANT.toString(), "nonce", "n1"), 3600)
                            .serialize(),
                    good.substring(0, good.length() - 8) + "AAAAAAAA")) {
                assertEquals(SignInOutcome.INVALID_TOKEN, assertThrows(SignInRefusedException.class,
                        () -> real.validate(bad, expected, published, SignInTrail.NONE)).outcome());
            }
        } finally {
            server.shutdown();
        }
    }

    @Test
    void aGoodTokenSaysWhoItIs() {
        var identity = validate(signed(claims()));
        assertEquals(TENANT, identity.tenantId());
        assertEquals(OBJECT, identity.objectId().toString());
        assertEquals(0, published.fetched);
        assertEquals(identity,
                validate(changed(c -> c.put("aud", List.of(CLIENT.toUpperCase(java.util.Locale.ROOT))))));
        assertEquals(identity,
                validate(changed(c -> c.put("tid", TENANT.toString().toUpperCase(java.util.Locale.ROOT)))));
        assertEquals("", validate(changed(c -> c.remove("preferred_username"))).userName());
    }

    @ParameterizedTest
    @CsvSource({ "tid, 00000000-9999-4999-8999-999999999999", "tid, contoso.example", "tid, ", "oid, ann", "oid, ",
            "oid, 1-1-1-1-1", "aud, 00000000-9999-4999-8999-999999999999", "aud, ", "nonce, n2", "nonce, ",
            "ver, 1.0", "iss, https://login.example",
            "iss, https://sts.windows.net/c0ffee00-1111-4222-8333-444455556666/",
            "iss, https://login.example/c0ffee00-1111-4222-8333-444455556666/v2.0/", "iss, ",
            "iss, https://evil.example/c0ffee00-1111-4222-8333-444455556666/v2.0", "exp, soon", "exp, ", "iat, " })
    void oneWrongClaimIsEnough(String name, @Nullable String value) {
        assertInvalid(changed(claims -> {
            if (value == null) {
                claims.remove(name);
            } else {
                claims.put(name, value);
            }
        }));
    }

    @Test
    void claimsOfTheWrongKindProveNothing() {
        assertInvalid(changed(c -> c.put("aud", List.of(CLIENT, "another"))));
        assertInvalid(changed(c -> c.put("aud", List.of())));
        assertInvalid(changed(c -> c.put("aud", Map.of("a", CLIENT))));
        assertInvalid(changed(c -> c.put("exp", 1e300)));
        assertInvalid(changed(c -> c.put("exp", Long.MAX_VALUE)));
        assertInvalid(changed(c -> c.put("exp", -1)));
        assertInvalid(changed(c -> c.put("oid", List.of(OBJECT))));
        assertInvalid(changed(c -> c.put("nonce", 1)));
    }

    @ParameterizedTest
    @CsvSource({ "exp, -299, true", "exp, -300, false", "nbf, 300, true", "nbf, 301, false", "iat, 300, true",
            "iat, 301, false" })
    void clocksMayDifferByFiveMinutes(String name, long seconds, boolean good) {
        String token = changed(c -> c.put(name, NOW.plusSeconds(seconds).getEpochSecond()));
        if (good) {
            assertEquals(OBJECT, validate(token).objectId().toString());
        } else {
            assertInvalid(token);
        }
    }

    @Test
    void aKeySignsOnlyWithItsAlgorithm() throws Exception {
        String text = MAPPER.writeValueAsString(claims());
        String pss = signed(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("k1").build(), text, key);
        assertInvalid(pss);
        published.known = List.of(published(key, "PS256", null));
        assertEquals(OBJECT, validate(pss).objectId().toString());
        assertInvalid(signed(claims()));
        published.known = List.of(published(key, "RS512", null));
        assertInvalid(signed(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("k1").build(), text, key));
    }

    @Test
    void aKeyOfAnotherIssuerDoesNotCount() {
        published.known = List.of(published(key, null, "https://login.example/{tenantid}/v2.0"));
        assertEquals(OBJECT, validate(signed(claims())).objectId().toString());
        published.known = List
                .of(published(key, null, "https://login.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"));
        assertInvalid(signed(claims()));
    }

    @Test
    void anIssuerUnderAnotherHostHasToBeAnnounced() {
        String elsewhere = "https://issuer.example/" + TENANT + "/v2.0";
        String token = changed(c -> c.put("iss", elsewhere));
        assertInvalid(token);
        published.issuer = elsewhere;
        assertEquals(OBJECT, validate(token).objectId().toString());
        for (String wrong : List.of("https://issuer.example/common/v2.0", "http://issuer.example/" + TENANT + "/v2.0",
                "https://issuer.example/x/" + TENANT + "/v2.0", elsewhere + "?x=1")) {
            published.issuer = wrong;
            assertInvalid(changed(c -> c.put("iss", wrong)));
        }
    }

    @Test
    void anUnknownKeyIsAskedForOnce() {
        published.known = List.of(new PublishedKey("k0", (RSAPublicKey) other.getPublic(), null, null));
        published.newest = List.of(published(key, null, null));
        assertEquals(OBJECT, validate(signed(claims())).objectId().toString());
        assertEquals(1, published.fetched);
        published.newest = List.of();
        published.known = List.of(new PublishedKey("k0", (RSAPublicKey) other.getPublic(), null, null));
        assertInvalid(signed(claims()));
        assertEquals(2, published.fetched);
    }

    @Test
    void somebodyElsesSignatureProvesNothing() throws Exception {
        String text = MAPPER.writeValueAsString(claims());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1");
        assertInvalid(signed(header.build(), text, other));
        assertInvalid(signed(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), text, key));
        assertInvalid(signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1")
                .criticalParams(java.util.Set.of("x")).customParam("x", true).build(), text, key));
        String good = signed(claims());
        String[] parts = good.split("\\.");
        assertInvalid(parts[0] + "." + encode(text.replace("ann@", "bob@")) + "." + parts[2]);
        assertInvalid(parts[0] + "." + parts[1] + ".");
        assertInvalid(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2]);
        assertInvalid(parts[0] + "." + parts[1] + "." + encode("short"));
    }

    @Test
    void namesThatComeTwiceProveNothing() throws Exception {
        String text = MAPPER.writeValueAsString(claims());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build();
        assertInvalid(signed(header, text.replaceFirst("\\{", "{\"oid\":\"" + OBJECT + "\","), key));
        assertInvalid(signed(header, text + "{}", key));
        assertInvalid(signed(header, text.substring(1), key));
        assertInvalid(signed(header, "[" + text + "]", key));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", "a.b.c", "...", "e30.e30.e30", "\0.\0.\0", "ünï.cödé.x" })
    void whatIsNoTokenProvesNothing(String text) {
        assertInvalid(text);
    }

    @Test
    void endlessTokensAreNotRead() {
        assertInvalid("x".repeat(10_000_000));
        assertInvalid(changed(c -> c.put("filler", "x".repeat(40_000))));
    }

    @Test
    void weakAndStrangeKeysAreLeftOut() throws Exception {
        assertEquals(1, PublishedKey.of(MAPPER.readTree("{\"keys\":[" + jwk(key, "sig") + "," + jwk(weak, "sig") + ","
                + jwk(other, "enc")
                + ",{\"kty\":\"EC\",\"kid\":\"k1\"},{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"!\"},7]}"))
                .size());
        assertEquals(List.of(), PublishedKey.of(MAPPER.readTree("{\"keys\":\"none\"}")));
    }

    private static String jwk(KeyPair pair, String use) {
        var rsa = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"k1\",\"use\":\"" + use + "\",\"n\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(rsa.getModulus().toByteArray())
                + "\",\"e\":\"AQAB\"}";
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
