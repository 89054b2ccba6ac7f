package org.rollcall.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.*;

/// Delta queries: pages, changes of every kind, expiry; and mirrors that are kept by them alone.
class SampleDeltaTest {
    private static final String USERS = "/v1.0/users/delta?$select=displayName,mail,department";
    private SampleTenant tenant;
    private SampleDirectory directory;
    private SampleClient client;

    @BeforeEach
    void start() throws Exception {
        tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(1_500).withGroups(80));
        directory = tenant.directory();
        client = new SampleClient(tenant);
    }

    @AfterEach
    void stop() {
        tenant.close();
    }

    private String person(int index) {
        return directory.users().get(index).id();
    }

    private String link(String url) throws Exception {
        return client.pages(url).getLast().path("@odata.deltaLink").asText();
    }

    private List<JsonNode> since(String link, String... headers) throws Exception {
        return client.all(link, headers);
    }

    @Test
    void theFirstCycleComesInPagesOf200ObjectsAnd500Links() throws Exception {
        var users = client.pages("/v1.0/users/delta()?$select=displayName");
        assertEquals(8, users.size());
        int people = 0;
        int gone = 0;
        for (JsonNode page : users) {
            assertTrue(page.path("value").size() <= 200);
            assertNotEquals(page.has("@odata.nextLink"), page.has("@odata.deltaLink"));
            for (JsonNode user : page.path("value")) {
                people += user.has("@removed") ? 0 : 1;
                gone += user.has("@removed") ? 1 : 0;
            }
        }
        assertEquals(1_500, people);
        assertEquals(2, gone);
        int pieces = 0;
        String news = directory.group("Company News").orElseThrow().id();
        for (JsonNode page : client.pages("/v1.0/groups/microsoft.graph.delta")) {
            int links = 0;
            for (JsonNode group : page.path("value")) {
                links += group.path("members@delta").size();
                pieces += group.path("id").asText().equals(news) ? 1 : 0;
            }
            assertTrue(links <= 500);
        }
        assertTrue(pieces >= 3, "a group of 1,200 comes in several pieces");
        assertFalse(client.ok("/v1.0/groups/delta?$select=displayName").path("value").get(0).has("members@delta"));
    }

    @Test
    void aMirrorKeptByDeltaAloneIsTheTruth() throws Exception {
        var mirror = new SampleClient.Mirror();
        mirror.read(client);
        assertSame(mirror);
        var random = new Random(5);
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 40; i++) {
                changeSomething(random, i);
            }
            mirror.read(client);
            assertSame(mirror);
        }
        tenant.log().reset();
        mirror.read(client);
        assertEquals(2, tenant.log().count(RequestLog.Part.GRAPH), "an unchanged tenant costs two requests");
        assertSame(mirror);
    }

    private void changeSomething(Random random, int i) {
        List<SampleObject> users = directory.users();
        List<SampleObject> groups = directory.groups();
        String user = users.get(random.nextInt(users.size())).id();
        String group = groups.get(random.nextInt(groups.size())).id();
        String other = groups.get(random.nextInt(groups.size())).id();
        switch (random.nextInt(9)) {
            case 0 -> directory.addMember(group, directory.hire(Map.of("displayName", "New " + i)).id());
            case 1 -> directory.purge(user);
            case 2 -> directory.rename(user, "renamed" + random.nextInt() + "@contoso.example", "Renamed " + i);
            case 3 -> directory.createGroup(Map.of("displayName", "Group " + i));
            case 4 -> {
                if (groups.size() > 60) {
                    directory.purge(group);
                }
            }
            case 5 -> directory.renameGroup(group, "Called " + i);
            case 6 -> directory.directMembers(group).stream().findFirst()
                    .ifPresent(m -> directory.removeMember(group, m.id()));
            default -> {
                if (directory.directMembers(group).stream().noneMatch(m -> m.id().equals(other))
                        && !group.equals(other)) {
                    directory.addMember(group, other);
                }
            }
        }
    }

    /// Hidden memberships are not to be seen, and service principals not listed.
    private void assertSame(SampleClient.Mirror mirror) {
        var names = new TreeMap<String, String>();
        var members = new TreeMap<String, TreeSet<String>>();
        directory.users().forEach(u -> names.put(u.id(), u.displayName()));
        for (SampleObject group : directory.groups()) {
            names.put(group.id(), group.displayName());
            var ids = new TreeSet<String>();
            if (!"HiddenMembership".equals(group.get("visibility"))) {
                directory.directMembers(group.id()).forEach(m -> ids.add(m.id()));
            }
            members.put(group.id(), ids);
        }
        assertEquals(names, mirror.names);
        members.values().removeIf(Set::isEmpty);
        var seen = new TreeMap<>(mirror.members);
        seen.values().removeIf(Set::isEmpty);
        assertEquals(members, seen);
    }

    @Test
    void onlyTrackedPropertiesTell() throws Exception {
        String since = link(USERS);
        directory.update(person(7), "jobTitle", "Unseen");
        assertEquals(0, since(since).size());
        directory.update(person(8), "department", "Seen");
        directory.update(person(9), "department", null);
        var changes = since(since);
        assertEquals(2, changes.size());
        assertEquals("Seen", changes.getFirst().path("department").asText());
        assertTrue(changes.getFirst().has("displayName"), "the selected set comes whole");
        assertTrue(changes.getLast().has("department") && changes.getLast().path("department").isNull(),
                "a cleared property is null");
        var minimal = since(since, "Prefer", "return=minimal");
        assertEquals(2, minimal.getFirst().size(), "id and what changed");
        String withoutMail = person(1);
        var noMail = client.all(USERS).stream().filter(u -> u.path("id").asText().equals(withoutMail)).toList();
        assertFalse(noMail.getFirst().has("mail"), "a property never set is absent");
    }

    @Test
    void leavingRestoringAndPurging() throws Exception {
        String users = link(USERS);
        String groups = link("/v1.0/groups/delta?$select=displayName,members");
        String leaver = directory.directMembers("Accounts Payable").getFirst().id();
        directory.leave(leaver);
        var change = since(users);
        assertEquals("changed", change.getFirst().path("@removed").path("reason").asText());
        assertEquals(0, since(groups).size(), "no group tells of a soft deletion");
        String group = directory.group("Accounts Payable").orElseThrow().id();
        assertFalse(client.ids("/v1.0/groups/" + group + "/members?$top=999").contains(leaver));
        assertTrue(client.ids("/v1.0/directory/deletedItems/microsoft.graph.user").contains(leaver));
        directory.restore(leaver);
        assertTrue(since(users).getFirst().has("displayName"), "it appears like a new one");
        assertEquals(0, since(groups).size());
        assertTrue(client.ids("/v1.0/groups/" + group + "/members?$top=999").contains(leaver));
        directory.leave(leaver);
        tenant.clock().advance(Duration.ofDays(31));
        client.refresh();
        assertFalse(client.ids("/v1.0/directory/deletedItems/graph.user").contains(leaver), "30 days are over");
        assertEquals("400 syncStateNotFound", client.refusal(users), "and so are the seven of the link");
        String fresh = link(USERS);
        String fresher = link("/v1.0/groups/delta?$select=members");
        String other = directory.directMembers("Accounts Payable").getFirst().id();
        directory.purge(other);
        assertEquals("deleted", since(fresh).getFirst().path("@removed").path("reason").asText());
        JsonNode link = since(fresher).getFirst().path("members@delta").get(0);
        assertEquals(other + "deleted", link.path("id").asText() + link.path("@removed").path("reason").asText());
    }

    @Test
    void linksChangeOnEveryCallAndLatestGivesNoData() throws Exception {
        JsonNode latest = client.ok("/v1.0/groups/delta?$deltaToken=latest&$select=displayName,members");
        assertEquals(0, latest.path("value").size());
        String first = latest.path("@odata.deltaLink").asText();
        String second = link(first);
        assertNotEquals(first, second);
        directory.move(person(2), newGroup(person(2)), newGroup(null));
        assertEquals(2, since(first).size());
        assertEquals(since(first).size(), since(second).size());
    }

    private String newGroup(@org.jspecify.annotations.Nullable String member) {
        String id = directory.createGroup(Map.of("displayName", "Fresh")).id();
        if (member != null) {
            directory.addMember(id, member);
        }
        return id;
    }

    @Test
    void everyLinkTouchedIsToldInItsPresentState() throws Exception {
        String group = newGroup(person(3));
        String since = client.ok("/v1.0/groups/delta?$deltatoken=latest&$select=members").path("@odata.deltaLink")
                .asText();
        directory.removeMember(group, person(3));
        directory.addMember(group, person(3));
        directory.addMember(group, person(4));
        directory.removeMember(group, person(4));
        var links = since(since).getFirst().path("members@delta");
        assertEquals(2, links.size());
        String gone = person(4);
        for (JsonNode link : links) {
            assertEquals(link.path("id").asText().equals(gone), link.has("@removed"));
        }
    }

    @Test
    void filtersTakeAtMostFiftyIds() throws Exception {
        var clauses = new ArrayList<String>();
        for (int i = 0; i < 51; i++) {
            clauses.add("id eq '" + person(i) + "'");
        }
        String all = SampleClient.encode(String.join(" or ", clauses));
        String fifty = SampleClient.encode(String.join(" or ", clauses.subList(0, 50)));
        assertEquals("400 Request_UnsupportedQuery", client.refusal(USERS + "&$filter=" + all));
        var pages = client.pages(USERS + "&$filter=" + fifty);
        assertEquals(50, pages.getFirst().path("value").size());
        directory.update(person(60), "department", "Elsewhere");
        directory.update(person(10), "department", "Here");
        assertEquals(1, since(pages.getLast().path("@odata.deltaLink").asText()).size());
        assertEquals("400 Request_UnsupportedQuery", client.refusal(USERS + "&$top=5"));
        assertEquals("400 Request_UnsupportedQuery",
                client.refusal(USERS + "&$filter=" + SampleClient.encode("displayName eq 'x'")));
    }

    @Test
    void theAdminEndpointChangesTheTenant() throws Exception {
        String since = link(USERS);
        var answer = client.send("POST", "/admin/changes", """
                [{"op":"hire","displayName":"Hilda Hired","department":"Legal"},
                 {"op":"rename","user":"peter.plain@contoso.example","userPrincipalName":"peter.new@contoso.example"},
                 {"op":"addMember","group":"Legal","member":"hilda.hired@contoso.example"},
                 {"op":"leave","user":"alex.kim@contoso.example"}]""");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(2, since(since).size(), "a user principal name is not tracked here");
        JsonNode members = client.ok("/admin/truth/members?group=Legal");
        assertTrue(members.path("direct").toString().contains(
                directory.user("hilda.hired@contoso.example").orElseThrow().id()));
        assertEquals(400, client.send("POST", "/admin/changes", "[{\"op\":\"leave\",\"user\":\"nobody\"}]")
                .statusCode());
        assertEquals(directory.userCount(), client.ok("/admin/truth/users").path("count").asInt());
        assertThrows(IllegalArgumentException.class,
                () -> directory.rename(person(5), tenant.adminUserName(), "Not Ada"));
    }
}
