package org.rollcall.cli;

import java.nio.file.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "restore", description = "Make a new data folder out of a backup; it never touches one that is there.")
final class RestoreCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "A file that rollcall backup wrote.")
    Path file = Path.of("");

    @Override
    int execute() {
        Path home = root().home();
        invocation().workspaces().restore(file, home);
        String name = home.toAbsolutePath().toString();
        output().answer(new Doc().put("home", name),
                "Restored the data folder " + Text.clean(name) + "; sign in as you did before.");
        return ExitCode.DONE;
    }
}
