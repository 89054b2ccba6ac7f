package org.rollcall.cli;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// How the command line says what was in doubt.
class DoubtCommandsTest {
    @TempDir
    Path folder;
    private SampleTenant sample;
    private CliFixture cli;

    @BeforeEach
    void connect() {
        sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6).withSeed(2));
        cli = new CliFixture(folder).init().connect(sample);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private static JsonNode stream(JsonNode run, String name) {
        for (JsonNode each : run.path("evidence")) {
            if (each.path("stream").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("no stream " + name + " in " + run.path("evidence"));
    }

    @Test
    void aRefusedReportKeepsTheKnownStatesAndEndsWithAttention() {
        JsonNode first = cli.run("import", "run", "--tenant", "contoso", "--all", "--mfa", "skip", "--json").expect(0)
                .json();
        assertTrue(first.path("counts").path("skip").asInt() > 0);
        assertFalse(first.path("attention").asBoolean());

        sample.faults().set("mfa-refused");
        assertEquals(0, cli.run("import", "preview", "--tenant", "contoso", "--full", "--json").expect(0).json()
                .path("counts").path("create").asInt());
        JsonNode again = cli.run("import", "run", "--tenant", "contoso", "--json").expect(7).json();
        assertEquals(0, again.path("counts").path("create").asInt());
        assertEquals(first.path("counts").path("skip"), again.path("counts").path("skip"));
        assertTrue(again.path("attention").asBoolean());
        JsonNode note = stream(again, "MFA").path("notes").path(0);
        assertTrue(note.path("came").asText().contains("are kept"), again::toString);
        assertTrue(cli.run("import", "run", "--tenant", "contoso").expect(7).out().contains("! the MFA registration"));
        assertTrue(cli.run("doctor", "--json").expect(7).json().toString().contains("went by what was known before"));

        sample.faults().clear();
        cli.run("import", "run", "--tenant", "contoso", "--json").expect(0);
        assertEquals(2,
                cli.run("import", "run", "--tenant", "contoso", "--json").expect(0).json().path("requests").asInt());
    }

    @Test
    void fullReadsEverythingAndWhySaysWhatWasAskedAgain() {
        cli.run("import", "run", "--tenant", "contoso", "--all").expect(0);
        JsonNode full = cli.run("import", "run", "--tenant", "contoso", "--full", "--json").expect(0).json();
        assertEquals(sample.directory().users().size(), stream(full, "USERS").path("objects").asInt());

        SampleObject person = sample.directory().users().stream().filter(each -> each.flag("accountEnabled"))
                .findFirst().orElseThrow();
        SampleObject group = sample.directory().createGroup(java.util.Map.of("displayName", "Made"));
        sample.directory().addMember(group.id(), person.id());
        sample.faults().set("edge-both-ways");
        cli.run("import", "run", "--tenant", "contoso").expect(0);
        JsonNode why = cli.run("users", "why", person.id(), "--json").expect(0).json();
        assertTrue(why.path("askedAgain").path(0).path("came").asText().contains("it is a member"), why::toString);
    }
}
