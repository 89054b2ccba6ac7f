package org.rollcall.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Schedules from the command line: made, changed with what they import, stopped by a guard, and everything that is not a
/// schedule.
class ScheduleCommandsTest {
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

    private JsonNode only() {
        JsonNode schedules = cli.json("schedules", "list").path("schedules");
        assertEquals(1, schedules.size());
        return schedules.get(0);
    }

    private static void assertInterval(String iso, Duration from) {
        Duration until = Duration.between(Instant.now(), Instant.parse(iso));
        assertTrue(until.compareTo(from) <= 0 && until.compareTo(from.minusMinutes(2)) > 0, iso);
    }

    @Test
    void isMadeShownChangedPausedAndRemoved() {
        cli.run("import", "run", "--tenant", "contoso", "--all");
        cli.run("schedules", "add", "--tenant", "contoso", "--every", "6h").expect(0);
        JsonNode made = only();
        assertEquals("contoso", made.path("name").asText());
        assertEquals("contoso", made.path("tenant").asText());
        assertEquals("default", made.path("profile").asText());
        assertEquals("6h", made.path("every").asText());
        assertTrue(made.path("at").isNull());
        assertEquals("run", made.path("missed").asText());
        assertEquals("ACTIVE", made.path("state").asText());
        assertTrue(made.has("stateReason") && made.path("stateReason").isNull());
        assertEquals(0, made.path("failures").asInt());
        assertInterval(made.path("nextRun").asText(), Duration.ofHours(6));
        String id = made.path("id").asText();

        cli.run("schedules", "edit", id, "--at", "02:30").expect(0);
        cli.run("schedules", "edit", "CONTOSO", "--every", "1d", "--missed", "skip").expect(0);
        JsonNode edited = cli.json("schedules", "show", id).path("schedule");
        assertEquals("1d", edited.path("every").asText());
        assertEquals("02:30", edited.path("at").asText());
        assertEquals("skip", edited.path("missed").asText());
        assertTrue(edited.path("nextRun").asText().contains("T02:30:00"), edited::toString);
        assertTrue(cli.run("schedules", "list").expect(0).out().contains("1d at 02:30 UTC"));
        cli.run("schedules", "edit", id, "--every", "7h").expect(2).error();
        cli.run("schedules", "edit", id, "--every", "7h", "--at", "any").expect(0);
        assertEquals("7h", only().path("every").asText());

        cli.run("schedules", "pause", id).expect(0);
        assertEquals("PAUSED", only().path("state").asText());
        assertTrue(only().path("nextRun").isNull());
        cli.run("schedules", "resume", id).expect(0);
        assertInterval(only().path("nextRun").asText(), Duration.ofHours(7));

        JsonNode run = cli.run("schedules", "run", id, "--json").json();
        assertEquals("SUCCEEDED", run.path("state").asText());
        assertEquals(run.path("started"), only().path("lastRun"));
        assertEquals("SUCCEEDED", only().path("lastResult").asText());
        JsonNode history = cli.json("schedules", "history", id).path("runs");
        assertEquals(2, history.size());
        assertEquals(run.path("run"), history.get(0).path("run"), "newest first");
        assertEquals(1, cli.json("schedules", "history", id, "--limit", "1").path("runs").size());
        cli.run("schedules", "history", id, "--limit", "0").expect(2).error();

        cli.run("schedules", "remove", id).expect(0);
        assertEquals(0, cli.json("schedules", "list").path("schedules").size());
        cli.run("schedules", "add", "--tenant", "contoso", "--every", "2d", "--at", "23:59", "--missed", "skip")
                .expect(0);
        assertEquals("23:59", only().path("at").asText());
    }

