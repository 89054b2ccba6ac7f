package org.rollcall.sample;

import java.io.IOException;
import java.util.HashSet;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.*;

/// Every way to misbehave, as a client sees it.
class SampleFaultsTest {
    private static final String USERS = "/v1.0/users?$select=id&$top=100";
    private SampleTenant tenant;
    private SampleClient client;

    @BeforeEach
    void start() throws Exception {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(20));
        client = new SampleClient(tenant);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    private String retryAfter(String spec, int status) throws Exception {
        tenant.faults().set(spec);
        var answer = client.get(USERS);
        assertEquals(status, answer.statusCode(), spec);
        return answer.headers().firstValue("Retry-After").orElse("none");
    }

    @Test
    void refusalsOfEveryKind() throws Exception {
        assertEquals("0", retryAfter("throttle", 429));
        assertEquals("7", retryAfter("throttle;after=7", 429));
        assertEquals("none", retryAfter("throttle-bare", 429));
        assertEquals("0.3", retryAfter("throttle-fraction", 429));
        assertEquals("0,1", retryAfter("throttle-list", 429));
        assertEquals("none", retryAfter("unavailable", 503));
        assertEquals("none", retryAfter("gateway-timeout", 504));
        assertTrue(client.get(USERS).body().startsWith("<!DOCTYPE"));
        tenant.faults().set("token-expired");
        var expired = client.get(USERS);
        assertEquals("401 InvalidAuthenticationToken", SampleClient.refusal(expired));
        assertTrue(expired.headers().firstValue("WWW-Authenticate").isPresent());
        tenant.faults().set("no-permission");
        assertEquals("403 Authorization_RequestDenied", client.refusal(USERS));
        tenant.faults().set("not-json");
        assertEquals(200, client.get(USERS).statusCode());
        assertThrows(JsonProcessingException.class, () -> client.ok(USERS));
        tenant.faults().clear();
        assertEquals(100, client.ok(USERS).path("value").size());
    }

    @Test
    void brokenConnectionsAndBodies() throws Exception {
        for (String spec : java.util.List.of("truncate", "reset")) {
            tenant.faults().set(spec);
            assertThrows(IOException.class, () -> client.get(USERS), spec);
        }
        tenant.faults().set("malformed");
        assertThrows(JsonProcessingException.class, () -> client.ok(USERS));
        tenant.faults().set("slow;ms=150;max=1");
        assertEquals(100, client.ok(USERS).path("value").size());
        assertEquals(1, tenant.faults().fired().get("slow"));
    }

