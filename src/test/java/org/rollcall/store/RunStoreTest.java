package org.rollcall.store;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.Run;
import org.rollcall.domain.RunKind;
import org.rollcall.domain.Trigger;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

class RunStoreTest {
    @TempDir
    Path folder;

    /// Earlier versions had one remedy for window and command line.
    @Test
    void anErrorThatWasStoredWithOneRemedyReads() {
        try (var directory = new TestDirectory(folder)) {
            var contoso = directory.tenant("Contoso");
            var runs = new RunStore(directory.database);
            Run run = runs.start(contoso, null, "default", RunKind.IMPORT, Trigger.MANUAL, "maren", Instant.EPOCH,
                    null);
            directory.sql(
                    "update run set error = '{\"kind\":\"OFFLINE\",\"code\":\"network.host\",\"message\":\"no such host\","
                            + "\"remedy\":\"check the name\",\"details\":{\"host\":\"h\"}}' where id = " + run.id());
            Run.Failure error = requireNonNull(runs.byId(run.id()).orElseThrow().error());
            assertEquals(ErrorKind.OFFLINE, error.kind());
            assertEquals("check the name", error.remedy());
            assertEquals("check the name", error.commandRemedy());
        }
    }
}
