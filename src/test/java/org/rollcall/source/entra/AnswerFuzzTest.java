package org.rollcall.source.entra;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonParser;
import org.junit.jupiter.api.Test;

import org.rollcall.Mutations;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Connection;
import org.rollcall.source.SignInTrail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever comes over the network, a parser reads it or says that it does not: with what it announces, and in time.
/// `-Drollcall.fuzz=100000` reads more.
@SuppressWarnings("NullAway") // a transport without tokens, which is never asked
class AnswerFuzzTest {
    private static final int INPUTS = Mutations.inputs(600);
    private static final String ID = "11111111-2222-4333-8444-555566667777";
    private static final String USERS = "{\"@odata.context\":\"https://graph.example/v1.0/$metadata#users\",\"@odata.count\":2,"
            + "\"@odata.nextLink\":\"https://graph.example/v1.0/users?$skiptoken=abc\",\"value\":[{\"id\":\"" + ID
            + "\",\"displayName\":\"Ada\",\"userPrincipalName\":\"ada@contoso.example\",\"accountEnabled\":true,"
            + "\"createdDateTime\":\"2025-01-01T00:00:00Z\",\"businessPhones\":[\"1\",\"2\"],\"onPremisesSyncEnabled\":null},"
            + "{\"id\":\"22222222-2222-4333-8444-555566667777\",\"@removed\":{\"reason\":\"deleted\"}}]}";
    private static final String GROUPS = "{\"@odata.deltaLink\":\"https://graph.example/v1.0/groups/delta?$deltatoken=x\","
            + "\"value\":[{\"id\":\"" + ID
            + "\",\"displayName\":\"All\",\"groupTypes\":[\"Unified\"],\"securityEnabled\":true,"
            + "\"members@delta\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"" + ID
            + "\",\"@removed\":{\"reason\":\"changed\"}}]}]}";
    private static final String MFA = "{\"value\":[{\"id\":\"" + ID + "\",\"isMfaRegistered\":true}]}";
    private static final String ORGANIZATION = "{\"value\":[{\"id\":\"" + ID
            + "\",\"displayName\":\"Contoso\",\"verifiedDomains\":[{\"name\":\"contoso.example\",\"isDefault\":true}]}]}";
    private static final String ERROR = "{\"error\":{\"code\":\"Request_ResourceNotFound\",\"message\":\"x\","
            + "\"innerError\":{\"date\":\"2025-01-01T00:00:00\",\"request-id\":\"" + ID + "\"}}}";
    private static final List<String> PAGES = List.of(USERS, GROUPS, MFA, ORGANIZATION, ERROR);
    private static final String BATCH = "{\"responses\":[{\"id\":\"1\",\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},"
            + "\"body\":" + GROUPS + "},{\"id\":\"2\",\"status\":404,\"body\":" + ERROR
            + "},{\"body\":{},\"id\":\"3\",\"headers\":{\"Retry-After\":\"3\"},\"status\":429}]}";

    private interface Reading {
        void read() throws Exception;
    }

    /// @param announced what may come besides a result
    private static void reads(String what, Reading reading, List<Class<? extends Exception>> announced) {
        long begin = System.nanoTime();
        try {
            reading.read();
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            assertTrue(announced.stream().anyMatch(each -> each.isInstance(e)),
                    () -> e + " at " + List.of(e.getStackTrace()).subList(0, Math.min(12, e.getStackTrace().length))
                            + " of " + head(what));
        }
        assertTrue(System.nanoTime() - begin < 5_000_000_000L, () -> "too long for " + head(what));
    }

    private static String head(String what) {
        return what.length() > 600 ? what.substring(0, 600) : what;
    }

    @Test
    void pages() {
        var mutations = new Mutations(1);
        var items = new GraphItems();
        var readers = List.of(items.users(), items.groups(), items.userChanges(), items.groupChanges(), items.members(),
                items.groupsAsMembers(), items.mfa(), items.organizations());
        for (int i = 0; i < INPUTS; i++) {
            String text = mutations.text(PAGES);
            PageReader<?> reader = mutations.one(readers);
            reads(text, () -> {
                try (JsonParser parser = AnswerLimits.json().createParser(text.getBytes(StandardCharsets.UTF_8))) {
                    reader.read(parser);
                }
            }, List.of(IOException.class, RollcallException.class));
        }
    }

    @Test
    void batches() {
        var mutations = new Mutations(2);
        var connection = new Connection(ID, ID, "https://login.example", "https://graph.example", null, null,
                new Connection.Credential.Secret("none"));
        var exchange = new BatchExchange(new Transport(connection, new GraphAddresses("https://graph.example"), null,
                null, Clock.systemUTC()));
        var items = new GraphItems();
        for (int i = 0; i < INPUTS; i++) {
            String text = mutations.text(List.of(BATCH, USERS));
            var open = new LinkedHashMap<String, BatchExchange.Inner<?>>();
            for (String id : List.of("1", "2", "3")) {
                open.put(id, new BatchExchange.Inner<>("/groups/" + ID + "/members", GraphErrors.Calling.FRESH, false,
                        false, items.groupChanges(), _ -> {}, () -> {}, () -> {}, refused -> {
                            throw refused;
                        }));
            }
            reads(text, () -> {
                try (JsonParser parser = AnswerLimits.json().createParser(text.getBytes(StandardCharsets.UTF_8))) {
                    exchange.responses(parser, Instant.EPOCH, open, new ArrayList<>());
                }
            }, List.of(IOException.class, RollcallException.class));
        }
    }