    @Test
    void aFaultAtACertainRequestOrAtARateUpToAMaximum() throws Exception {
        tenant.faults().set("unavailable@3");
        assertEquals(200, client.get(USERS).statusCode());
        assertEquals(200, client.get(USERS).statusCode());
        assertEquals(503, client.get(USERS).statusCode());
        assertEquals(200, client.get(USERS).statusCode());
        var outcomes = new HashSet<String>();
        for (int run = 0; run < 2; run++) {
            tenant.faults().set("seed=11,throttle:0.5;max=5,unavailable:0.2;path=groups");
            var statuses = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                statuses.append(client.get(USERS).statusCode()).append(' ');
            }
            outcomes.add(statuses.toString());
            assertEquals(5, tenant.faults().fired().get("throttle"));
            assertFalse(statuses.toString().contains("503"));
        }
        assertEquals(1, outcomes.size(), "the same seed gives the same faults");
        for (String wrong : java.util.List.of("flood", "throttle:2", "throttle@0", "throttle:x", "throttle;after")) {
            assertThrows(IllegalArgumentException.class, () -> tenant.faults().set(wrong), wrong);
        }
    }

    @Test
    void linksThatAreNoLongerGood() throws Exception {
        String next = client.ok(USERS).path("@odata.nextLink").asText();
        String delta = client.pages("/v1.0/users/delta?$select=displayName").getLast().path("@odata.deltaLink")
                .asText();
        tenant.faults().set("page-token");
        assertEquals("400 Directory_ExpiredPageToken", client.refusal(next));
        tenant.faults().set("page-token-lost");
        assertEquals("400 DirectoryPageTokenNotFoundException", client.refusal(next));
        tenant.faults().set("delta-expired-410");
        var gone = client.get(delta);
        assertEquals(410, gone.statusCode());
        String location = gone.headers().firstValue("Location").orElseThrow();
        assertTrue(location.endsWith("$deltatoken="));
        assertEquals(200, client.ok(location).path("value").size(), "an empty token starts anew");
        tenant.faults().set("delta-expired-400");
        assertEquals("400 syncStateNotFound", client.refusal(delta));
        tenant.faults().set("delta-bad-token");
        assertEquals("400 Request_BadRequest", client.refusal(delta));
        tenant.faults().clear();
        assertEquals(0, client.ok(delta).path("value").size());
        try (var again = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(20))) {
            assertEquals("400 syncStateNotFound",
                    new SampleClient(again).refusal(delta.substring(tenant.origin().length())),
                    "after a restart nothing is known of the link");
        }
    }

    @Test
    void spoiltPagesHoldTheTruthAllTheSame() throws Exception {
        var truth = new TreeSet<String>();
        tenant.directory().users().forEach(u -> truth.add(u.id()));
        tenant.faults().set("duplicates,reorder,empty-pages");
        var pages = client.pages(USERS);
        assertEquals(6, pages.size(), "each page is preceded by an empty one");
        var objects = client.all(USERS);
        assertTrue(objects.size() > 300);
        assertEquals(truth, client.ids(USERS));
        var mirror = new SampleClient.Mirror();
        mirror.read(client);
        truth.forEach(id -> assertTrue(mirror.names.containsKey(id)));
        tenant.faults().set("id-only");
        String group = tenant.directory().group("Company News").orElseThrow().id();
        for (JsonNode member : client.ok("/v1.0/groups/" + group + "/members").path("value")) {
            assertEquals(2, member.size());
        }
    }

    @Test
    void linksWithoutEnd() throws Exception {
        tenant.faults().set("endless");
        String next = client.ok(USERS).path("@odata.nextLink").asText();
        assertEquals(next, client.ok(next).path("@odata.nextLink").asText());
        tenant.faults().set("endless;mode=new");
        String delta = client.ok("/v1.0/groups/delta").path("@odata.nextLink").asText();
        JsonNode page = client.ok(delta);
        assertNotEquals(delta, page.path("@odata.nextLink").asText());
        assertEquals(0, page.path("value").size());
    }

    @Test
    void batchesOfWhichSomePartsFail() throws Exception {
        String body = """
                {"requests":[{"id":"1","method":"GET","url":"/users?$top=1"},{"id":"2","method":"GET","url":"/groups"},
                 {"id":"3","method":"GET","url":"/organization"}]}""";
        tenant.faults().set("batch-throttle@2;after=1,batch-missing@3");
        JsonNode responses = SampleClient.JSON.readTree(client.send("POST", "/v1.0/$batch", body).body())
                .path("responses");
        assertEquals(2, responses.size());
        for (JsonNode response : responses) {
            boolean second = response.path("id").asText().equals("2");
            assertEquals(second ? 429 : 200, response.path("status").asInt());
            assertEquals(second ? "1" : "", response.path("headers").path("Retry-After").asText());
        }
    }

    @Test
    void resourceUnitsRunOut() throws Exception {
        assertEquals("1", client.get(USERS).headers().firstValue("x-ms-resource-unit").orElseThrow());
        assertEquals("2", client.get("/v1.0/users").headers().firstValue("x-ms-resource-unit").orElseThrow());
        tenant.throttling().setQuota(10);
        tenant.throttling().setEnabled(true);
        for (int i = 0; i < 5; i++) {
            var answer = client.get("/v1.0/users");
            assertEquals(200, answer.statusCode());
            assertEquals(i == 4, answer.headers().firstValue("x-ms-throttle-limit-percentage").isPresent());
        }
        var refused = client.get("/v1.0/users");
        assertEquals("429 TooManyRequests", SampleClient.refusal(refused));
        assertTrue(refused.headers().firstValue("x-ms-throttle-scope").orElseThrow().startsWith("Tenant_Application"));
        int wait = Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(wait >= 1 && wait <= 11);
        tenant.clock().advance(java.time.Duration.ofSeconds(wait));
        assertEquals(200, client.get("/v1.0/users").statusCode());
        String report = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
        for (int i = 0; i < 5; i++) {
            assertEquals(200, client.get(report).statusCode());
        }
        assertEquals(429, client.get(report).statusCode());
    }
}