    @Test
    void refusesWhatIsNoScheduleAndChangesNothing() {
        cli.run("import", "run", "--tenant", "contoso", "--all");
        String[] add = { "schedules", "add", "--tenant", "contoso" };
        for (String every : List.of("0", "0m", "-5m", "-1", "4m", "366d", "8761h", "1 fortnight", "1w", "", " ", "6",
                "1.5h", "soon", "99999999999d", "5", "m")) {
            cli.run(add[0], add[1], add[2], add[3], "--every", every).expect(2).error();
        }
        for (String at : List.of("25:61", "24:00", "7", "noon", "12:60", "-1:00", "02:30:00", "")) {
            cli.run(add[0], add[1], add[2], add[3], "--every", "1d", "--at", at).expect(2).error();
        }
        cli.run(add[0], add[1], add[2], add[3], "--every", "1d", "--missed", "maybe").expect(2).error();
        cli.run(add).expect(2).error();
        cli.run("schedules", "add", "--every", "1d").expect(2).error();
        cli.run("schedules", "add", "--tenant", "nobody", "--every", "1d").expect(2).error();
        cli.run(add[0], add[1], add[2], add[3], "--name", "other", "--every", "1d").expect(2).error();
        assertEquals(0, cli.json("schedules", "list").path("schedules").size());
        for (String limit : List.of("5m", "365d")) {
            cli.run(add[0], add[1], add[2], add[3], "--every", limit).expect(0);
        }
        String id = only().path("id").asText();
        String before = only().toString();
        for (String verb : List.of("show", "run", "pause", "resume", "remove", "history")) {
            cli.run("schedules", verb, "999999").expect(2).error();
            cli.run("schedules", verb, "no such schedule").expect(2).error();
            cli.run("schedules", verb).expect(2).error();
        }
        cli.run("schedules", "edit", "999999", "--every", "1d").expect(2).error();
        cli.run("schedules", "edit", id).expect(2).error();
        cli.run("schedules", "edit", id, "--every", "4m").expect(2).error();
        cli.run("schedules", "edit", id, "--at", "25:61").expect(2).error();
        cli.run("schedules", "edit", id, "--tenant", "contoso").expect(2).error();
        cli.run("schedules", "edit", id, "--all", "--group", "x").expect(2).error();
        cli.run("schedules", "edit", id, "--group", "no such group").expect(2).error();
        cli.run("schedules", "edit", id, "--default-role", "Emperor").expect(2).error();
        assertEquals(before, only().toString());
    }

    @Test
    void whatItImportsIsChangedForItsNextRun() {
        cli.run("import", "run", "--tenant", "contoso", "--all", "--every", "1d");
        String id = only().path("id").asText();
        cli.run("schedules", "edit", id, "--guests", "skip", "--default-role", "Auditor", "--max-removals", "100%",
                "--full").expect(0);
        JsonNode people = cli.json("users", "list", "--limit", "1000").path("users");
        assertTrue(has(people, "userType", "GUEST"), "nothing is imported yet");
        cli.run("schedules", "run", id);
        people = cli.json("users", "list", "--limit", "1000", "--status", "ACTIVE").path("users");
        assertFalse(has(people, "userType", "GUEST"));
        assertTrue(has(people, "role", "Auditor"));
        JsonNode again = cli.run("import", "run", "--tenant", "contoso", "--json").json();
        assertEquals(0, again.path("counts").path("remove").asInt(), "it stays until it is edited");
    }

    private static boolean has(JsonNode people, String field, String value) {
        for (JsonNode person : people) {
            if (person.path(field).asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aRunThatAGuardStopsQuarantinesItUntilItIsResumed() {
        cli.run("import", "run", "--tenant", "contoso", "--all", "--every", "1d");
        String id = only().path("id").asText();
        String before = cli.contents();
        List<SampleObject> people = sample.directory().users();
        for (int i = 40; i < 80; i++) {
            sample.directory().leave(people.get(i).id());
        }
        JsonNode stopped = cli.run("schedules", "run", id, "--json").expect(6).json();
        assertEquals("STOPPED", stopped.path("state").asText());
        JsonNode schedule = only();
        assertEquals("QUARANTINED", schedule.path("state").asText());
        assertNotEquals("", schedule.path("stateReason").asText());
        assertEquals(stopped.path("run"), schedule.path("stoppedRun"));
        assertTrue(cli.run("schedules", "run", id).expect(6).error().contains("rollcall schedules resume " + id));
        assertEquals(before, cli.contents());
        cli.run("schedules", "resume", id).expect(0);
        assertEquals("ACTIVE", only().path("state").asText());
        cli.run("schedules", "edit", id, "--max-removals", "40").expect(0);
        assertEquals("SUCCEEDED", cli.run("schedules", "run", id, "--json").json().path("state").asText());
    }
}