    @Test
    void refusalsAndTheirHeaders() {
        var mutations = new Mutations(3);
        var addresses = new GraphAddresses("https://graph.example");
        for (int i = 0; i < INPUTS; i++) {
            String body = mutations.text(List.of(ERROR, USERS));
            String after = mutations.text(List.of("3", "0.3", "3, 4", "Tue, 01 Dec 2026 03:00:00 GMT"));
            String location = mutations.text(List.of("https://graph.example/v1.0/users", "/x", "//evil.example/"));
            int status = mutations.one(List.of(302, 400, 401, 403, 404, 410, 429, 500, 503, 0, 999));
            reads(body + after + location,
                    () -> GraphErrors.of(
                            GraphErrors.Refusal.of(status, body, ID, after, location, Instant.EPOCH),
                            GraphErrors.Calling.DELTA_LINK, addresses),
                    List.of());
            reads(body, () -> AadErrors.of(body, after, "https://login.example",
                    java.time.Duration.ZERO, true), List.of());
        }
    }

    /// An exponent makes a number that takes minutes to work out.
    @Test
    void waitsAreNumbersOfAFewDigits() {
        for (String each : List.of("1e999999999", "1e2147483647", "-1e-2147483648", "9".repeat(100_000), "0x10", ".")) {
            assertEquals(null, RetryAfter.parse(each, Instant.EPOCH), each.substring(0, Math.min(20, each.length())));
        }
        assertEquals(java.time.Duration.ofMillis(2_500), RetryAfter.parse("1e9, 2.5", Instant.EPOCH));
    }

    /// A link that is followed leads to the tenant's Graph and nowhere else, whatever reads it.
    @Test
    void links() {
        var mutations = new Mutations(4);
        var addresses = new GraphAddresses("https://graph.example:8443");
        for (int i = 0; i < INPUTS; i++) {
            String link = mutations.text(List.of("https://graph.example:8443/v1.0/users?$skiptoken=abc",
                    "https://graph.example:8443@evil.example/v1.0", "https://evil.example/graph.example:8443",
                    "https://graph.example:8443\\@evil.example/", "//graph.example:8443/v1.0"));
            reads(link, () -> {
                URI own = addresses.own(link);
                assertEquals("https", own.getScheme().toLowerCase(java.util.Locale.ROOT));
                assertEquals("graph.example", own.getHost().toLowerCase(java.util.Locale.ROOT));
                assertEquals(8443, own.getPort());
                addresses.inBatch(own);
            }, List.of(RollcallException.class));
        }
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// No token but that of the tenant's key passes, and there is none.
    @Test
    void tokens() {
        var mutations = new Mutations(5);
        var validator = new IdTokenValidator(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        var nobody = new IdTokenValidator.Tenant() {
            @Override
            public List<PublishedKey> keys() {
                return List.of();
            }

            @Override
            public List<PublishedKey> newestKeys() {
                return List.of();
            }

            @Override
            public String announcedIssuer() {
                return "";
            }
        };
        var expected = new IdTokenValidator.Expected("https://login.example", UUID.fromString(ID), ID, "n");
        String header = "{\"alg\":\"RS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
        String claims = "{\"aud\":\"" + ID + "\",\"exp\":1,\"iat\":0,\"tid\":\"" + ID
                + "\",\"roles\":[\"User.Read.All\"],"
                + "\"scp\":\"a b\"}";
        for (int i = 0; i < INPUTS; i++) {
            String token = mutations.random().nextBoolean()
                    ? part(mutations.text(List.of(header, claims))) + "."
                            + part(mutations.text(List.of(claims, header)))
                            + "." + part("sig")
                    : mutations.text(List.of(part(header) + "." + part(claims) + "." + part("signature")));
            var refusal = new Exception[1];
            reads(token, () -> {
                try {
                    validator.validate(token, expected, nobody, SignInTrail.NONE);
                } catch (RollcallException e) {
                    refusal[0] = e;
                }
            }, List.of());
            assertThrows(RollcallException.class, () -> {
                throw refusal[0];
            });
            reads(token, () -> TokenClaims.permissions(token), List.of());
            String keys = mutations
                    .text(List.of("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"" + "AQAB".repeat(90)
                            + "\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"issuer\":\"x\"}]}"));
            reads(keys, () -> PublishedKey.of(AnswerLimits.mapper().readTree(keys)), List.of(IOException.class));
        }
    }
}
