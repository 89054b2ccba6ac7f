package org.rollcall.cli;

import java.nio.file.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "backup", description = "Write the whole data folder into one file, with the key of its secrets: keep it safe.")
final class BackupCommand extends SignedInCommand {
    @Parameters(paramLabel = "FILE", description = "The file to make.")
    Path file = Path.of("");

    @Override
    int run(Session session) {
        session.workspace().backup(session.actor(), file);
        String name = file.toAbsolutePath().toString();
        session.out().answer(new Doc().put("file", name), "Wrote the backup " + Text.clean(name)
                + ". It holds the key of the stored secrets: keep it where only you can read it.");
        return ExitCode.DONE;
    }
}
