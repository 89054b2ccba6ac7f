package org.rollcall.cli;

import java.nio.file.Path;
import java.util.Arrays;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "init", description = "Make the data folder and the first local administrator.")
final class InitCommand extends BaseCommand {
    @Option(names = "--admin", paramLabel = "NAME", required = true, description = "User name of the administrator.")
    String admin = "";

    @Override
    int execute() {
        Path home = root().home();
        char[] password = new Passwords(invocation().terminal(), root().passwordFile).chosen(admin);
        try {
            invocation().workspaces().init(home, admin, password, invocation().origin());
        } finally {
            Arrays.fill(password, '\0');
        }
        output().answer(new Doc().put("home", home.toAbsolutePath().toString()).put("administrator", admin),
                "Made the data folder " + Text.clean(home.toAbsolutePath()) + " with the administrator "
                        + Text.clean(admin) + ".");
        return ExitCode.DONE;
    }
}
