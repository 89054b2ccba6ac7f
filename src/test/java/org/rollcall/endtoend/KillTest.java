package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleObject;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// A run killed at any moment leaves the directory as it was before or as it is after, and the next run ends exact.
class KillTest {
    private static final String[] RUN = { "import", "run", "--tenant", "Contoso", "--all", "--max-removals", "100%",
            "--user", "maren", "--json" };
    private static final int KILLS = Integer.getInteger("rollcall.kills", 12);

    @TempDir
    Path folder;

    @Test
    void aKilledRunIsAllOrNothing() throws IOException, InterruptedException {
        var random = new Random(20_261_124);
        int killed = 0;
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(300).withGroups(30))) {
            var rollcall = new RollcallJvm(folder);
            rollcall.connect(tenant);
            long begin = System.nanoTime();
            rollcall.run(RUN);
            long whole = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            TenantTruth before = TenantTruth.everyone(tenant.directory());
            rollcall.exported().assertEqualTo(before, "the first run");
            for (int i = 0; i < KILLS; i++) {
                change(tenant, random, i);
                TenantTruth after = TenantTruth.everyone(tenant.directory());
                killed += rollcall.runAndKill(Duration.ofMillis(random.nextLong(whole / 4, whole)), RUN) ? 1 : 0;
                TenantTruth found = rollcall.exported();
                boolean applied = rollcall.run("runs", "list", "--user", "maren", "--json").expect(0).json()
                        .path("runs").path(0).path("state").asText().equals("SUCCEEDED");
                found.assertEqualTo(applied && found.sameAs(after) ? after : before, "after kill " + i);
                rollcall.run(RUN);
                rollcall.exported().assertEqualTo(after, "the run after kill " + i);
                before = after;
            }
        }
        assertTrue(killed > KILLS / 3, "only " + killed + " of " + KILLS + " runs were caught while they ran");
    }

    private static void change(SampleTenant tenant, Random random, int round) {
        var directory = tenant.directory();
        var users = directory.users();
        directory.leave(users.get(random.nextInt(users.size())).id());
        SampleObject hired = directory.hire(Map.of("displayName", "Hired " + round));
        var groups = directory.groups().stream()
                .filter(group -> group.text("membershipRule") == null && group.text("visibility") == null).toList();
        SampleObject group = groups.get(random.nextInt(groups.size()));
        directory.addMember(group.id(), hired.id());
        SampleObject renamed = directory.users().get(random.nextInt(100));
        directory.rename(renamed.id(), "renamed" + round + "@" + tenant.domain(), "Renamed " + round);
    }
}
