package org.rollcall.sample;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.*;

/// Lists, single objects, members, counts and permissions of an unchanged Contoso.
class SampleTenantTest {
    private static final String[] EVENTUAL = { "ConsistencyLevel", "eventual" };
    private static SampleTenant tenant;
    private static SampleClient client;

    @BeforeAll
    static void start() throws Exception {
        tenant = SampleTenant.start(SampleTenant.Options.defaults());
        client = new SampleClient(tenant);
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    private static String group(String name) {
        return tenant.directory().group(name).orElseThrow().id();
    }

    private static Set<String> ids(java.util.List<SampleObject> objects) {
        var ids = new TreeSet<String>();
        objects.forEach(o -> ids.add(o.id()));
        return ids;
    }

    @Test
    void listsHoldEverybodyOnceInPagesOfTheSizeAskedFor() throws Exception {
        var pages = client.pages("/v1.0/users?$select=id,displayName,accountEnabled&$top=999");
        assertEquals(3, pages.size());
        assertEquals(999, pages.getFirst().path("value").size());
        assertTrue(pages.getFirst().path("@odata.nextLink").asText().contains("$skiptoken=RFNwd"));
        assertEquals(ids(tenant.directory().users()), client.ids("/v1.0/users?$select=id&$top=999"));
        assertEquals(2_500, tenant.directory().userCount());
        assertEquals(ids(tenant.directory().groups()), client.ids("/v1.0/groups?$top=50"));
        assertEquals(120, tenant.directory().groupCount());
    }

    @Test
    void withoutSelectPeopleHaveTheirElevenProperties() throws Exception {
        JsonNode page = client.ok("/v1.0/users");
        assertEquals(100, page.path("value").size());
        JsonNode person = page.path("value").get(1);
        assertEquals(11, person.size());
        assertTrue(person.has("mail") && person.path("mail").isNull(), "a missing value is null");
        assertTrue(person.path("businessPhones").isArray());
        assertFalse(person.has("accountEnabled"));
        assertEquals("400 BadRequest", client.refusal("/v1.0/users?$select=shoeSize"));
        assertEquals("501 NotImplemented", client.refusal("/v1.0/users?$select=aboutMe"));
    }

    @Test
    void theOddPeopleAreThere() {
        var names = new HashSet<String>();
        var upns = new HashSet<String>();
        var mails = new HashSet<String>();
        int[] counts = new int[6];
        for (SampleObject person : tenant.directory().users()) {
            counts[0] += names.add(person.displayName()) ? 0 : 1;
            assertTrue(upns.add(person.userPrincipalName().toLowerCase(java.util.Locale.ROOT)),
                    person.userPrincipalName());
            String mail = person.text("mail");
            counts[1] += mail == null ? 1 : mails.add(mail) ? 0 : 100;
            counts[2] += "Guest".equals(person.get("userType")) ? 1 : 0;
            counts[3] += person.flag("accountEnabled") ? 0 : 1;
            counts[4] += person.flag("mfaRegistered") ? 1 : 0;
            counts[5] += person.displayName().codePointCount(0, person.displayName().length()) == 256 ? 1 : 0;
        }
        assertTrue(counts[0] >= 1, "display names repeat");
        assertTrue(counts[1] > 100, "some have no mail, and one mail address is shared");
        assertTrue(counts[2] > 30 && counts[3] > 30, "guests and disabled accounts");
        assertTrue(counts[4] > 500 && counts[4] < 2_400, "some are registered for MFA");
        assertEquals(1, counts[5]);
        assertTrue(names.contains("=HYPERLINK(\"https://evil.example\",\"Pay\")") && names.contains("山田 太郎"));
    }

    @Test
    void groupsAreOfEveryKindAndSomeAreInACircle() throws Exception {
        String aurora = group("Project Aurora");
        assertTrue(tenant.directory().groupsOf(aurora).contains(aurora));
        assertTrue(client.ids("/v1.0/groups/" + aurora + "/transitiveMembers?$top=999").contains(aurora));
        assertEquals(1_200, tenant.directory().directMembers(group("Company News")).size());
        JsonNode tier0 = client.ok("/v1.0/groups/" + group("Tier 0 Administrators"));
        assertTrue(tier0.path("isAssignableToRole").asBoolean());
        assertEquals("DynamicMembership", client.ok("/v1.0/groups/" + group("Sales")).path("groupTypes").path(0)
                .asText());
        assertTrue(tenant.directory().effectiveMembers(group("All Staff")).size() > 1_500);
    }

    @Test
    void membersAreTheTruthDirectlyAndThroughAllNesting() throws Exception {
        for (String name : Set.of("Engineering", "Finance", "Project Borealis", "Company News", "Newsletter Readers")) {
            String path = "/v1.0/groups/" + group(name);
            assertEquals(ids(tenant.directory().directMembers(name)),
                    client.ids(path + "/members?$select=id&$top=999"), name);
            assertEquals(ids(tenant.directory().effectiveMembers(name)), client.ids(
                    path + "/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999", EVENTUAL), name);
            assertEquals(ids(tenant.directory().effectiveMembers(name)), client.ids(
                    path + "/transitiveMembers/graph.user?$count=true&$top=100", EVENTUAL), name);
            assertEquals(Integer.toString(tenant.directory().directMembers(name).size()),
                    client.get(path + "/members/$count", EVENTUAL).body());
        }
        assertEquals("400 Request_UnsupportedQuery",
                client.refusal("/v1.0/groups/" + group("Finance") + "/members/microsoft.graph.user"));
        assertEquals("404 Request_ResourceNotFound",
                client.refusal("/v1.0/groups/00000000-0000-4000-8000-000000000000/members"));
    }

    @Test
    void whatMayNotBeReadComesWithTypeAndIdOnly() throws Exception {
        int limited = 0;
        for (JsonNode member : client.all("/v1.0/groups/" + group("Automation Accounts")
                + "/members?$select=id,displayName")) {
            String type = member.path("@odata.type").asText();
            assertNotEquals("#microsoft.graph.servicePrincipal", type, "version 1.0 does not list them");
            if (Set.of("#microsoft.graph.device", "#microsoft.graph.orgContact").contains(type)) {
                assertEquals(2, member.size());
                limited++;
            } else {
                assertTrue(member.has("displayName"));
            }
        }
        assertEquals(2, limited);
    }

    @Test
    void groupsAboveAPersonAndAGroup() throws Exception {
        SampleObject person = tenant.directory().directMembers("Accounts Payable").getFirst();
        var above = client.ids("/v1.0/users/" + person.id() + "/transitiveMemberOf?$select=id&$top=999");
        assertTrue(above.contains(group("Finance")) && above.contains(group("All Staff")));
        assertEquals(new TreeSet<>(tenant.directory().groupsOf(person.id())), above);
        assertEquals("403 Authorization_RequestDenied", client.refusal("/v1.0/users/" + person.id() + "/memberOf"));
        assertTrue(client.ids("/v1.0/groups/" + group("Treasury") + "/transitiveMemberOf").contains(group("Finance")));
        assertEquals(client.ids("/v1.0/groups/" + group("Treasury") + "/transitiveMemberOf/microsoft.graph.group"
                + "?$count=true", EVENTUAL), client.ids("/v1.0/groups/" + group("Treasury") + "/transitiveMemberOf"));
    }

    @Test
    void filtersAndSearchFollowTheRules() throws Exception {
        SampleObject ada = tenant.directory().user(tenant.adminUserName()).orElseThrow();
        String users = "/v1.0/users?$select=id,displayName&$filter=";
        assertEquals(Set.of(ada.id()), client.ids(users + SampleClient.encode("id eq '" + ada.id() + "'")));
        assertEquals(Set.of(ada.id()), client.ids(users
                + SampleClient.encode("userPrincipalName eq '" + tenant.adminUserName() + "'")));
        assertEquals(2, client.ids(users + SampleClient.encode("displayName eq 'Alex Kim'")).size());
        assertEquals(1, client.ids(users + SampleClient.encode("displayName eq 'Siobhán O''Brien'")).size());
        assertEquals(1, client.ids(users + SampleClient.encode(
                "id in ('" + ada.id() + "','00000000-0000-4000-8000-000000000000')")).size());
        assertEquals("400 Request_UnsupportedQuery",
                client.refusal(users + SampleClient.encode("endsWith(mail,'x')")));
        assertTrue(client.ids(users + SampleClient.encode("endswith(mail,'@fabrikam.example')") + "&$count=true",
                EVENTUAL).size() > 10);
        assertEquals("400 BadRequest", client.refusal(users + SampleClient.encode("displayName = 'x'")));
        String search = "/v1.0/groups?$select=id&$count=true&$search=";
        assertEquals("400 Request_UnsupportedQuery",
                client.refusal("/v1.0/groups?$search=" + SampleClient.encode("\"displayName:fin\"")));
        assertTrue(client.ids(search + SampleClient.encode("\"displayName:fin\""), EVENTUAL)
                .contains(group("Finance")));
        assertEquals("400 BadRequest", client.refusal(search + "fin", EVENTUAL));
        assertEquals("400 Request_BadRequest", client.refusal("/v1.0/users?$top=1000"));
        assertEquals("400 Request_BadRequest", client.refusal("/v1.0/users/$count"));
        assertEquals("2500", client.get("/v1.0/users/$count", EVENTUAL).body());
        var sorted = client.all("/v1.0/groups?$orderby=displayName&$select=displayName&$top=50");
        assertEquals(120, sorted.size());
        assertTrue(sorted.get(0).path("displayName").asText()
                .compareToIgnoreCase(sorted.get(119).path("displayName").asText()) < 0);
    }

    @Test
    void singlePeopleAreFoundByIdAndByName() throws Exception {
        JsonNode ada = client.ok("/v1.0/users/" + tenant.adminUserName() + "?$select=id,displayName");
        assertEquals("Ada Lindqvist", ada.path("displayName").asText());
        assertEquals(2, ada.size() - 1, "what was selected, and the context");
        SampleObject guest = tenant.directory().users().stream()
                .filter(u -> u.userPrincipalName().contains("#EXT#")).findFirst().orElseThrow();
        assertEquals(guest.id(), client.ok("/v1.0/users/" + SampleClient.encode(guest.userPrincipalName())).path("id")
                .asText());
        var missing = client.get("/v1.0/users/nobody@contoso.example", "client-request-id", "my-own-id");
        assertEquals("404 Request_ResourceNotFound", SampleClient.refusal(missing));
        assertEquals("my-own-id", missing.headers().firstValue("client-request-id").orElseThrow());
        assertEquals("my-own-id", SampleClient.JSON.readTree(missing.body()).path("error").path("innerError")
                .path("client-request-id").asText());
    }

    @Test
    void aNextLinkBelongsToItsQuery() throws Exception {
        String next = client.ok("/v1.0/users?$select=id&$top=10").path("@odata.nextLink").asText();
        assertEquals(10, client.ok(next).path("value").size());
        assertEquals("400 Request_BadRequest", client.refusal(next.replace("$top=10", "$top=20")));
        assertEquals("400 Request_BadRequest", client.refusal(next + "x"));
    }

    @Test
    void batchesAnswerEveryRequestInAnyOrder() throws Exception {
        String body = """
                {"requests":[
                 {"id":"a","method":"GET","url":"/groups/%s/members?$select=id&$top=999"},
                 {"id":"b","method":"GET","url":"/users/nobody@contoso.example"},
                 {"id":"c","method":"GET","url":"/users?$top=1","dependsOn":["b"]},
                 {"id":"d","method":"GET","url":"/groups/%s/transitiveMembers/graph.user?$count=true&%%24select=id",
                  "headers":{"ConsistencyLevel":"eventual"}}]}""".formatted(group("Finance"), group("Finance"));
        JsonNode answers = SampleClient.JSON.readTree(client.send("POST", "/v1.0/$batch", body).body());
        var seen = new TreeSet<String>();
        for (JsonNode answer : answers.path("responses")) {
            seen.add(answer.path("id").asText() + answer.path("status").asInt());
            if (answer.path("id").asText().equals("a")) {
                assertEquals(tenant.directory().directMembers("Finance").size(),
                        answer.path("body").path("value").size());
            }
        }
        assertEquals(Set.of("a200", "b404", "c424", "d200"), seen);
        var many = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            many.append(i == 0 ? "" : ",").append("{\"id\":\"").append(i)
                    .append("\",\"method\":\"GET\",\"url\":\"/users\"}");
        }
        assertEquals("400 BadRequest",
                SampleClient.refusal(client.send("POST", "/v1.0/$batch", "{\"requests\":[" + many + "]}")));
    }

