package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.RunFilter;
import org.rollcall.domain.UserFilter;
import org.rollcall.domain.UserSort;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Several programs at work on one data folder: nobody waits for an import, of two imports of one tenant the second is told,
/// nothing is lost, whoever is killed keeps nobody out, and each shows what the others have changed.
class SeveralProgramsTest {
    private static final int INPUT = 2;

    @TempDir
    Path folder;

    @Test
    void commandsWorkDuringARunAndASecondImportIsTold() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(
                SampleTenant.Options.defaults().withUsers(200).withGroups(20).withLatency(Duration.ofMillis(25)))) {
            var program = new Program(folder);
            program.connect(tenant);
            tenant.log().reset();
            Process first = program.start("import", "run", "--tenant", "Contoso", "--all", "--user", "maren", "--json");
            awaitReading(first, tenant);
            var listed = program.run("users", "list", "--user", "maren", "--json").expect(0).json();
            assertEquals(1, listed.path("total").asInt(), "the run is not applied yet");
            Path password = Files.writeString(folder.resolve("password"), "another horse battery staple");
            program.run("users", "add", "bo", "--user", "maren", "--role", "User", "--new-password-file",
                    password.toString()).expect(0);
            program.run("users", "set-role", "bo", "--role", "Auditor", "--user", "maren").expect(0);
            var told = program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(INPUT);
            assertTrue(told.errors().contains("is already running"), told.errors());
            assertTrue(first.isAlive(), "all of that while the first run reads");
            assertEquals(0, first.waitFor());
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "the run beside the others");
            assertEquals("Auditor", program.run("users", "show", "bo", "--user", "maren", "--json").expect(0).json()
                    .path("role").asText());
            var runs = program.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs");
            assertEquals(1, runs.size(), "only the first one ran");
            assertEquals("SUCCEEDED", runs.path(0).path("state").asText());
            assertIntact(program);
        }
    }

    @Test
    void aKilledRunIsInterruptedForEverybodyAndTheNextOneBeginsAtOnce() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(
                SampleTenant.Options.defaults().withUsers(120).withGroups(10).withLatency(Duration.ofMillis(25)))) {
            var program = new Program(folder);
            program.connect(tenant);
            tenant.log().reset();
            // The killed one has the database open and serves the window.
            Process killed = program.start("import", "run", "--tenant", "Contoso", "--all", "--user", "maren");
            awaitReading(killed, tenant);
            try (var window = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC())) {
                var maren = window.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "window");
                assertEquals(1, window.people().count(maren, UserFilter.everyone()));
                killed.destroyForcibly().waitFor();
                assertEquals(1, window.people().count(maren, UserFilter.everyone()), "the window has the database now");
                program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
                TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "after the kill");
                assertEquals(List.of("SUCCEEDED", "INTERRUPTED"),
                        window.runs().list(maren, RunFilter.everything(), null, 5).stream()
                                .map(run -> run.state().name()).toList());
            }
            assertIntact(program);
        }
    }

    @Test
    void aWindowShowsWhatACommandDoes() throws IOException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(5))) {
            var program = new Program(folder);
            program.connect(tenant);
            try (var window = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC())) {
                var maren = window.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "window");
                assertEquals(1, window.people().count(maren, UserFilter.everyone()), "nobody but her");
                program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
                assertEquals(31, window.people().count(maren, UserFilter.everyone()));
                SampleObject person = tenant.directory().users().getFirst();
                assertEquals(List.of(person.id()), window.people().list(maren,
                        UserFilter.everyone().withSearch(person.userPrincipalName()),
                        UserSort.BY_NAME, null, 5).rows().stream()
                        .map(each -> String.valueOf(each.objectId())).toList());
            }
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "after the window was closed");
        }
    }

    /// Each writes the role of somebody else, all of them at once, in processes of their own.
    @Test
    void manyAtOnceLoseNothing() throws IOException, InterruptedException {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(30).withGroups(5))) {
            var program = new Program(folder);
            program.connect(tenant);
            program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
            Map<String, Process> working = new HashMap<>();
            for (SampleObject person : tenant.directory().users().subList(0, 4)) {
                working.put(person.id(), program.start("users", "set-role", person.id(), "--role", "Auditor", "--user",
                        "maren"));
            }
            for (var each : working.entrySet()) {
                assertTrue(each.getValue().waitFor(60, TimeUnit.SECONDS));
                assertEquals(0, each.getValue().exitValue(), each.getKey());
            }
            for (String person : working.keySet()) {
                var shown = program.run("users", "show", person, "--user", "maren", "--json").expect(0).json();
                assertEquals("Auditor", shown.path("role").asText(), person);
            }
            assertIntact(program);
        }
    }

    private static void awaitReading(Process run, SampleTenant tenant) throws InterruptedException {
        while (run.isAlive() && tenant.log().count(RequestLog.Part.GRAPH) == 0) {
            run.waitFor(2, TimeUnit.MILLISECONDS);
        }
        assertTrue(run.isAlive(), "the first run is still reading");
    }

    private static void assertIntact(Program program) {
        var chain = program.run("audit", "verify", "--user", "maren", "--json").expect(0).json();
        assertTrue(chain.path("intact").asBoolean(), chain.toString());
        assertNull(chain.path("brokenAt").textValue());
    }
}
