package org.rollcall.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.rollcall.sample.SampleTenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A data folder goes into a file and comes out of it the same; nothing that is there is ever overwritten.
class BackupCommandTest {
    @TempDir
    Path folder;

    @Test
    void restoredFolderHoldsTheSameAndWorks() throws IOException {
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(60).withGroups(5))) {
            var cli = new CliFixture(folder).init().connect(sample);
            cli.run("import", "run", "--tenant", "contoso", "--all");
            String before = cli.contents();
            Path file = folder.resolve("backup");
            cli.run("backup", file.toString()).expect(2).error();
            assertFalse(Files.exists(file), "neither sealed nor said to be open");
            Path phrase = cli.file("phrase", "four words nobody joins\n");
            cli.run("backup", file.toString(), "--unsealed", "--passphrase-file", phrase.toString()).expect(2).error();
            cli.json("backup", file.toString(), "--passphrase-file", phrase.toString());
            cli.run("backup", file.toString(), "--unsealed").expect(2).error();
            cli.run("backup", folder.resolve("no/such/folder/backup").toString(), "--unsealed").expect(2).error();
            assertEquals(before, cli.contents());

            cli.bare(Map.of(), "restore", file.toString(), "--home", cli.home().toString()).expect(2).error();
            assertEquals(before, cli.contents(), "a folder that is there is not touched");

            Path other = Files.createDirectory(folder.resolve("elsewhere"));
            var restored = new CliFixture(other);
            String home = restored.home().toString();
            cli.bare(Map.of(), "restore", folder.resolve("nothing.zip").toString(), "--home", home).expect(2).error();
            cli.bare(Map.of(), "restore", cli.file("x.zip", "nonsense").toString(), "--home", home).expect(2).error();
            assertFalse(Files.exists(restored.home()), "nothing stays");
            cli.bare(Map.of(), "restore", file.toString(), "--home", home).expect(2).error();
            cli.bare(Map.of("ROLLCALL_BACKUP_PASSPHRASE", "not the right one"), "restore", file.toString(), "--home",
                    home).expect(2).error();
            assertFalse(Files.exists(restored.home()), "nothing stays");
            cli.bare(Map.of("ROLLCALL_BACKUP_PASSPHRASE", "four words nobody joins"), "restore", file.toString(),
                    "--home", home).expect(0);
            assertEquals(before, restored.contents());
            assertTrue(restored.json("audit", "verify").path("intact").asBoolean());
            var run = restored.run("import", "run", "--tenant", "contoso", "--json").expect(0).json();
            assertTrue(run.path("requests").asInt() > 2, "the secret came along; the links are old");
            run.path("counts")
                    .forEach(count -> assertTrue(count.asInt() == 0 || run.path("counts").path("skip") == count,
                            run::toString));
        }
    }

    @Test
    void doctorSaysWhatIsWrong() {
        try (var sample = SampleTenant.start(SampleTenant.Options.defaults().withUsers(40).withGroups(2))) {
            var cli = new CliFixture(folder).init().connect(sample);
            assertTrue(cli.json("doctor").path("healthy").asBoolean());
            sample.faults().set("no-permission");
            cli.run("import", "run", "--tenant", "contoso", "--all").expect(5);
            var sick = cli.run("doctor", "--json").expect(7).json();
            assertFalse(sick.path("healthy").asBoolean());
            assertEquals("ERROR", sick.path("findings").path(0).path("severity").asText());
            assertTrue(sick.path("findings").path(0).path("what").asText().contains("contoso"), sick::toString);
            assertFalse(sick.path("findings").path(0).path("remedy").asText().isBlank());
        }
    }
}
