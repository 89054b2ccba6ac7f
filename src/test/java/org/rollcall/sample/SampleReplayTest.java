package org.rollcall.sample;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/// A client of the simplest kind copies the tenant by lists and delta links, while people and groups are changed at
/// random. As long as it keeps the documented rules, its copy must equal the tenant's truth after every round.
final class SampleReplayTest {
    private static final String USER_FIELDS = "id,displayName,userPrincipalName,mail,department,accountEnabled";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void copyFollowsRandomChanges() throws Exception {
        for (long seed = 1; seed <= 2; seed++) {
            follow(seed, "");
        }
    }

    @Test
    void copyFollowsThroughSpoiledPages() throws Exception {
        for (long seed = 11; seed <= 12; seed++) {
            follow(seed, "seed=" + seed + ",duplicates:0.5,reorder:0.5,empty-pages:0.3");
        }
    }

    private static void follow(long seed, String faults) throws Exception {
        try (var tenant = SampleTenant
                .start(SampleTenant.Options.defaults().withUsers(120).withGroups(60).withSeed(seed).withFaults(faults)
                        .withRoles(Set.of("User.Read.All", "GroupMember.Read.All", "Member.Read.Hidden",
                                "Directory.Read.All")))) {
            var random = new Random(seed);
            var changes = new Changes(tenant.directory(), random);
            var client = new Client(tenant);
            client.read(() -> changes.some(3));
            client.replay();
            client.compare("seed " + seed + " first");
            for (int round = 1; round <= 8; round++) {
                changes.some(1 + random.nextInt(12));
                client.replay();
                client.compare("seed " + seed + " round " + round);
            }
        }
    }

    /// Changes of every kind; those that the tenant refuses are passed over.
    private static final class Changes {
        private final SampleDirectory directory;
        private final Random random;
        private final List<String> people = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private int hired;

        Changes(SampleDirectory directory, Random random) {
            this.directory = directory;
            this.random = random;
            directory.users().forEach(u -> people.add(u.id()));
            directory.groups().forEach(g -> groups.add(g.id()));
        }

        void some(int count) {
            for (int done = 0; done < count;) {
                try {
                    one();
                    done++;
                } catch (IllegalArgumentException e) {
                    assertNotNull(e.getMessage());
                }
            }
        }

        private String person() {
            return people.get(random.nextInt(people.size()));
        }

        private String group() {
            return groups.get(random.nextInt(groups.size()));
        }

        private void one() {
            switch (random.nextInt(15)) {
                case 0 -> people.add(directory.hire(Map.of("displayName", "Hired " + ++hired)).id());
                case 1 -> directory.leave(person());
                case 2 -> directory.purge(person());
                case 3, 4 -> directory.restore(person());
                case 5 -> directory.rename(person(), "renamed" + random.nextInt(1000) + "@contoso.example", "Renamed");
                case 6 -> directory.update(person(), "department", random.nextBoolean() ? null : "Moved");
                case 7 -> directory.setEnabled(person(), random.nextBoolean());
                case 8, 9 -> directory.addMember(group(), random.nextInt(4) == 0 ? group() : person());
                case 10 -> directory.removeMember(group(), random.nextInt(4) == 0 ? group() : person());
                case 11 -> {
                    String from = group();
                    List<SampleObject> members = directory.directMembers(from);
                    if (!members.isEmpty()) {
                        directory.move(members.get(random.nextInt(members.size())).id(), from, group());
                    }
                }
                case 12 -> {
                    String made = directory.createGroup(Map.of("displayName", "Made " + ++hired)).id();
                    groups.add(made);
                    directory.addMember(made, person());
                }
                case 13 -> directory.deleteGroup(group());
                default -> {
                    String group = group();
                    if (directory.group(group).isPresent()) {
                        directory.renameGroup(group, "Group " + random.nextInt(1000));
                    } else {
                        directory.restore(group);
                    }
                }
            }
        }
    }

    /// Copies users, groups and direct links.
    private static final class Client {
        private final SampleTenant tenant;
        private final HttpClient http;
        private final String token;
        private final Map<String, Map<String, String>> users = new TreeMap<>();
        private final Map<String, String> groups = new TreeMap<>();
        private final Map<String, Set<String>> links = new HashMap<>();
        private String userLink = "";
        private String groupLink = "";
        /// Whoever was restored while the lists were read looks like anyone who was changed.
        private boolean first = true;

