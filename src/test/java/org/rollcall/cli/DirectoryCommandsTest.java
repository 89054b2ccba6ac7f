package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What the commands say about a directory that has been imported, and what they change in it.
class DirectoryCommandsTest {
    private static final List<String> PERSON = List.of("id", "tenant", "objectId", "username", "upn", "displayName",
            "mail", "department", "status", "userType", "mfa", "role", "roleSource");
    private static final List<String> MORE = List.of("givenName", "surname", "jobTitle", "department", "companyName",
            "employeeId", "officeLocation", "mobilePhone", "mailNickname", "usageLocation", "preferredLanguage",
            "createdDateTime", "onPremisesSyncEnabled", "onPremisesSamAccountName", "externalUserState",
            "accountEnabled");
    private static final List<String> GROUP = List.of("id", "tenant", "objectId", "displayName", "description", "mail",
            "kind", "dynamic", "roleAssignable", "visibility", "status");

    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;
    private static SampleObject outer;
    private static SampleObject inner;
    private static List<SampleObject> people;

    @BeforeAll
    static void importEveryone() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(150).withGroups(15));
        outer = sample.directory().createGroup(Map.of("displayName", "Outer"));
        inner = sample.directory().createGroup(Map.of("displayName", "Inner", "description", "=HYPERLINK(\"x\")"));
        people = sample.directory().users();
        sample.directory().addMember(outer.id(), inner.id());
        sample.directory().addMember(outer.id(), people.get(40).id());
        sample.directory().addMember(inner.id(), people.get(40).id());
        sample.directory().addMember(inner.id(), people.get(41).id());
        sample.directory().update(people.get(42).id(), "jobTitle", "@SUM(1+1), \"boss\"");
        cli = new CliFixture(folder).init().connect(sample);
        cli.run("import", "run", "--tenant", "contoso", "--all", "--rule", "Inner=Operator");
    }

    @AfterAll
    static void close() {
        sample.close();
    }

    private static void assertFields(List<String> fields, JsonNode node) {
        for (String field : fields) {
            assertTrue(node.has(field), () -> field + " in " + node);
        }
    }

    @Test
    void listOfPeopleIsPagedWithoutLossOrRepetition() {
        var ids = new ArrayList<String>();
        String after = null;
        long total;
        do {
            JsonNode page = after == null
                    ? cli.json("users", "list", "--limit", "40")
                    : cli.json("users", "list", "--limit", "40", "--after", after);
            assertTrue(page.path("users").size() <= 40);
            for (JsonNode user : page.path("users")) {
                assertFields(PERSON, user);
                assertTrue(user.path("id").isTextual());
                assertTrue(Set.of("ACTIVE", "DISABLED", "REMOVED").contains(user.path("status").asText()));
                assertTrue(Set.of("MEMBER", "GUEST").contains(user.path("userType").asText()));
                assertTrue(Set.of("REGISTERED", "NOT_REGISTERED", "UNKNOWN").contains(user.path("mfa").asText()));
                assertTrue(Set.of("MANUAL", "RULE", "DEFAULT").contains(user.path("roleSource").asText()));
                ids.add(user.path("id").asText());
            }
            total = page.path("total").asLong();
            after = page.path("next").isNull() ? null : page.path("next").asText();
        } while (after != null);
        assertEquals(total, ids.size());
        assertEquals(ids.size(), new HashSet<>(ids).size());
        assertEquals(100, cli.json("users", "list").path("users").size());
        JsonNode local = cli.json("users", "list", "--search", CliFixture.ADMIN).path("users").get(0);
        assertTrue(local.path("tenant").isNull() && local.path("objectId").isNull(), local::toString);
        assertEquals("Administrator", local.path("role").asText());
        for (String limit : List.of("0", "-1", "1001", "x")) {
            cli.run("users", "list", "--limit", limit).expect(2).error();
        }
        cli.run("users", "list", "--after", "no cursor").expect(2).error();
        cli.run("users", "list", "--role", "Emperor").expect(2).error();
        cli.run("users", "list", "--status", "HAPPY").expect(2).error();
        cli.run("users", "list", "--group", "Nowhere").expect(2).error();
        assertEquals(2, cli.json("users", "list", "--group", "Outer").path("total").asInt());
        assertEquals(2, cli.json("users", "list", "--role", "Operator").path("total").asInt());
    }

    @Test
    void personIsShownExplainedAndHasAHistory() {
        String upn = people.get(41).userPrincipalName();
        JsonNode shown = cli.json("users", "show", upn);
        assertFields(PERSON, shown);
        assertEquals(people.get(41).id(), shown.path("objectId").asText());
        assertEquals(shown, cli.json("users", "show", shown.path("id").asText()));
        assertEquals(shown, cli.json("users", "show", people.get(41).id()));

        JsonNode why = cli.json("users", "why", upn);
        assertEquals(upn, why.path("user").asText());
        var about = new TreeSet<String>();
        for (JsonNode decision : why.path("decisions")) {
            assertFields(List.of("about", "value", "because", "rule", "path", "run"), decision);
            about.add(decision.path("about").asText());
            if (decision.path("about").asText().equals("role")) {
                assertEquals("Operator", decision.path("value").asText());
                assertTrue(decision.path("rule").asText().contains("Inner"), decision::toString);
                assertEquals("Inner", decision.path("path").path(0).asText(), decision::toString);
            }
        }
        assertEquals(Set.of("imported", "role", "status"), about);
        JsonNode history = cli.json("users", "history", upn);
        assertEquals("create", history.path("changes").get(history.path("changes").size() - 1).path("kind").asText());
        for (String verb : List.of("show", "why", "history", "deactivate", "activate", "clear-role")) {
            cli.run("users", verb, "nobody@nowhere.example").expect(2).error();
            cli.run("users", verb).expect(2).error();
        }
    }

    @Test
    void rolesAreSetClearedAndGuarded() {
        String upn = people.get(50).userPrincipalName();
        cli.run("users", "set-role", upn, "--role", "Emperor").expect(2).error();
        cli.run("users", "set-role", upn).expect(2).error();
        JsonNode set = cli.json("users", "set-role", upn, people.get(51).id(), "--role", "Auditor");
        assertEquals(2, set.path("changed").asInt());
        assertEquals("MANUAL", set.path("users").get(0).path("roleSource").asText());
        cli.run("import", "run", "--tenant", "contoso");
        assertEquals("Auditor", cli.json("users", "show", upn).path("role").asText());
        assertEquals("DEFAULT",
                cli.json("users", "clear-role", upn, people.get(51).id()).path("users").get(0).path("roleSource")
                        .asText());
        cli.run("users", "set-role", CliFixture.ADMIN, "--role", "User").expect(6).error();
        cli.run("users", "deactivate", CliFixture.ADMIN).expect(6).error();
        assertEquals("Administrator", cli.json("users", "show", CliFixture.ADMIN).path("role").asText());
    }

    @Test
    void peopleAreDeactivatedByHandAndActivatedAgain() {
        String upn = people.get(55).userPrincipalName();
        JsonNode off = cli.json("users", "deactivate", upn);
        assertEquals("DISABLED", off.path("users").get(0).path("status").asText());
        cli.run("import", "run", "--tenant", "contoso");
        assertEquals("DISABLED", cli.json("users", "show", upn).path("status").asText());
        cli.run("users", "deactivate", upn).expect(7);
        assertEquals("ACTIVE", cli.json("users", "activate", upn).path("users").get(0).path("status").asText());
    }

    @Test
    void groupsAndTheirMembersAreShown() {
        JsonNode list = cli.json("groups", "list");
        assertEquals(sample.directory().groupCount(), list.path("total").asInt());
        list.path("groups").forEach(group -> assertFields(GROUP, group));
        JsonNode outerShown = cli.json("groups", "show", "Outer");
        assertEquals(2, outerShown.path("directMembers").asInt());
        assertEquals(2, outerShown.path("effectiveMembers").asInt());
        JsonNode members = cli.json("groups", "members", outer.id(), "--effective");
        assertEquals(Set.of(inner.id(), people.get(40).id()), objectIds(members.path("direct")));
        assertEquals(Set.of(people.get(40).id(), people.get(41).id()), objectIds(members.path("effective")));
        members.path("direct").forEach(each -> assertFields(List.of("id", "objectId", "type", "displayName"), each));
        assertEquals(2, members.path("effective").size(), "each once");
        cli.run("groups", "members", "Nowhere").expect(2).error();
        cli.run("groups", "show", "Nowhere").expect(2).error();
    }

    private static Set<String> objectIds(JsonNode members) {
        var ids = new TreeSet<String>();
        members.forEach(member -> ids.add(member.path("objectId").asText()));
        return ids;
    }

    @Test
    void exportsHoldEveryFieldAndDefuseWhatASpreadsheetWouldRun() throws IOException {
        JsonNode users = cli.run("export", "users", "--format", "json").expect(0).json();
        assertTrue(users.isArray() && users.size() > 140);
        users.forEach(user -> assertFields(PERSON, user));
        users.forEach(user -> assertFields(MORE, user));
        JsonNode groups = cli.run("export", "groups", "--format", "json").expect(0).json();
        groups.forEach(group -> assertFields(GROUP, group));
        JsonNode edges = cli.run("export", "memberships", "--format", "json").expect(0).json();
        edges.forEach(edge -> assertFields(List.of("group", "member", "memberType"), edge));
        assertTrue(edges.toString().contains(inner.id()));

        String csv = cli.run("export", "users", "--format", "csv").expect(0).out();
        assertTrue(csv.startsWith('"' + String.join("\",\"", PERSON) + '"'), csv.substring(0, 200));
        assertTrue(csv.contains("\"'@SUM(1+1), \"\"boss\"\"\""), "defused and quoted");
        assertTrue(cli.run("export", "groups", "--format", "csv").expect(0).out()
                .contains("\"'=HYPERLINK(\"\"x\"\")\""));
        assertTrue(cli.run("export", "memberships", "--format", "csv").out()
                .startsWith("\"group\",\"member\",\"memberType\"\r\n"));

        Path file = folder.resolve("users.csv");
        CliFixture.Result written = cli.run("export", "users", "--format", "csv", "--out", file.toString()).expect(0);
        assertEquals("", written.out());
        assertEquals(csv.strip(), Files.readString(file).strip());
        cli.run("export", "users", "--format", "xml").expect(2).error();
        cli.run("export", "users").expect(2).error();
        cli.run("export", "users", "--format", "csv", "--out", folder.resolve("no/such/file").toString()).expect(2)
                .error();
    }

    @Test
    void halfACharacterStopsNoExport() throws Exception {
        Path other = Files.createDirectory(folder.resolve("odd"));
        var odd = new CliFixture(other).init();
        try (var database = ReadyFolder.database(odd.home());
                var connection = database.dataSource().getConnection();
                var statement = connection.prepareStatement("update directory_user set display_name = ?")) {
            statement.setString(1, "half \uD83D");
            statement.executeUpdate();
        }
        try (var context = ReadyFolder.open(odd.home(), Clock.systemUTC())) {
            var root = context.signIn().signIn(CliFixture.ADMIN, CliFixture.PASSWORD.toCharArray(), "test");
            context.audit().record(root, "role.add", "ROLE", "1", "half \uDC00", Map.of(), null);
        }
        for (String format : List.of("csv", "json")) {
            for (String[] export : new String[][]{ { "export", "users" }, { "audit", "export" } }) {
                Path file = other.resolve(export[1] + "." + format);
                CliFixture.Result out = odd.run(export[0], export[1], "--format", format).expect(0);
                assertTrue(out.out().contains("half \uFFFD"), out.out());
                odd.run(export[0], export[1], "--format", format, "--out", file.toString()).expect(0);
                assertTrue(Files.readString(file).contains("half \uFFFD"), file::toString);
            }
        }
        assertTrue(odd.run("users", "list", "--json").expect(0).out().contains("half \uFFFD"));
    }

    @Test
    void rolesAndRulesAreEdited() {
        cli.json("roles", "add", "Helpdesk", "--permission", "view-directory", "--description", "First line");
        cli.run("roles", "add", "helpdesk").expect(2).error();
        cli.run("roles", "add", "Other", "--permission", "fly").expect(2).error();
        assertEquals("Desk",
                cli.json("roles", "edit", "Helpdesk", "--name", "Desk").path("role").path("name").asText());
        assertTrue(cli.json("roles", "list").path("roles").toString().contains("\"Desk\""));

        JsonNode added = cli.json("rules", "add", "--tenant", "contoso", "Outer=Desk", "--position", "1");
        assertEquals("Outer", added.path("rules").get(0).path("group").asText());
        String id = added.path("rules").get(0).path("id").asText();
        cli.run("rules", "add", "--tenant", "contoso", "Nowhere=Desk").expect(2).error();
        cli.run("rules", "add", "--tenant", "contoso", "Outer=Emperor").expect(2).error();
        cli.run("rules", "add", "--tenant", "contoso", "Outer").expect(2).error();
        cli.run("rules", "list", "--tenant", "nowhere").expect(2).error();
        cli.run("rules", "list", "--tenant", "contoso", "--name", "nowhere").expect(2).error();
        JsonNode removed = cli.json("rules", "remove", "--tenant", "contoso", id);
        assertFalse(removed.path("rules").toString().contains("Outer"), removed::toString);
        cli.run("roles", "remove", "Administrator").expect(2).error();
        cli.json("roles", "remove", "Desk");
        cli.run("roles", "edit", "Desk", "--name", "Back").expect(2).error();
    }

    @Test
    void schedulesAreKeptAndRunOnDemand() {
        JsonNode made = cli.json("schedules", "add", "--tenant", "contoso", "--every", "30m").path("schedule");
        String id = made.path("id").asText();
        JsonNode listed = cli.json("schedules", "list").path("schedules").get(0);
        assertFields(List.of("id", "name", "tenant", "every", "state", "lastRun", "nextRun", "lastResult"), listed);
        assertEquals("ACTIVE", listed.path("state").asText());
        assertEquals("30m", listed.path("every").asText());
        assertEquals("2d", cli.json("schedules", "edit", id, "--every", "2d").path("schedule").path("every").asText());
        assertEquals("PAUSED", cli.json("schedules", "pause", id).path("schedule").path("state").asText());
        assertEquals("ACTIVE", cli.json("schedules", "resume", id).path("schedule").path("state").asText());
        JsonNode run = cli.run("schedules", "run", id, "--json").json();
        assertEquals("SUCCEEDED", run.path("state").asText());
        assertEquals("SUCCEEDED", cli.json("schedules", "show", id).path("schedule").path("lastResult").asText());
        for (String nonsense : List.of("often", "0h", "30", "h", "1.5h")) {
            cli.run("schedules", "edit", id, "--every", nonsense).expect(2).error();
        }
        cli.run("schedules", "show", "nothing").expect(2).error();
        cli.json("schedules", "remove", id);
        assertTrue(cli.json("schedules", "list").path("schedules").isEmpty());
    }

    @Test
    void auditLogIsIntactAndExported() {
        JsonNode verified = cli.json("audit", "verify");
        assertTrue(verified.path("intact").asBoolean());
        assertTrue(verified.path("events").asLong() > 0 && verified.path("brokenAt").isNull());
        JsonNode list = cli.json("audit", "list", "--limit", "2");
        assertEquals(2, list.path("events").size());
        assertFalse(cli.run("audit", "list").expect(0).out().contains(CliFixture.PASSWORD));
        cli.run("audit", "export").expect(0);
    }
}
