package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.UserFilter;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Two programs at one data folder: the second one is told that it is in use, changes nothing, and works once the first
/// one is done; the first one never notices.
class TwoProgramsTest {
    private static final int STORAGE = 8;

    @TempDir
    Path folder;

    @Test
    void aCommandDuringARunIsToldAndTheRunEndsExact() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(
                SampleTenant.Options.defaults().withUsers(200).withGroups(20).withLatency(Duration.ofMillis(25)))) {
            var program = new Program(folder);
            program.connect(tenant);
            tenant.log().reset();
            Process first = program.start("import", "run", "--tenant", "Contoso", "--all", "--user", "maren", "--json");
            while (first.isAlive() && tenant.log().count(RequestLog.Part.GRAPH) == 0) {
                first.waitFor(2, TimeUnit.MILLISECONDS);
            }
            assertTrue(first.isAlive(), "the first run is still reading");
            for (List<String> second : List.of(List.of("users", "list", "--user", "maren"),
                    List.of("users", "set-role", "maren", "--role", "User", "--user", "maren"),
                    List.of("import", "run", "--tenant", "Contoso", "--all", "--user", "maren"))) {
                var told = program.run(second.toArray(String[]::new)).expect(STORAGE);
                assertTrue(told.errors().contains("in use by another Rollcall"), told.errors());
                assertTrue(told.errors().contains("close that one first"), told.errors());
            }
            assertEquals(0, first.waitFor());
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "the run beside three others");
            var runs = program.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs");
            assertEquals(1, runs.size(), "only the first one ran");
            assertEquals("SUCCEEDED", runs.path(0).path("state").asText());
            assertIntact(program);
        }
    }

    @Test
    void aWindowKeepsTheCommandLineOutUntilItIsClosed() throws IOException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(5))) {
            var program = new Program(folder);
            program.connect(tenant);
            try (var window = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC())) {
                program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(STORAGE);
                var maren = window.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "window");
                assertEquals(1, window.people().count(maren, UserFilter.everyone()), "nobody but her");
            }
            program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "after the window was closed");
        }
    }

    /// Each writes the role of somebody else, all of them started at once, again and again until each has been let in.
    @Test
    void manyAtOnceLoseNothing() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(5))) {
            var program = new Program(folder);
            program.connect(tenant);
            program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
            List<String> people = tenant.directory().users().stream().map(SampleObject::id).limit(3).toList();
            Map<String, Process> waiting = new HashMap<>();
            var open = new ArrayList<>(people);
            int refused = 0;
            for (int round = 0; !open.isEmpty(); round++) {
                assertTrue(round < 10, "each round lets at least one in");
                for (String person : open) {
                    waiting.put(person, program.start("users", "set-role", person, "--role", "Auditor", "--user",
                            "maren"));
                }
                int before = open.size();
                for (var each : waiting.entrySet()) {
                    int exit = each.getValue().waitFor();
                    assertTrue(exit == 0 || exit == STORAGE, "exit " + exit);
                    if (exit == 0) {
                        open.remove(each.getKey());
                    } else {
                        refused++;
                    }
                }
                waiting.clear();
                assertTrue(open.size() < before, "nobody was let in");
            }
            for (String person : people) {
                var shown = program.run("users", "show", person, "--user", "maren", "--json").expect(0).json();
                assertEquals("Auditor", shown.path("role").asText(), person + ", after " + refused + " refusals");
            }
            assertIntact(program);
        }
    }

    private static void assertIntact(Program program) {
        var chain = program.run("audit", "verify", "--user", "maren", "--json").expect(0).json();
        assertTrue(chain.path("intact").asBoolean(), chain.toString());
        assertNull(chain.path("brokenAt").textValue());
    }
}
