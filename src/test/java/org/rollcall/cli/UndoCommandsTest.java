package org.rollcall.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.sample.SampleDirectory;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Runs that are taken back, and runs that a guard stopped, from the command line: documents and exit codes.
class UndoCommandsTest {
    @TempDir
    Path folder;
    private SampleTenant sample;
    private SampleDirectory directory;
    private CliFixture cli;
    private List<SampleObject> people;

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
        directory = sample.directory();
        people = directory.users().stream().filter(each -> each.flag("accountEnabled")).toList();
        cli = new CliFixture(folder).init().connect(sample);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    /// @return the run's id
    private String imported(String... more) {
        var words = new ArrayList<>(List.of("import", "run", "--tenant", "contoso", "--json"));
        words.addAll(List.of(more));
        CliFixture.Result ran = cli.run(words.toArray(String[]::new));
        assertTrue(ran.code() == 0 || ran.code() == 7, ran::err);
        return ran.json().path("run").asText();
    }

    private JsonNode undo(int code, String... words) {
        var all = new ArrayList<>(List.of("runs", "undo", "--json"));
        all.addAll(List.of(words));
        return cli.run(all.toArray(String[]::new)).expect(code).json();
    }

    private void account(String name, String role) {
        try (AppContext context = ReadyFolder.open(cli.home(), Clock.systemUTC())) {
            context.localAccounts().add(everything(), name, null, null, role, CliFixture.PASSWORD.toCharArray());
        }
    }

    private static Actor everything() {
        return new Actor(null, "test", "test", EnumSet.allOf(Permission.class));
    }

    private static String name(SampleObject person) {
        return String.valueOf(person.text("userPrincipalName"));
    }

    private void changeThings() {
        directory.rename(people.get(0).id(), "ren.amed@" + sample.domain(), "Ren Amed");
        directory.leave(people.get(1).id());
        directory.setEnabled(people.get(2).id(), false);
        directory.update(people.get(3).id(), "department", "Elsewhere");
        directory.hire(java.util.Map.of("userPrincipalName", "new.comer@" + sample.domain(), "displayName",
                "New Comer", "accountEnabled", true));
        SampleObject group = directory.groups().getFirst();
        directory.renameGroup(group.id(), "Renamed group");
        directory.directMembers(group.id()).stream().findFirst()
                .ifPresent(member -> directory.removeMember(group.id(), member.id()));
        directory.createGroup(java.util.Map.of("displayName", "Brand new", "securityEnabled", true, "mailEnabled",
                false, "mailNickname", "brandnew"));
    }

    @Test
    void runsGoBackOneAfterTheOtherAndForthAgain() {
        String empty = cli.contents();
        String first = imported("--all", "--every", "1d");
        String before = cli.contents();
        changeThings();
        String second = imported();
        String after = cli.contents();
        assertNotEquals(before, after);
        assertTrue(cli.run("runs", "undo", first).expect(2).error().contains(second), "names the run to undo before");

        JsonNode preview = undo(0, second, "--preview");
        assertEquals("UNDO", preview.path("kind").asText());
        assertEquals("PLANNED", preview.path("state").asText());
        assertEquals(second, preview.path("undoOf").asText());
        assertTrue(preview.path("run").isNull());
        assertEquals(after, cli.contents(), "a preview changes nothing");
        assertEquals("ACTIVE", cli.json("schedules", "list").at("/schedules/0/state").asText());

        JsonNode undone = undo(0, second);
        assertEquals(preview.path("counts"), undone.path("counts"));
        assertEquals("UNDO", undone.path("kind").asText());
        assertEquals("SUCCEEDED", undone.path("state").asText());
        assertEquals(second, undone.path("undoOf").asText());
        assertEquals(0, undone.path("leftAlone").asInt(-1));
        assertEquals(1, undone.path("counts").path("rename").asInt());
        assertEquals(2, undone.path("counts").path("reactivate").asInt());
        assertEquals(before, cli.contents());
        JsonNode schedule = cli.json("schedules", "list").at("/schedules/0");
        assertEquals("PAUSED", schedule.path("state").asText());
        assertTrue(schedule.path("stateReason").asText().contains("Run " + second + " was undone"));
        assertTrue(schedule.path("nextRun").isNull());
        assertTrue(cli.run("runs", "undo", second).expect(2).error().contains("already undone"));

        undo(0, first);
        assertEquals(empty, cli.contents(), "as if they had never come");
        String undoOfFirst = cli.json("runs", "list").at("/runs/0/run").asText();
        undo(0, undoOfFirst);
        assertEquals(before, cli.contents(), "an undo can be undone");
        undo(0, undone.path("run").asText());
        assertEquals(after, cli.contents());
        assertEquals(0, changes(cli.run("import", "run", "--tenant", "contoso", "--json").json()),
                "the next import sees that nothing is missing");
        assertTrue(cli.json("audit", "verify").path("intact").asBoolean());
    }

