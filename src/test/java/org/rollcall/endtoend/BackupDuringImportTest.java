package org.rollcall.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.app.AppContext;
import org.rollcall.app.ReadyFolder;
import org.rollcall.domain.Actor;
import org.rollcall.domain.Permission;
import org.rollcall.sample.RequestLog;
import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A backup that was made while an import read or applied holds the directory as it was at one moment, before that import or after
/// it, and the next run of the restored folder ends exact.
class BackupDuringImportTest {
    private static final Actor EVERYTHING = new Actor(1L, "x", "test", java.util.EnumSet.allOf(Permission.class));
    private static final String[] RUN = { "import", "run", "--tenant", "Contoso", "--all", "--max-removals", "100%",
            "--user", "maren", "--json" };

    @TempDir
    Path folder;

    private static boolean ended(Future<?> run) throws InterruptedException, ExecutionException {
        try {
            run.get(2, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void restoredFolderIsConsistentAndItsNextRunExact() throws Exception {
        try (var tenant = SampleTenant.start(SampleTenant.Options.defaults().withUsers(120).withGroups(10)
                .withLatency(Duration.ofMillis(15)))) {
            var program = new Program(folder);
            program.connect(tenant);
            var story = new TenantStory(tenant, 4);
            TenantTruth before = new TenantTruth();
            int during = 0;
            for (int turn = 0; turn < 2; turn++) {
                TenantTruth after = TenantTruth.everyone(tenant.directory());
                Path file = folder.resolve("backup" + turn);
                tenant.log().reset();
                try (AppContext context = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC())) {
                    var run = CompletableFuture.supplyAsync(() -> program.run(RUN));
                    // Somewhere within: after so many answers.
                    int answers = 2 + 2 * turn;
                    while (!ended(run) && tenant.log().count(RequestLog.Part.GRAPH) < answers) {
                        // It reads.
                    }
                    context.backup(EVERYTHING, file, null);
                    during += run.isDone() ? 0 : 1;
                    int code = run.get(60, TimeUnit.SECONDS).exit();
                    assertTrue(code == 0 || code == 7, () -> "exit " + code);
                }
                after.assertEqualTo(program.exported(), "beside the backup");
                var restored = new Program(folder.resolve("restored" + turn));
                restored.restore(file);
                TenantTruth found = restored.exported();
                assertTrue(before.sameAs(found) || after.sameAs(found), "of one moment");
                assertTrue(restored.run("audit", "verify", "--user", "maren", "--json").expect(0).json()
                        .path("intact").asBoolean());
                assertTrue(restored.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs")
                        .findValuesAsText("state").stream().noneMatch("RUNNING"::equals));
                var next = restored.run(RUN);
                assertTrue(next.exit() == 0 || next.exit() == 7, () -> next.errors() + next.output());
                after.assertEqualTo(restored.exported(), "the next run");
                before = after;
                story.steps(25);
            }
            assertTrue(during > 0, "backups were made while a run went on");
        }
    }
}
