package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.ReadyFolder;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A service killed (SIGKILL) at any moment, with commands at work beside it, leaves the directory as before its run or as
/// after it, loses no edit, and the next service goes on. `-Drollcall.kills=50` kills more often.
@EnabledOnOs(OS.LINUX)
class ServiceKillTest {
    private static final int KILLS = Math.max(1, Integer.getInteger("rollcall.kills", 2));
    private static final Duration LONGEST = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> ROLES = List.of("Auditor", "Operator", "User");

    @TempDir
    Path folder;

    @Test
    void aKilledServiceIsAllOrNothingAndLosesNoEdit() throws Exception {
        var random = new Random(20_261_201);
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(150).withGroups(20)
                .withLatency(Duration.ofMillis(4)))) {
            var program = new Program(folder);
            program.connect(tenant);
            program.run("import", "run", "--tenant", "Contoso", "--all", "--user", "maren").expect(0);
            List<SampleObject> edited = List.copyOf(tenant.directory().users().subList(0, 5));
            var story = new TenantStory(tenant, 2);
            Map<String, String> roles = new HashMap<>();
            TenantTruth before = TenantTruth.everyone(tenant.directory());
            for (int i = 0; i < KILLS; i++) {
                story.steps(20);
                if (i % 3 == 2) {
                    tenant.faults().set("delta-expired-410@1,delta-expired-400@2");
                }
                TenantTruth after = TenantTruth.everyone(tenant.directory());
                runIsDue(i);
                tenant.log().reset();
                Process service = program.start("service", "--json");
                awaitFirstRequest(service, tenant);
                Process command = edit(edited.get(i % edited.size()), ROLES.get(random.nextInt(ROLES.size())), roles,
                        program);
                service.waitFor(Duration.ofMillis(random.nextLong(LONGEST.toMillis())));
                service.destroyForcibly().waitFor();
                assertTrue(command.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                        () -> "the command goes on\n" + Program.threads(command));
                assertEquals(0, command.exitValue(), "the command beside the killed service");
                tenant.faults().clear();
                TenantTruth found = program.exported();
                assertTrue(found.sameAs(before) || found.sameAs(after), "kill " + i + " left something between");
                for (var each : roles.entrySet()) {
                    assertEquals(each.getValue(), program.run("users", "show", each.getKey(), "--user", "maren",
                            "--json").expect(0).json().path("role").asText(), "kill " + i);
                }
                program.run("import", "run", "--tenant", "Contoso", "--max-removals", "100%", "--user", "maren")
                        .expect(0);
                after.assertEqualTo(program.exported(), "the run after kill " + i);
                before = after;
            }
            assertTrue(program.run("audit", "verify", "--user", "maren", "--json").expect(0).json().path("intact")
                    .asBoolean());
        }
    }

    /// Sets the schedule by a clock of yesterday, so that a run was missed. The interval differs each time: the same one would
    /// change nothing, and the run before may have ended before its service was killed.
    private void runIsDue(int time) {
        try (var yesterday = ReadyFolder.open(folder.resolve("home"),
                Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)))) {
            var maren = yesterday.signIn().signIn("maren", "correct horse battery staple".toCharArray(), "test");
            yesterday.schedules().set(maren, yesterday.profile(maren, "Contoso", "default").id(),
                    Duration.ofHours(2 + time % 2));
        }
    }

    private static Process edit(SampleObject person, String role, Map<String, String> roles, Program program)
            throws IOException {
        roles.put(person.id(), role);
        return program.startBeside("users", "set-role", person.id(), "--role", role, "--user", "maren");
    }

    private static void awaitFirstRequest(Process service, SampleTenant tenant) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (tenant.log().count(RequestLog.Part.GRAPH) == 0) {
            assertTrue(service.isAlive() && System.nanoTime() < end,
                    () -> "the service runs what is due\n" + Program.threads(service));
            service.waitFor(2, TimeUnit.MILLISECONDS);
        }
    }
}