    private static long changes(JsonNode document) {
        long all = 0;
        for (var each : document.path("counts").properties()) {
            all += each.getKey().equals("skip") || each.getKey().equals("conflict") ? 0 : each.getValue().asLong();
        }
        return all;
    }

    @Test
    void theNextImportDoesTheSameAgain() {
        imported("--all");
        changeThings();
        JsonNode second = cli.run("import", "run", "--tenant", "contoso", "--json").json();
        String after = cli.contents();
        undo(0, second.path("run").asText());
        JsonNode again = cli.run("import", "run", "--tenant", "contoso", "--json").json();
        assertEquals(second.path("counts"), again.path("counts"));
        assertEquals(after.replaceAll("\"id\" *: *\"[0-9]+\"", ""),
                cli.contents().replaceAll("\"id\" *: *\"[0-9]+\"", ""));
    }

    @Test
    void runsWithoutChangesStandInNobodysWay() {
        String first = imported("--all");
        String unchanged = imported();
        assertTrue(cli.run("runs", "undo", unchanged).expect(2).error().contains("changed nothing"));
        undo(0, first);
    }

    @Test
    void whatWasDecidedByHandStays() {
        String first = imported("--all");
        String chosen = name(people.get(4));
        cli.run("users", "set-role", chosen, "--role", "Auditor").expect(0);
        JsonNode preview = undo(0, first, "--preview");
        assertEquals(1, preview.path("leftAlone").asInt());
        JsonNode undone = undo(7, first);
        assertEquals(1, undone.path("leftAlone").asInt());
        JsonNode left = cli.json("users", "list", "--search", "@").path("users");
        assertEquals(1, left.size());
        assertEquals(chosen, left.get(0).path("upn").asText());
        assertEquals("Auditor", left.get(0).path("role").asText());

        undo(0, undone.path("run").asText());
        undo(0, first, "--all");
        assertEquals(0, cli.json("users", "list", "--search", "@").path("total").asInt());
    }