    @Test
    void thePermissionsOfTheTokenDecide() throws Exception {
        String hidden = "/v1.0/groups/" + group("Compensation Committee") + "/members";
        assertEquals(0, client.all(hidden).size());
        assertFalse(tenant.directory().directMembers("Compensation Committee").isEmpty());
        assertEquals("403 Authorization_RequestDenied", client.refusal("/v1.0/domains"));
        try (var other = SampleTenant.start(SampleTenant.Options.defaults().withUsers(200).withGroups(30)
                .withRoles(Set.of("GroupMember.Read.All", "Member.Read.Hidden")))) {
            var restricted = new SampleClient(other);
            assertEquals("403 Authorization_RequestDenied", restricted.refusal("/v1.0/users"));
            assertEquals("403 Authorization_RequestDenied", restricted.refusal("/v1.0/users/delta"));
            String committee = other.directory().group("Compensation Committee").orElseThrow().id();
            var members = restricted.all("/v1.0/groups/" + committee + "/members?$select=id,displayName");
            assertEquals(other.directory().directMembers("Compensation Committee").size(), members.size());
            members.forEach(m -> assertEquals(2, m.size(), "people may not be read, so only type and id are told"));
            other.identity().apps().grantRole(other.clientId(), "User.ReadBasic.All");
            restricted.refresh();
            assertEquals(200, restricted.ids("/v1.0/users?$select=id,displayName").size());
            assertEquals("403 Authorization_RequestDenied", restricted.refusal("/v1.0/users?$select=accountEnabled"));
        }
        assertEquals("401 InvalidAuthenticationToken", unauthorised());
    }

