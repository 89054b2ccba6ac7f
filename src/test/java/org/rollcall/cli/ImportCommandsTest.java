package org.rollcall.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;
import org.rollcall.task.CancelToken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Previews and runs from the command line: documents, exit codes, and what guards and faults leave behind.
class ImportCommandsTest {
    private static final List<String> COUNTS = List.of("create", "update", "rename", "deactivate", "reactivate",
            "remove", "groupCreate", "groupUpdate", "groupRemove", "memberAdd", "memberRemove", "roleGrant",
            "roleChange", "conflict", "skip");

    @TempDir
    Path folder;
    private SampleTenant sample;
    private CliFixture cli;

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(12));
        cli = new CliFixture(folder).init().connect(sample);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private static void assertPlanned(JsonNode document) {
        assertEquals("contoso", document.path("tenant").asText());
        assertEquals("default", document.path("profile").asText());
        assertTrue(document.path("complete").asBoolean(), document::toString);
        assertFalse(document.path("evidence").isEmpty());
        for (JsonNode stream : document.path("evidence")) {
            assertTrue(stream.path("stream").isTextual());
            for (String field : List.of("pages", "objects", "requests")) {
                assertTrue(stream.path(field).isIntegralNumber(), () -> field + " in " + stream);
            }
        }
        for (String count : COUNTS) {
            assertTrue(document.path("counts").path(count).isIntegralNumber(), () -> count + " in " + document);
        }
        assertTrue(document.path("guards").isArray());
        for (JsonNode guard : document.path("guards")) {
            assertTrue(guard.path("guard").isTextual() && guard.path("stopped").isBoolean()
                    && guard.path("message").isTextual(), guard::toString);
        }
        assertTrue(document.path("admins").path("before").isIntegralNumber());
        assertTrue(document.path("admins").path("after").isIntegralNumber());
    }

    private static long changes(JsonNode document) {
        return COUNTS.stream().filter(count -> !count.equals("skip") && !count.equals("conflict"))
                .mapToLong(count -> document.path("counts").path(count).asLong()).sum();
    }

    @Test
    void runDoesWhatPreviewSaysAndASecondRunCostsTwoRequests() {
        JsonNode preview = cli.json("import", "preview", "--tenant", "contoso", "--all");
        assertPlanned(preview);
        assertEquals(0, cli.json("users", "list", "--search", "@").path("total").asInt(), "a preview changes nobody");

        CliFixture.Result ran = cli.run("import", "run", "--tenant", "contoso", "--all", "--json");
        JsonNode run = ran.json();
        assertPlanned(run);
        assertEquals(run.path("counts").path("conflict").asInt() > 0 ? 7 : 0, ran.code());
        assertEquals(preview.path("counts"), run.path("counts"));
        assertEquals(120, run.path("counts").path("create").asInt() + run.path("counts").path("conflict").asInt());
        assertEquals("SUCCEEDED", run.path("state").asText());
        assertTrue(run.path("run").isTextual(), "ids are strings");
        assertTrue(run.has("error") && run.path("error").isNull());
        Instant started = Instant.parse(run.path("started").asText());
        assertFalse(Instant.parse(run.path("ended").asText()).isBefore(started));
        assertTrue(ran.errors().stream().noneMatch(line -> line.startsWith("{\"error\"")), ran.err());

        JsonNode second = cli.run("import", "run", "--json", "--tenant", "contoso").json();
        assertEquals(2, second.path("requests").asInt());
        assertEquals(0, changes(second), second::toString);
        JsonNode same = cli.run("import", "run", "--json", "--tenant", "contoso", "--all").json();
        assertEquals(0, changes(same), "the same options twice make nothing twice");

        JsonNode runs = cli.json("runs", "list").path("runs");
        assertEquals(same.path("run"), runs.get(0).path("run"), "newest first");
        JsonNode shown = cli.json("runs", "show", run.path("run").asText());
        assertEquals(run.path("counts"), shown.path("counts"));
        JsonNode changes = cli.json("runs", "show", run.path("run").asText(), "--changes").path("changes");
        assertEquals(run.path("counts").path("create").asLong(), kinds(changes, "create"));
        assertEquals(run.path("counts").path("memberAdd").asLong(), kinds(changes, "memberAdd"));
        cli.run("runs", "show", "999999").expect(2).error();
        cli.run("runs", "show", "nonsense").expect(2).error();
    }

    private static long kinds(JsonNode changes, String kind) {
        long count = 0;
        for (JsonNode change : changes) {
            count += change.path("kind").asText().equals(kind) ? 1 : 0;
        }
        return count;
    }

    @Test
    void guardStopsARunThatRemovesManyUntilItIsLifted() {
        cli.run("import", "run", "--tenant", "contoso", "--all");
        String before = cli.contents();
        List<SampleObject> people = sample.directory().users();
        for (int i = 40; i < 80; i++) {
            sample.directory().leave(people.get(i).id());
        }
        JsonNode preview = cli.run("import", "preview", "--tenant", "contoso", "--json").expect(0).json();
        assertTrue(stopped(preview), "a preview says it and ends well");

        CliFixture.Result ran = cli.run("import", "run", "--tenant", "contoso", "--json").expect(6);
        assertEquals("STOPPED", ran.json().path("state").asText());
        assertTrue(stopped(ran.json()));
        assertEquals(preview.path("counts"), ran.json().path("counts"));
        assertEquals("GUARD", ran.jsonError().path("kind").asText());
        assertEquals(before, cli.contents());
        cli.run("import", "run", "--tenant", "contoso").expect(6).error();
        cli.run("import", "run", "--tenant", "contoso", "--max-removals", "39").expect(6);
        assertEquals(before, cli.contents());

        JsonNode lifted = cli.run("import", "run", "--tenant", "contoso", "--max-removals", "100%", "--json").json();
        assertEquals("SUCCEEDED", lifted.path("state").asText());
        assertEquals(preview.path("counts").path("remove"), lifted.path("counts").path("remove"));
        assertTrue(lifted.path("counts").path("remove").asInt() >= 39);
        for (String nonsense : List.of("-1", "many", "%", "")) {
            cli.run("import", "run", "--tenant", "contoso", "--max-removals", nonsense).expect(2).error();
        }
    }

    private static boolean stopped(JsonNode document) {
        for (JsonNode guard : document.path("guards")) {
            if (guard.path("stopped").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void readThatCannotBeCompletedFailsAndChangesNothing() {
        cli.run("import", "run", "--tenant", "contoso", "--all");
        String before = cli.contents();
        sample.directory().leave(sample.directory().users().get(50).id());
        for (String fault : List.of("no-permission", "not-json", "endless", "endless;mode=new")) {
            sample.faults().set(fault);
            CliFixture.Result ran = cli.run("import", "run", "--tenant", "contoso", "--json").expect(5);
            assertEquals("FAILED", ran.json().path("state").asText(), fault);
            assertEquals(ran.jsonError().path("message"), ran.json().path("error").path("message"), fault);
            cli.run("import", "run", "--tenant", "contoso").expect(5).error();
            sample.faults().clear();
            assertEquals(before, cli.contents(), fault);
        }
        assertEquals(1, cli.run("import", "run", "--tenant", "contoso", "--json").json().path("counts").path("remove")
                .asInt());
    }

    @Test
    void cancelledRunSaysSoAndChangesNothing() {
        String before = cli.contents();
        var token = new CancelToken();
        token.cancel();
        CliFixture.Result ran = cli.cancelled(token, "import", "run", "--tenant", "contoso", "--all", "--json")
                .expect(130);
        assertEquals("CANCELLED", ran.json().path("state").asText());
        assertEquals("CANCELLED", ran.jsonError().path("kind").asText());
        cli.cancelled(token, "import", "run", "--tenant", "contoso", "--all").expect(130).error();
        assertEquals(before, cli.contents());
    }

    @Test
    void wrongOptionsAreSaidBeforeAnybodyIsAsked() {
        int asked = sample.log().toString().length();
        for (String[] words : List.of(
                words("--tenant", "contoso", "--all", "--group", "X"),
                words("--tenant", "contoso", "--all", "--member", "X"),
                words("--tenant", "contoso", "--no-nested", "--all"),
                words("--tenant", "contoso"),
                words("--all"),
                words("--tenant", "nobody", "--all"),
                words("--tenant", "contoso", "--all", "--guests", "perhaps"),
                words("--tenant", "contoso", "--all", "--username", "shoe-size"),
                words("--tenant", "contoso", "--all", "--rule", "Group"),
                words("--tenant", "contoso", "--all", "--rule", "Group="),
                words("--tenant", "contoso", "--all", "--default-role", "Emperor"),
                words("--tenant", "contoso", "--all", "--every", "often"),
                words("--tenant", "contoso", "--all", "--every", "0m"),
                words("--tenant", "contoso", "--all", "--every", "-3h"),
                words("--tenant", "contoso", "--all", "--every", ""),
                words("--tenant", "contoso", "--all", "--every", "99999999999d"),
                words("--tenant", "contoso", "--all", "--frobnicate"),
                words("--tenant", "contoso", "--all", "--name", " "))) {
            var all = new java.util.ArrayList<>(List.of("import", "run"));
            all.addAll(List.of(words));
            CliFixture.Result result = cli.run(all.toArray(String[]::new)).expect(2);
            result.error();
            assertEquals("", result.out(), () -> all.toString());
        }
        assertEquals(asked, sample.log().toString().length());
        assertTrue(cli.json("runs", "list").path("runs").isEmpty(), "no run was begun");
    }

    private static String[] words(String... words) {
        return words;
    }

    @Test
    void groupsAreFoundByNameAndAmbiguousOnesAreListed() {
        SampleObject one = sample.directory().createGroup(Map.of("displayName", "Twins"));
        SampleObject two = sample.directory().createGroup(Map.of("displayName", "Twins"));
        SampleObject below = sample.directory().createGroup(Map.of("displayName", "Below = Twins"));
        List<SampleObject> people = sample.directory().users();
        sample.directory().addMember(one.id(), people.get(60).id());
        sample.directory().addMember(one.id(), below.id());
        sample.directory().addMember(below.id(), people.get(61).id());

        CliFixture.Result ambiguous = cli.run("import", "run", "--tenant", "contoso", "--group", "Twins").expect(2);
        assertTrue(ambiguous.error().contains(one.id()) && ambiguous.error().contains(two.id()), ambiguous.err());
        cli.run("import", "run", "--tenant", "contoso", "--group", "Nowhere to be found").expect(2).error();
        cli.run("import", "run", "--tenant", "contoso", "--member", "nobody@nowhere.example").expect(2).error();

        JsonNode flat = cli.json("import", "preview", "--tenant", "contoso", "--group", one.id(), "--no-nested");
        assertEquals(1, flat.path("counts").path("create").asInt());
        JsonNode run = cli.json("import", "run", "--tenant", "contoso", "--name", "twins", "--group", one.id(),
                "--group", two.id(), "--rule", "Below = Twins=Auditor", "--every", "6h");
        assertEquals("twins", run.path("profile").asText());
        assertEquals(2, run.path("counts").path("create").asInt(), run::toString);
        assertEquals(3, run.path("counts").path("groupCreate").asInt());
        assertEquals(3, run.path("counts").path("memberAdd").asInt());
        assertEquals(1, cli.json("users", "list", "--role", "Auditor").path("total").asInt());

        JsonNode again = cli.json("import", "run", "--tenant", "contoso", "--name", "twins");
        assertEquals(0, changes(again));
        cli.run("import", "run", "--tenant", "contoso").expect(2).error();
        cli.run("import", "run", "--tenant", "contoso", "--name", "unknown").expect(2).error();

        JsonNode schedule = cli.json("schedules", "list").path("schedules").get(0);
        assertEquals("6h", schedule.path("every").asText());
        assertEquals("contoso", schedule.path("tenant").asText());
        assertNotEquals("", schedule.path("nextRun").asText());

        JsonNode person = cli.json("import", "run", "--tenant", "contoso", "--name", "one", "--member",
                people.get(62).userPrincipalName(), "--member", people.get(63).id());
        assertEquals(2, person.path("counts").path("create").asInt());
        assertEquals(0, person.path("counts").path("groupCreate").asInt());
    }

    @Test
    void aNameMeansWhoBearsItNow() throws java.io.IOException {
        Path other = java.nio.file.Files.createDirectory(folder.resolve("other"));
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(8))) {
            var own = new CliFixture(other).init().connect(sample);
            var groups = sample.directory().groups();
            String first = groups.get(2).id();
            String second = groups.get(3).id();
            sample.directory().update(first, "displayName", "App admins");
            String[] words = { "import", "run", "--tenant", "contoso", "--all", "--rule", "App admins=Auditor",
                    "--json" };
            own.run(words).expect(0);
            assertEquals(2, own.run(words).expect(0).json().path("requests").asInt());

            sample.directory().update(first, "displayName", "App admins (old)");
            sample.directory().update(second, "displayName", "App admins");
            own.run(words).expect(0);
            assertEquals(second, own.json("rules", "list", "--tenant", "contoso").path("rules").path(0)
                    .path("groupId").asText());
            assertEquals(2, own.run(words).expect(0).json().path("requests").asInt());

            // Repeated as it is stored, the rule's group being gone: nothing takes its place, and that is said.
            sample.directory().deleteGroup(second);
            var gone = own.run("import", "run", "--tenant", "contoso", "--max-removals", "100%", "--json").expect(7)
                    .json();
            assertTrue(gone.path("guards").toString().contains("App admins"), gone::toString);
            assertTrue(own.run("doctor").expect(7).out().contains("App admins"));
            own.run(words).expect(2);
        }
    }

    @Test
    void aNameMeansWhoBearsItNowForPeopleAndPreviewsToo() {
        List<SampleObject> people = sample.directory().users().stream().filter(each -> each.flag("accountEnabled"))
                .limit(3).toList();
        SampleObject first = people.get(0);
        SampleObject second = people.get(1);
        String name = Objects.requireNonNull(first.text("userPrincipalName"));
        String[] words = { "import", "run", "--tenant", "contoso", "--member", name, "--max-removals", "100%",
                "--json" };
        cli.run(words).expect(0);
        assertEquals(1, cli.run(words).expect(0).json().path("requests").asInt());

        // Who had the name keeps it as a mail address.
        sample.directory().rename(first.id(), "former." + name, first.displayName());
        sample.directory().update(first.id(), "mail", name);
        sample.directory().rename(second.id(), name, second.displayName());
        JsonNode preview = cli.json("import", "preview", "--tenant", "contoso", "--member", name);
        assertEquals(1, preview.path("counts").path("create").asInt(), preview::toString);
        assertEquals(1, preview.path("counts").path("remove").asInt(), preview::toString);
        assertEquals(List.of(first.id()), imported());
        cli.run(words).expect(0);
        assertEquals(List.of(second.id()), imported());

        SampleObject excluded = people.get(2);
        String out = excluded.text("userPrincipalName");
        String[] without = { "import", "preview", "--tenant", "contoso", "--all", "--exclude-user", out, "--json" };
        int all = cli.run(without).expect(0).json().path("counts").path("create").asInt();
        sample.directory().rename(excluded.id(), "former." + out, excluded.displayName());
        sample.directory().update(excluded.id(), "mail", "former." + out);
        String nobody = cli.run(without).expect(2).jsonError().path("message").asText();
        assertTrue(nobody.contains(out), nobody);
        assertTrue(all > 1);
    }

    private List<String> imported() {
        JsonNode users = cli.json("users", "list", "--status", "ACTIVE").path("users");
        return users.findValues("objectId").stream().filter(JsonNode::isTextual).map(JsonNode::asText).toList();
    }

    @Test
    void aMailAddressOfTwoPeopleIsRefusedWithBoth() {
        List<SampleObject> two = sample.directory().users().subList(0, 2);
        two.forEach(each -> sample.directory().update(each.id(), "mail", "shared.box@contoso.example"));
        for (String option : List.of("--member", "--exclude-user")) {
            List<String> scope = option.equals("--member") ? List.of() : List.of("--all");
            var words = new java.util.ArrayList<>(List.of("import", "run", "--tenant", "contoso"));
            words.addAll(scope);
            words.addAll(List.of(option, "shared.box@contoso.example"));
            String error = cli.run(words.toArray(String[]::new)).expect(2).error();
            two.forEach(each -> assertTrue(error.contains(each.id())
                    && error.contains(each.text("userPrincipalName")), error));
        }
        assertEquals(0, cli.json("runs", "list").path("runs").size(), "no run was begun");
    }

    @Test
    void aNameOfTwoSchedulesIsRefusedWithBoth() {
        cli.run("import", "run", "--tenant", "contoso", "--name", "west coast", "--all", "--every", "1d").expect(0);
        cli.run(cli.add(sample, "contoso west")).expect(0);
        cli.run("import", "run", "--tenant", "contoso west", "--name", "coast", "--member",
                sample.directory().users().getFirst().id(), "--every", "1d");
        JsonNode schedules = cli.json("schedules", "list").path("schedules");
        assertEquals(2, schedules.size());
        for (String verb : List.of("show", "run", "pause", "resume", "remove")) {
            String error = cli.run("schedules", verb, "Contoso West Coast").expect(2).error();
            schedules.forEach(each -> assertTrue(error.contains(each.path("id").asText() + " ("), error));
        }
        assertEquals(2, cli.json("schedules", "list").path("schedules").size());
        cli.run("schedules", "show", schedules.get(0).path("id").asText()).expect(0);
    }
}
