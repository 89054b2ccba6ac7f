package org.rollcall.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Nobody gives or takes more than they have, through an import either.
class RightsTest {
    @TempDir
    Path folder;
    private SampleTenant sample;
    private CliFixture cli;
    private SampleObject group;

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
        cli = new CliFixture(folder).init().connect(sample);
        account("olga", "Operator");
        group = sample.directory().groups().stream()
                .filter(each -> people(each) > 0 && people(each) < 30).findFirst().orElseThrow();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private long people(SampleObject of) {
        return sample.directory().effectiveMembers(of.id()).size();
    }

    private void account(String name, String role) {
        try (AppContext context = ReadyFolder.open(cli.home(), java.time.Clock.systemUTC())) {
            var root = context.signIn().signIn(CliFixture.ADMIN, CliFixture.PASSWORD.toCharArray(), "test");
            context.localAccounts().add(root, name, null, null, role, CliFixture.PASSWORD.toCharArray());
        }
    }

    private CliFixture.Result olga(String... words) {
        return cli.as("olga", words);
    }

    private CliFixture.Result run(String... more) {
        return olga(words("run", more));
    }

    private static String[] words(String verb, String... more) {
        var words = new ArrayList<>(List.of("import", verb, "--tenant", "contoso"));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    private void ran(CliFixture.Result result) {
        assertTrue(result.code() == 0 || result.code() == 7, () -> result.code() + ": " + result.err());
    }

    private List<JsonNode> events(String action) {
        var events = new ArrayList<JsonNode>();
        cli.json("audit", "list", "--limit", "500").path("events").forEach(event -> {
            if (event.path("action").asText().equals(action)) {
                events.add(event);
            }
        });
        return events;
    }

    @Test
    void anOperatorGivesNoRoleByAnImport() {
        String rule = group.id() + "=Administrator";
        String before = cli.contents();
        for (String verb : List.of("run", "preview")) {
            assertTrue(olga(words(verb, "--all", "--default-role", "Administrator")).expect(4).error()
                    .contains("Manage roles and rules"));
            olga(words(verb, "--all", "--rule", rule)).expect(4).error();
            olga(words(verb, "--all", "--default-role", "Operator")).expect(4).error();
        }
        assertEquals(before, cli.contents());
        assertEquals(0, cli.json("runs", "list").path("runs").size(), "no run was begun");
        ran(run("--all"));
        ran(run("--all", "--default-role", "User"));
        ran(run());
    }

    @Test
    void whatIsStoredIsRepeatedByAnybodyAndChangedByNobodyElse() {
        String rule = group.id() + "=Administrator";
        ran(cli.run(words("run", "--all", "--rule", rule, "--max-administrators", "40")));
        long rules = events("rules.save").size();
        assertEquals(1, rules, "an import that brings rules says so");
        ran(run());
        ran(run("--all", "--rule", rule));
        run("--all").expect(4).error();
        run("--all", "--rule", group.id() + "=Operator").expect(4);
        run("--default-role", "Auditor").expect(4);
        run("--group", group.id(), "--rule", rule, "--max-removals", "100%").expect(4);
        assertEquals(1, cli.json("rules", "list", "--tenant", "contoso").path("rules").size());
        assertEquals(people(group), cli.json("users", "list", "--role", "Administrator").path("users").size() - 1
                + cli.json("users", "list", "--role", "Administrator", "--status", "REMOVED").path("users").size());
        ran(cli.run(words("run", "--all", "--default-role", "Auditor")));
        JsonNode changed = events("rules.default-role").getFirst().path("detail");
        assertEquals("User", changed.path("before").asText());
        assertEquals("Auditor", changed.path("after").asText());
        assertEquals(rules + 1, events("rules.save").size());
        assertTrue(events("rules.save").getFirst().path("detail").path("after").isEmpty());
    }

    @Test
    void moreThanFiveNewAdministratorsStopARunUntilAsManyAreAllowed() {
        JsonNode preview = cli.run(words("preview", "--all", "--default-role", "Administrator", "--json")).expect(0)
                .json();
        JsonNode guard = guard(preview);
        assertTrue(guard.path("stopped").asBoolean(), guard::toString);
        CliFixture.Result stopped = cli.run(words("run", "--all", "--default-role", "Administrator", "--json"))
                .expect(6);
        assertEquals("STOPPED", stopped.json().path("state").asText());
        assertTrue(stopped.jsonError().path("remedy").asText().contains("--max-administrators"), stopped.err());
        assertEquals(1, cli.json("users", "list").path("total").asInt() - 1, "nobody came in");
        cli.run(words("run", "--all", "--default-role", "Administrator", "--max-administrators", "6")).expect(6);
        cli.run(words("run", "--all", "--max-administrators", "many")).expect(2).error();
        ran(cli.run(words("run", "--all", "--default-role", "Administrator", "--max-administrators", "40")));
        CliFixture.Result again = cli.run(words("run", "--json"));
        ran(again);
        assertFalse(guard(again.json()).path("stopped").asBoolean(), "who is one already is not made one");
        assertTrue(guard(again.json()).path("message").asText().contains("default role: 0 people"));
    }

    private static JsonNode guard(JsonNode document) {
        for (JsonNode guard : document.path("guards")) {
            if (guard.path("guard").asText().equals("administratorsGiven")) {
                return guard;
            }
        }
        throw new AssertionError("no such guard: " + document);
    }

    @Test
    void narrowingTakesNobodyWhoseRoleWasGivenByHand() {
        ran(cli.run(words("run", "--all")));
        JsonNode users = cli.json("users", "list", "--search", "@", "--status", "ACTIVE").path("users");
        String stays = users.get(0).path("objectId").asText();
        JsonNode boss = users.get(1);
        String name = boss.path("objectId").asText();
        cli.run("users", "set-role", name, "--role", "Auditor").expect(0);
        JsonNode narrowed = run("--member", stays, "--max-removals", "100%", "--json").expect(7).json();
        assertEquals(1, narrowed.path("counts").path("conflict").asInt(), narrowed::toString);
        assertTrue(narrowed.path("counts").path("remove").asInt() > 20, narrowed::toString);
        assertEquals("ACTIVE", cli.json("users", "show", name).path("status").asText());
        // Once stored, the narrow scope takes them no more than when it was asked for.
        run("--json").expect(7);
        run("--member", stays, "--max-removals", "100%").expect(7);
        assertEquals("ACTIVE", cli.json("users", "show", name).path("status").asText());
        ran(cli.run(words("run")));
        assertEquals("REMOVED", cli.json("users", "show", name).path("status").asText());
    }

    @Test
    void whoIsGoneFromEntraIsRemovedWhateverTheirRole() {
        ran(cli.run(words("run", "--all")));
        JsonNode boss = cli.json("users", "list", "--search", "@", "--status", "ACTIVE").path("users").get(1);
        String name = boss.path("objectId").asText();
        cli.run("users", "set-role", name, "--role", "Administrator").expect(0);
        sample.directory().leave(name);
        ran(run());
        assertEquals("REMOVED", cli.json("users", "show", name).path("status").asText());
    }

    @Test
    void nobodyTouchesWhoMayMore() {
        cli.run("roles", "add", "Clerk", "--permission", "VIEW_OWN_PROFILE,VIEW_DIRECTORY,MANAGE_USERS,CHANGE_ROLES,"
                + "MANAGE_ROLES,MANAGE_SETTINGS").expect(0);
        account("carl", "Clerk");
        for (String verb : List.of("deactivate", "activate")) {
            assertTrue(
                    cli.as("carl", "users", verb, CliFixture.ADMIN).expect(verb.equals("activate") ? 7 : 4).code() > 0);
        }
        cli.as("carl", "users", "set-role", CliFixture.ADMIN, "--role", "User").expect(4);
        account("ute", "User");
        cli.as("carl", "users", "deactivate", "ute").expect(0);
        assertTrue(events("refused").stream().anyMatch(event -> event.path("actor").asText().equals("carl")
                && event.path("detail").path("code").asText().equals("role.beyond-own")));
        Path file = folder.resolve("all.zip");
        assertTrue(cli.as("carl", "backup", file.toString(), "--unsealed").expect(4).error()
                .contains("Back up and restore"));
        assertEquals(0, events("data.backup").size());
    }

    @Test
    void backupsAreRecordedWhenTheyWereMadeAndRestoresWhereTheyWere() {
        cli.run("backup", folder.resolve("nowhere").resolve("all.zip").toString(), "--unsealed").expect(2);
        assertEquals(0, events("data.backup").size());
        assertEquals("backup.folder",
                events("data.backup.failed").getFirst().path("detail").path("code").asText());
        Path file = folder.resolve("all.zip");
        cli.run("backup", file.toString(), "--unsealed").expect(0);
        assertEquals(1, events("data.backup").size());
        Path copy = folder.resolve("copy");
        cli.bare(Map.of(), "restore", file.toString(), "--home", copy.toString()).expect(0);
        try (AppContext context = ReadyFolder.open(copy, java.time.Clock.systemUTC())) {
            var root = context.signIn().signIn(CliFixture.ADMIN, CliFixture.PASSWORD.toCharArray(), "test");
            assertTrue(context.audit().verify(root).intact());
            assertEquals(1, context.audit().list(root, org.rollcall.domain.AuditFilter.everything(), null, 100).rows()
                    .stream().filter(event -> event.action().equals("data.restore")).count());
        }
    }

    @Test
    void looksIntoTheDirectoryAndExportsAreRecorded() {
        ran(cli.run(words("run", "--all")));
        cli.run(words("preview")).expect(0);
        cli.run("tenant", "verify", "contoso");
        for (String what : List.of("users", "groups", "memberships")) {
            cli.run("export", what, "--format", "csv").expect(0);
            assertEquals(1, events("export." + what).size(), what);
        }
        cli.run("audit", "export").expect(0);
        cli.run("audit", "verify").expect(0);
        for (String action : List.of("import.preview", "tenant.verify", "export.audit", "audit.check")) {
            assertEquals(1, events(action).size(), action);
            assertEquals(CliFixture.ADMIN, events(action).getFirst().path("actor").asText());
        }
    }
}