    private static String unauthorised() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(tenant.origin() + "/v1.0/users"))
                .build();
        try (var http = java.net.http.HttpClient.newBuilder().sslContext(tenant.trust()).build()) {
            return SampleClient.refusal(http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()));
        }
    }

    @Test
    void theRegistrationReportLeavesDisabledPeopleOut() throws Exception {
        var rows = client.all("/v1.0/reports/authenticationMethods/userRegistrationDetails");
        long enabled = tenant.directory().users().stream().filter(u -> u.flag("accountEnabled")).count();
        assertEquals(enabled, rows.size());
        for (JsonNode row : rows) {
            assertEquals(tenant.directory().user(row.path("id").asText()).orElseThrow().flag("mfaRegistered"),
                    row.path("isMfaRegistered").asBoolean());
        }
        assertEquals("Contoso", client.ok("/v1.0/organization").path("value").path(0).path("displayName").asText());
        assertEquals(2, client.all("/v1.0/directory/deletedItems/microsoft.graph.user?$select=id").size());
    }

    @Test
    void theLogCountsAndRecords() throws Exception {
        try (var other = SampleTenant.start(SampleTenant.Options.defaults().withUsers(20).withGroups(5))) {
            var own = new SampleClient(other);
            other.log().reset();
            other.log().setRecording(true);
            own.ok("/v1.0/users?$top=5", "Accept-Encoding", "identity");
            assertEquals(1, other.log().count(RequestLog.Part.GRAPH));
            var entry = other.log().entries(RequestLog.Part.GRAPH).getFirst();
            assertEquals("$top=5", entry.query());
            var exchange = entry.exchange();
            assertNotNull(exchange);
            assertEquals(5, SampleClient.JSON.readTree(exchange.responseBody()).path("value").size());
            assertEquals(entry.bytes(), exchange.responseBody().length);
        }
    }
}
