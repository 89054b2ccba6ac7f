package org.rollcall.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// People who come and go, at the command line: as of a moment, accounts that were made anew, and purging.
class LifeCommandsTest {
    @TempDir
    static Path folder;
    private static SampleTenant sample;
    private static CliFixture cli;
    private static SampleObject outer;
    private static SampleObject inner;
    private static String start = "";
    private static AppContext open;

    @BeforeAll
    static void importEveryone() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(4));
        outer = sample.directory().createGroup(Map.of("displayName", "Outer"));
        inner = sample.directory().createGroup(Map.of("displayName", "Inner"));
        sample.directory().addMember(outer.id(), inner.id());
        cli = new CliFixture(folder).init().connect(sample);
        open = ReadyFolder.open(cli.home(), Clock.systemUTC());
        run("import", "run", "--tenant", "contoso", "--all", "--max-removals", "100%").expect(0);
        start = now();
    }

    @AfterAll
    static void close() {
        open.close();
        sample.close();
    }

    /// Over a folder that is open already: opening it for each of many calls takes most of the time.
    private static CliFixture.Result as(String user, String... words) {
        var all = new ArrayList<>(List.of("--home", cli.home().toString(), "--user", user));
        all.addAll(List.of(words));
        return cli.within(open,
                Map.of("ROLLCALL_PASSWORD", CliFixture.PASSWORD, "ROLLCALL_NEW_PASSWORD", CliFixture.PASSWORD), _ -> {},
                all.toArray(String[]::new));
    }

    private static CliFixture.Result run(String... words) {
        return as(CliFixture.ADMIN, words);
    }

    private static JsonNode json(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--json");
        return run(all.toArray(String[]::new)).expect(0).json();
    }

    private static String contents() {
        return run("export", "users", "--format", "json", "--removed").expect(0).out()
                + run("export", "groups", "--format", "json", "--removed").expect(0).out()
                + run("export", "memberships", "--format", "json").expect(0).out();
    }

    private static String now() {
        return Clock.systemUTC().instant().toString();
    }

    private static void sync() {
        run("import", "run", "--tenant", "contoso", "--max-removals", "100%").expect(0);
    }

    private static SampleObject hire(String name) {
        return sample.directory().hire(Map.of("displayName", name));
    }

    private static SampleObject again(SampleObject person) {
        sample.directory().leave(person.id());
        sample.directory().purge(person.id());
        return sample.directory().hire(Map.of("displayName", person.displayName(), "userPrincipalName",
                person.userPrincipalName()));
    }

    private static String id(SampleObject person) {
        return json("users", "show", person.id()).path("id").asText();
    }

    private static List<String> names(JsonNode array, String field) {
        return array.findValuesAsText(field).stream().sorted().toList();
    }

    @Test
    void whoWasAnAdministratorThen() {
        SampleObject ada = hire("Ada Past");
        SampleObject bob = hire("Bob Past");
        sample.directory().addMember(inner.id(), ada.id());
        sync();
        run("users", "set-role", ada.id(), "--role", "Administrator").expect(0);
        run("users", "add", "temp", "--role", "Auditor", "--display-name", "Temp").code();
        String then = now();
        JsonNode users = json("export", "users", "--format", "json", "--removed");
        JsonNode groups = json("export", "groups", "--format", "json");
        JsonNode edges = json("export", "memberships", "--format", "json");
        JsonNode members = json("groups", "members", "Outer", "--effective");
        JsonNode shown = json("users", "show", ada.id());

        run("users", "set-role", ada.id(), "--role", "User").expect(0);
        run("users", "set-role", bob.id(), "--role", "Administrator").expect(0);
        run("users", "deactivate", bob.id()).expect(0);
        sample.directory().rename(ada.id(), "ada.other@" + sample.domain(), "Ada Other");
        sample.directory().removeMember(inner.id(), ada.id());
        sample.directory().renameGroup(inner.id(), "Within");
        sync();

        assertTrue(names(json("users", "list", "--role", "Administrator", "--as-of", then).path("users"),
                "displayName").contains("Ada Past"));
        assertFalse(names(json("users", "list", "--role", "Administrator").path("users"), "displayName")
                .contains("Ada Past"));
        assertEquals(users, json("export", "users", "--format", "json", "--removed", "--as-of", then));
        assertEquals(groups, json("export", "groups", "--format", "json", "--as-of", then));
        assertEquals(edges, json("export", "memberships", "--format", "json", "--as-of", then));
        JsonNode membersThen = json("groups", "members", "Outer", "--effective", "--as-of", then);
        assertEquals(members.path("direct"), membersThen.path("direct"));
        assertEquals(members.path("effective"), membersThen.path("effective"));
        JsonNode shownThen = json("users", "show", ada.id(), "--as-of", then);
        for (String field : List.of("id", "username", "displayName", "role", "roleSource", "status", "groups")) {
            assertEquals(shown.path(field), shownThen.path(field), field);
        }
        for (JsonNode way : shownThen.path("signIn")) {
            assertTrue(way.path("works").isNull(), way::toString);
        }
        assertEquals(1, json("users", "list", "--search", "ada past", "--as-of", then).path("total").asInt());
        assertTrue(names(json("users", "list", "--group", "Within", "--as-of", then).path("users"), "displayName")
                .contains("Ada Past"));
        assertEquals(0, json("users", "list", "--group", "Within", "--search", "ada").path("total").asInt());
        String today = LocalDate.ofInstant(Instant.parse(then), ZoneOffset.UTC).toString();
        json("users", "list", "--role", "Administrator", "--as-of", today);
    }

    @Test
    void timesThatAreNone() {
        for (String time : List.of("2000-01-01", "1999-12-31T23:59:59Z", "2999-01-01", "2999-01-01T00:00:00Z",
                "yesterday",
                "2026-13-01", "2026-06-31", "", "25:61", "2026-06-03T25:00Z", "+999999999-01-01T00:00:00Z", "-1")) {
            for (String[] words : new String[][]{ { "users", "list" }, { "users", "show", CliFixture.ADMIN },
                    { "groups", "members", "Outer" }, { "export", "users", "--format", "csv" },
                    { "export", "groups", "--format", "json" }, { "export", "memberships", "--format", "csv" } }) {
                var all = new ArrayList<>(List.of(words));
                all.add("--as-of=" + time);
                run(all.toArray(String[]::new)).expect(2).error();
            }
        }
        run("users", "list", "--as-of", start).expect(0);
        run("users", "list", "--as-of", start.replace("Z", "+00:00")).expect(0);
    }

    @Test
    void anAccountMadeAnewGoesOn() {
        SampleObject clara = hire("Clara Anew");
        String other = id(hire2());
        String old = id(clara);
        run("users", "set-role", clara.id(), "--role", "Operator").expect(0);
        String before = now();
        JsonNode then = json("export", "users", "--format", "json", "--removed");
        SampleObject anew = again(clara);
        run("import", "run", "--tenant", "contoso", "--full", "--max-removals", "100%").expect(0);
        String fresh = id(anew);
        assertNotEquals(old, fresh);
        JsonNode offers = json("users", "links").path("links");
        JsonNode offer = null;
        for (JsonNode each : offers) {
            offer = each.path("old").path("id").asText().equals(old) ? each : offer;
        }
        assertTrue(offer != null && offer.path("new").path("id").asText().equals(fresh), offers::toString);
        String between = now();
        JsonNode apart = json("export", "users", "--format", "json", "--removed");

        run("users", "link", fresh, fresh).expect(2).error();
        run("users", "link", old, fresh).expect(2).error();
        run("users", "link", fresh, CliFixture.ADMIN).expect(2).error();
        run("users", "link", "nobody", old).expect(2).error();
        run("users", "link", fresh).expect(2).error();
        run("users", "link", fresh, other).expect(2).error();

        JsonNode linked = json("users", "link", anew.userPrincipalName(), old).path("user");
        assertEquals(old, linked.path("id").asText());
        assertEquals(anew.id(), linked.path("objectId").asText());
        assertEquals("Operator", linked.path("role").asText());
        assertEquals("MANUAL", linked.path("roleSource").asText());
        assertEquals("ACTIVE", linked.path("status").asText());
        run("users", "link", fresh, old).expect(2).error();
        run("users", "link", anew.id(), clara.id()).expect(2).error();
        run("users", "show", fresh).expect(2);
        JsonNode run = run("import", "run", "--tenant", "contoso", "--full", "--json").expect(0).json();
        run.path("counts").properties().forEach(count -> assertTrue(
                count.getValue().asInt() == 0 || count.getKey().equals("skip"), run.path("counts")::toString));
        JsonNode history = json("users", "history", old);
        List<String> kinds = history.path("changes").findValuesAsText("kind");
        assertEquals(2, kinds.stream().filter("create"::equals).count(), kinds::toString);
        assertTrue(kinds.contains("remove"), kinds::toString);
        List<String> actions = history.path("events").findValuesAsText("action");
        assertTrue(actions.contains("role.set") && actions.contains("user.link"), actions::toString);
        json("users", "why", old);
        // Who was here before is not gone with the run that brought the new account in.
        String made = "";
        for (JsonNode change : history.path("changes")) {
            if (change.path("kind").asText().equals("create") && change.path("objectId").asText().equals(anew.id())) {
                made = change.path("run").asText();
            }
        }
        run("runs", "undo", made, "--all").expect(7);
        assertEquals("ACTIVE", json("users", "show", old).path("status").asText());
        assertEquals("Operator", json("users", "show", old).path("role").asText());
        assertEquals(then, json("export", "users", "--format", "json", "--removed", "--as-of", before));
        assertEquals(apart, json("export", "users", "--format", "json", "--removed", "--as-of", between));
        assertEquals("REMOVED", json("users", "show", clara.id(), "--as-of", between).path("status").asText());
        assertTrue(json("audit", "verify").path("intact").asBoolean());
    }

    private static SampleObject hire2() {
        SampleObject made = hire("Somebody Else");
        sync();
        return made;
    }

    @Test
    void linkingAsksForAsMuchAsThePersonMayDo() {
        SampleObject dora = hire("Dora Above");
        sync();
        String old = id(dora);
        run("users", "set-role", dora.id(), "--role", "Administrator").expect(0);
        SampleObject anew = again(dora);
        sync();
        run("roles", "add", "Changer", "--permission", "CHANGE_ROLES,VIEW_DIRECTORY,MANAGE_USERS").expect(0);
        add("changer", "Changer");
        String before = contents();
        as("changer", "users", "link", id(anew), old).expect(4).error();
        as("changer", "users", "purge", "--removed-for", "0d").expect(4).error();
        as("changer", "users", "purge", "--removed-for", "0d", "--preview").expect(4).error();
        assertEquals(before, contents());
        run("users", "link", id(anew), old).expect(0);
    }

    private static void add(String name, String role) {
        as(CliFixture.ADMIN, "users", "add", name, "--role", role).expect(0);
    }

    /// An account that is restored in Entra has an object id that somebody who was linked has had before.
    @Test
    void purgingLeavesAloneWhoHasAnEarlierObjectIdBack() {
        SampleObject first = hire("Iris Restored");
        sync();
        String old = id(first);
        sample.directory().leave(first.id());
        SampleObject second = sample.directory().hire(Map.of("displayName", first.displayName(),
                "userPrincipalName", first.userPrincipalName()));
        sync();
        run("users", "link", id(second), old).expect(0);
        sample.directory().leave(second.id());
        sample.directory().restore(first.id());
        sync();
        String back = id(first);
        assertNotEquals(old, back);
        assertEquals("REMOVED", json("users", "show", old).path("status").asText());
        assertTrue(json("users", "purge", "--removed-for", "0d").path("people").asInt() >= 1);
        run("users", "show", old).expect(2).error();
        assertEquals("ACTIVE", json("users", "show", back).path("status").asText());
        assertTrue(json("users", "history", back).path("changes").findValuesAsText("kind").contains("create"));
        JsonNode run = run("import", "run", "--tenant", "contoso", "--json").expect(0).json();
        run.path("counts").properties().forEach(count -> assertTrue(
                count.getValue().asInt() == 0 || count.getKey().equals("skip"), run.path("counts")::toString));
        assertTrue(json("audit", "verify").path("intact").asBoolean());
    }

    @Test
    void purgedPeopleLeaveNothingButTheAuditLog() {
        SampleObject gone = hire("Gwen Forgotten");
        sample.directory().addMember(inner.id(), gone.id());
        sync();
        String id = id(gone);
        run("users", "set-role", id, "--role", "Auditor").expect(0);
        String there = now();
        sample.directory().leave(gone.id());
        sync();
        run("users", "purge").expect(2);
        for (String time : List.of("", "x", "-1d", "1 fortnight", "99999999999d", "4", "1.5d")) {
            run("users", "purge", "--removed-for=" + time).expect(2).error();
        }
        assertEquals(0, json("users", "purge", "--removed-for", "1d").path("people").asInt());
        int people = json("users", "purge", "--removed-for", "0d", "--preview").path("people").asInt();
        assertTrue(people >= 1);
        assertEquals("REMOVED", json("users", "show", id).path("status").asText());
        assertEquals(people, json("users", "purge", "--removed-for", "0d").path("people").asInt());
        run("users", "show", id).expect(2).error();
        run("users", "show", gone.id()).expect(2).error();
        assertFalse(contents().contains(gone.id()));
        for (JsonNode run : json("runs", "list").path("runs")) {
            String changes = run("runs", "show", run.path("run").asText(), "--changes", "--json").expect(0).out();
            assertFalse(changes.contains("Forgotten") || changes.contains(gone.id()), changes);
        }
        var then = run("users", "list", "--as-of", there, "--json").expect(7);
        assertTrue(then.json().path("untold").path(0).asText().contains("purged"), then.out());
        assertTrue(then.err().contains("purged"), then.err());
        assertFalse(then.out().contains("Forgotten"));
        run("export", "memberships", "--format", "csv", "--as-of", there).expect(7);
        assertTrue(json("audit", "verify").path("intact").asBoolean());
        String last = run("audit", "list", "--json").expect(0).out();
        assertTrue(last.contains("user.purge"));
        // Whoever comes back is somebody new.
        sample.directory().restore(gone.id());
        sync();
        assertNotEquals(id, id(gone));
        assertEquals("DEFAULT", json("users", "show", gone.id()).path("roleSource").asText());
    }
}