    @Test
    void onlyWhatWasAppliedCanBeUndone() {
        cli.run("runs", "undo", "4711").expect(2).error();
        cli.run("runs", "undo", "nonsense").expect(2).error();
        imported("--all");
        people.subList(0, 15).forEach(each -> directory.leave(each.id()));
        String stopped = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6).json().path("run")
                .asText();
        assertTrue(cli.run("runs", "undo", stopped).expect(2).error().contains("was not applied"));
    }

    @Test
    void rolesNeedTheirPermissionAndTheLastAdministratorStays() {
        account("olga", "Operator");
        SampleObject group = directory.groups().stream()
                .filter(each -> !directory.effectiveMembers(each.id()).isEmpty()).findFirst().orElseThrow();
        imported("--all");
        directory.update(people.get(3).id(), "department", "Elsewhere");
        cli.as("olga", "runs", "undo", imported()).expect(0);
        String ruled = imported("--all", "--rule", group.id() + "=Auditor");
        String before = cli.contents();
        cli.as("olga", "runs", "undo", ruled, "--preview").expect(0);
        assertTrue(cli.as("olga", "runs", "undo", ruled).expect(4).error().contains("Change roles"));
        assertEquals(before, cli.contents(), "nothing was changed");
        assertEquals(List.of(), states("RUNNING"));
        undo(0, ruled);

        cli.run("roles", "add", "Deputy", "--copy", "Administrator").expect(0);
        account("deputy", "Deputy");
        String given = imported("--all", "--rule", group.id() + "=Administrator", "--max-administrators", "100");
        cli.run("auth", "enable", "entra").expect(0);
        try (AppContext context = ReadyFolder.open(cli.home(), Clock.systemUTC())) {
            long root = context.people().find(everything(), CliFixture.ADMIN).id();
            context.roles().assignments().setRole(everything(), List.of(root), "User");
        }
        CliFixture.Result guarded = cli.as("deputy", "runs", "undo", given, "--json").expect(6);
        assertEquals("STOPPED", guarded.json().path("state").asText());
        assertEquals(given, guarded.json().path("undoOf").asText());
        assertEquals("GUARD", guarded.jsonError().path("kind").asText());
    }

    private List<String> states(String state) {
        var found = new ArrayList<String>();
        cli.json("runs", "list").path("runs").forEach(run -> {
            if (run.path("state").asText().equals(state)) {
                found.add(run.path("run").asText());
            }
        });
        return found;
    }

    @Test
    void whatAGuardStoppedIsAppliedOnceOrDropped() {
        imported("--all");
        people.subList(0, 15).forEach(each -> directory.leave(each.id()));
        JsonNode stopped = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6).json();
        String run = stopped.path("run").asText();
        assertTrue(cli.json("runs", "show", run, "--changes").path("changes").size() >= 15);
        JsonNode applied = cli.run("runs", "apply", run, "--json").expect(0).json();
        assertEquals(run, applied.path("run").asText());
        assertEquals("SUCCEEDED", applied.path("state").asText());
        assertEquals(stopped.path("counts"), applied.path("counts"));
        assertTrue(applied.path("error").isNull());
        assertEquals(15, cli.json("users", "list", "--status", "REMOVED").path("total").asInt());
        assertTrue(cli.run("runs", "apply", run).expect(2).error().contains("was not stopped"), "once");
        assertEquals(0, changes(cli.run("import", "run", "--tenant", "contoso", "--json").json()));
        undo(0, run);
        assertEquals(0, cli.json("users", "list", "--status", "REMOVED").path("total").asInt());

        String again = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6).json().path("run").asText();
        cli.run("users", "set-role", name(people.get(20)), "--role", "Auditor").expect(0);
        assertTrue(cli.run("runs", "apply", again).expect(2).error().contains("changed since"));
        cli.run("runs", "discard", again).expect(0);
        assertEquals(0, cli.json("runs", "show", again, "--changes").path("changes").size());
        cli.run("runs", "apply", again).expect(2).error();
        cli.run("runs", "discard", again).expect(2).error();

        String third = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6).json().path("run").asText();
        directory.update(people.get(21).id(), "department", "Elsewhere");
        cli.run("import", "preview", "--tenant", "contoso").expect(0);
        assertTrue(cli.run("runs", "apply", third).expect(2).error().contains("what was read"));
        assertFalse(cli.run("audit", "list", "--limit", "500", "--json").expect(0).out().isEmpty());
    }

    @Test
    void onlyGuardsOfRemovalAreLifted() {
        account("olga", "Operator");
        SampleObject group = directory.groups().stream()
                .filter(each -> !directory.effectiveMembers(each.id()).isEmpty()).findFirst().orElseThrow();
        JsonNode stopped = cli.run("import", "run", "--tenant", "contoso", "--all", "--default-role", "Administrator",
                "--json").expect(6).json();
        cli.run("runs", "apply", stopped.path("run").asText()).expect(6).error();
        assertEquals(0, cli.json("users", "list", "--search", "@").path("total").asInt());
        imported("--all");
        people.subList(0, 15).forEach(each -> directory.leave(each.id()));
        String run = cli.run("import", "run", "--tenant", "contoso", "--all", "--rule", group.id() + "=Auditor",
                "--json").expect(6).json().path("run").asText();
        assertTrue(cli.as("olga", "runs", "apply", run).expect(4).error().contains("Manage roles"));
        cli.run("runs", "apply", run).expect(0);
    }
}
