package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A run killed at any moment (SIGKILL) of reading or applying leaves the directory as it was before or as it is after,
/// and the next run ends exact. `-Drollcall.kills=50` kills more often.
class KillTest {
    private static final String[] RUN = { "import", "run", "--tenant", "Contoso", "--all", "--max-removals", "100%",
            "--user", "maren", "--json" };
    private static final int KILLS = Integer.getInteger("rollcall.kills", 5);

    @TempDir
    Path folder;

    @Test
    void aKilledRunIsAllOrNothing() throws IOException, InterruptedException {
        var random = new Random(20_261_124);
        int killed = 0;
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(30)
                .withLatency(Duration.ofMillis(4)))) {
            var program = new Program(folder);
            program.connect(tenant);
            var story = new TenantStory(tenant, 1);
            TenantTruth before = new TenantTruth();
            // The first kills meet the first import.
            long longest = 1_500;
            for (int i = 0; i < KILLS; i++) {
                if (i > 2) {
                    story.steps(60);
                }
                if (i % 3 == 0) {
                    // The saved links are forgotten: everything is read again.
                    tenant.faults().set("delta-expired-410@1,delta-expired-400@2");
                }
                TenantTruth after = TenantTruth.everyone(tenant.directory());
                killed += runAndKill(program, tenant, Duration.ofMillis(random.nextLong(longest))) ? 1 : 0;
                tenant.faults().clear();
                TenantTruth found = program.exported();
                String state = program.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs")
                        .path(0).path("state").asText("none");
                boolean applied = state.equals("SUCCEEDED") && !before.sameAs(after) && found.sameAs(after);
                (applied ? after : before).assertEqualTo(found, "kill " + i + ", " + state);
                if (i >= 2) {
                    var next = program.run(RUN);
                    assertTrue(next.exit() == 0 || next.exit() == 7, () -> next.errors() + next.output());
                    assertEquals("SUCCEEDED", next.json().path("state").asText());
                    after.assertEqualTo(program.exported(), "the run after kill " + i);
                    before = after;
                } else {
                    before = found;
                }
            }
        }
        assertTrue(killed > KILLS / 3, "only " + killed + " of " + KILLS + " runs were caught while they ran");
    }

    /// @param after the run's first word to the tenant
    private static boolean runAndKill(Program program, SampleTenant tenant, Duration after)
            throws IOException, InterruptedException {
        tenant.log().reset();
        Process process = program.start(RUN);
        boolean ended = false;
        while (!ended && tenant.log().count(RequestLog.Part.LOGIN) == 0) {
            ended = process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        ended = ended || process.waitFor(after);
        process.destroyForcibly().waitFor();
        return !ended;
    }
}
