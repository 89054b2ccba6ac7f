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
import static org.junit.jupiter.api.Assertions.assertFalse;
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
            program.run(RUN);
            TenantTruth before = TenantTruth.everyone(tenant.directory());
            story.steps(25);
            TenantTruth after = TenantTruth.everyone(tenant.directory());
            // The saved links are forgotten, so that the run reads for a while.
            tenant.faults().set("delta-expired-410@1,delta-expired-400@2");
            Path file = folder.resolve("backup");
            tenant.log().reset();
            try (AppContext context = ReadyFolder.open(folder.resolve("home"), Clock.systemUTC())) {
                var run = CompletableFuture.supplyAsync(() -> program.run(RUN));
                while (!ended(run) && tenant.log().count(RequestLog.Part.GRAPH) < 4) {
                    // It reads.
                }
                context.backup(EVERYTHING, file, null);
                assertFalse(run.isDone(), "the backup was made while a run went on");
                int code = run.get(60, TimeUnit.SECONDS).exit();
                assertTrue(code == 0 || code == 7, () -> "exit " + code);
            }
            tenant.faults().clear();
            after.assertEqualTo(program.exported(), "beside the backup");
            var restored = new Program(folder.resolve("restored"));
            restored.restore(file);
            before.assertEqualTo(restored.exported(), "of one moment");
            var runs = restored.run("runs", "list", "--user", "maren", "--json").expect(0).json().path("runs");
            assertEquals("INTERRUPTED", runs.path(0).path("state").asText());
            assertTrue(restored.run("audit", "verify", "--user", "maren", "--json").expect(0).json().path("intact")
                    .asBoolean());
            var next = restored.run(RUN);
            assertTrue(next.exit() == 0 || next.exit() == 7, () -> next.errors() + next.output());
            after.assertEqualTo(restored.exported(), "the next run");
        }
    }
}
