package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.DatagramSocket;
import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The service in a process of its own: it runs what is due, tells systemd how it stands, keeps a second one out, and ends in
/// order when it is told to.
@EnabledOnOs(OS.LINUX)
class ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    /// A schedule of which a run was missed, so that the service has something to do at once.
    private Program withAMissedRun(SampleTenant tenant) throws IOException {
        var program = new Program(folder);
        program.connect(tenant);
        program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
        try (var before = ReadyFolder.open(folder.resolve("home"), Clock.offset(Clock.systemUTC(),
                Duration.ofDays(-1)))) {
            var maren = before.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "test");
            before.schedules().set(maren, before.profile(maren, "Contoso", "default").id(), Duration.ofHours(2));
        }
        return program;
    }

    /// Waits for a line of the service.
    private static JsonNode event(Program program, Process service, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (String line : program.printed()) {
                JsonNode event = new ObjectMapper().readTree(line);
                for (String field : List.of("at", "event", "schedule", "run", "state", "message")) {
                    assertTrue(event.has(field), line);
                }
                if (wanted.test(event)) {
                    return event;
                }
            }
            assertTrue(service.isAlive(), () -> "the service ended: " + program.complaints());
            service.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("no such event: " + program.printed() + program.complaints());
    }

    private static Predicate<JsonNode> called(String event) {
        return each -> each.path("event").asText().equals(event);
    }

    private static void end(Program program, Process service) throws InterruptedException {
        long start = System.nanoTime();
        service.destroy(); // SIGTERM
        assertTrue(service.waitFor(15, TimeUnit.SECONDS), "ends within 15 seconds");
        assertEquals(0, service.exitValue(), () -> program.complaints());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(15)) < 0);
    }

    @Test
    void runsWhatIsDueTellsSystemdAndKeepsASecondOneOut() throws Exception {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6));
                var systemd = new DatagramSocket(folder.resolve("notify").toString())) {
            Program program = withAMissedRun(tenant);
            tenant.directory().hire(Map.of("displayName", "Hired Meanwhile"));
            Process service = program.start(Map.of("NOTIFY_SOCKET", folder.resolve("notify").toString(),
                    "WATCHDOG_USEC", "8000000", "ROLLCALL_PASSWORD", ""), "service", "--json");
            event(program, service, called("ready"));
            assertEquals("READY=1", systemd.receive(PATIENCE));
            assertEquals("WATCHDOG=1", systemd.receive(PATIENCE));
            JsonNode run = event(program, service, called("run"));
            assertEquals("SUCCEEDED", run.path("state").asText(), run.toString());
            assertTrue(run.path("schedule").isTextual() && run.path("run").isTextual(), run.toString());

            program.run("service", "--json").expect(8);
            end(program, service);
            event(program, ended(), called("stopping"));
            String heard = "";
            String next = systemd.receive(Duration.ofSeconds(1));
            while (next != null) {
                heard = next;
                next = systemd.receive(Duration.ofMillis(200));
            }
            assertEquals("STOPPING=1", heard, "the last word");
            TenantTruth.everyone(tenant.directory()).assertEqualTo(program.exported(), "after the service");
            JsonNode schedule = program.run("schedules", "list", "--user", "maren", "--json").expect(0).json()
                    .path("schedules").path(0);
            assertEquals("SUCCEEDED", schedule.path("lastResult").asText());
        }
    }

    /// Its lines stay after its end.
    private static Process ended() throws IOException {
        return new ProcessBuilder("sleep", "5").start();
    }

    @Test
    void aRunThatIsGoingOnIsCancelledAndChangesNothing() throws Exception {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(6))) {
            Program program = withAMissedRun(tenant);
            TenantTruth before = program.exported();
            tenant.directory().hire(Map.of("displayName", "Hired Meanwhile"));
            tenant.faults().set("slow@2;ms=30000");
            tenant.log().reset();
            Process service = program.start("service", "--json");
            event(program, service, called("ready"));
            while (tenant.log().count(RequestLog.Part.GRAPH) == 0) {
                service.waitFor(5, TimeUnit.MILLISECONDS);
            }
            end(program, service);
            before.assertEqualTo(program.exported(), "nothing was changed");
            JsonNode runs = program.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs");
            assertEquals("CANCELLED", runs.path(0).path("state").asText());
        }
    }
}