        Client(SampleTenant tenant) throws Exception {
            this.tenant = tenant;
            http = HttpClient.newBuilder().sslContext(tenant.trust()).build();
            String form = "grant_type=client_credentials&client_id=" + tenant.clientId() + "&client_secret="
                    + URLEncoder.encode(tenant.clientSecret(), StandardCharsets.UTF_8)
                    + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
            var answer = http.send(HttpRequest
                    .newBuilder(URI.create(tenant.origin() + "/" + tenant.tenantId() + "/oauth2/v2.0/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            token = JSON.readTree(answer.body()).path("access_token").asText();
        }

        private JsonNode get(String url) throws Exception {
            var answer = http.send(HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token)
                    .build(), BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body());
        }

        /// All pages from `url` on.
        ///
        /// @return the delta link at their end, if there is one
        private @Nullable String pages(String url, Consumer<JsonNode> each) throws Exception {
            String next = url;
            for (int page = 0; page < 1000; page++) {
                JsonNode answer = get(next);
                answer.path("value").forEach(each);
                if (!answer.has("@odata.nextLink")) {
                    return answer.path("@odata.deltaLink").asText(null);
                }
                next = answer.path("@odata.nextLink").asText();
            }
            throw new AssertionError("endless: " + url);
        }

        void read(Runnable meanwhile) throws Exception {
            String base = tenant.origin() + "/v1.0/";
            userLink = needed(
                    pages(base + "users/delta?$deltatoken=latest&$select=" + USER_FIELDS, _ -> meanwhile.run()));
            groupLink = needed(
                    pages(base + "groups/delta()?$deltaToken=latest&$select=displayName,members",
                            _ -> meanwhile.run()));
            var listed = new ArrayList<JsonNode>();
            pages(base + "users?$top=50&$select=" + USER_FIELDS, listed::add);
            meanwhile.run();
            listed.forEach(u -> putUser(u, false));
            pages(base + "groups?$top=20&$select=id,displayName",
                    g -> groups.put(g.path("id").asText(), g.path("displayName").asText()));
            for (String group : groups.keySet()) {
                meanwhile.run();
                if (tenant.directory().group(group).isPresent()) {
                    readMembers(group);
                }
            }
        }

        private void readMembers(String group) throws Exception {
            var found = new HashSet<String>();
            pages(tenant.origin() + "/v1.0/groups/" + group + "/members?$select=id&$top=30",
                    m -> found.add(m.path("id").asText()));
            links.put(group, found);
        }

        void replay() throws Exception {
            var came = new TreeSet<String>();
            userLink = needed(pages(userLink, u -> {
                String id = u.path("id").asText();
                if (u.has("@removed")) {
                    users.remove(id);
                    came.remove(id);
                } else {
                    if (first || !users.containsKey(id)) {
                        came.add(id);
                    }
                    putUser(u, true);
                }
            }));
            var cameGroups = new TreeSet<String>();
            groupLink = needed(pages(groupLink, g -> {
                String id = g.path("id").asText();
                if (g.has("@removed")) {
                    cameGroups.remove(id);
                } else if (first || !groups.containsKey(id)) {
                    cameGroups.add(id);
                }
                putGroup(g);
            }));
            // Who is restored brings memberships of which the groups say nothing; nested groups likewise.
            var again = new TreeSet<String>();
            for (String id : cameGroups) {
                pages(tenant.origin() + "/v1.0/groups/" + id + "/transitiveMemberOf?$select=id",
                        g -> again.add(g.path("id").asText()));
            }
            for (String id : came) {
                pages(tenant.origin() + "/v1.0/users/" + id + "/transitiveMemberOf?$select=id",
                        g -> again.add(g.path("id").asText()));
            }
            first = false;
            again.retainAll(groups.keySet());
            for (String group : again) {
                readMembers(group);
            }
        }

        private static String needed(@Nullable String link) {
            if (link == null) {
                throw new AssertionError("a delta link was expected");
            }
            return link;
        }

        /// What is absent in a delta entry never had a value.
        private void putUser(JsonNode user, boolean delta) {
            var fields = new TreeMap<String, String>();
            for (String field : USER_FIELDS.split(",", -1)) {
                assertEquals(true, delta || user.has(field), "lists tell null where there is no value");
                fields.put(field, user.path(field).asText(""));
            }
            users.put(user.path("id").asText(), fields);
        }

        private void putGroup(JsonNode group) {
            String id = group.path("id").asText();
            if (group.has("@removed")) {
                groups.remove(id);
                links.remove(id);
                return;
            }
            groups.put(id, group.path("displayName").asText());
            Set<String> members = links.computeIfAbsent(id, _ -> new HashSet<>());
            for (JsonNode member : group.path("members@delta")) {
                if (member.has("@removed")) {
                    members.remove(member.path("id").asText());
                } else {
                    members.add(member.path("id").asText());
                }
            }
        }

        void compare(String when) {
            SampleDirectory truth = tenant.directory();
            var people = new TreeMap<String, Map<String, String>>();
            truth.users().forEach(u -> {
                var fields = new TreeMap<String, String>();
                for (String field : USER_FIELDS.split(",", -1)) {
                    String value = u.text(field);
                    fields.put(field, value == null ? "" : value);
                }
                people.put(u.id(), fields);
            });
            assertEquals(people, users, when);
            var names = new TreeMap<String, String>();
            truth.groups().forEach(g -> names.put(g.id(), g.displayName()));
            assertEquals(names, groups, when);
            for (String group : groups.keySet()) {
                var there = new TreeSet<String>();
                truth.directMembers(group).forEach(m -> there.add(m.id()));
                var here = new TreeSet<>(links.getOrDefault(group, Set.of()));
                // Links to people and groups that are gone are dropped by the client itself.
                here.removeIf(m -> !users.containsKey(m) && !groups.containsKey(m) && truth.object(m)
                        .map(o -> o.kind() == ObjectKind.USER || o.kind() == ObjectKind.GROUP).orElse(true));
                assertEquals(there, here, when + ", members of " + groups.get(group));
            }
        }
    }
}
