package org.rollcall.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.rollcall.connect.VaultService;
import org.rollcall.text.Words;

@Command(name = "init", description = "Make the data folder and the first local administrator.")
final class InitCommand extends BaseCommand {
    @Option(names = "--admin", paramLabel = "NAME", required = true, description = "User name of the administrator.")
    String admin = "";

    @Option(names = "--vault", paramLabel = "os|passphrase|keyfile", description = "What keeps the key of the data folder: the operating system's store of secrets, a passphrase, or a file with owner-only rights, which it is unless said.")
    @Nullable
    String vault;

    @Override
    int execute() {
        Path home = root().home();
        if (vault != null) {
            VaultService.keptBy(vault);
        }
        Supplier<char[]> passphrase = new Passphrases(invocation().terminal(), root().passphraseFile)
                .chosen(null, false);
        char[] password = new Passwords(invocation().terminal(), root().passwordFile).chosen(admin);
        try {
            invocation().workspaces().init(home, new Workspaces.NewVault(vault, passphrase), admin, password,
                    invocation().origin());
        } finally {
            Arrays.fill(password, '\0');
        }
        output().answer(new Doc().put("home", home.toAbsolutePath().toString()).put("administrator", admin),
                Words.of("cli.initCommand.madeTheDataFolderWith", Text.clean(home.toAbsolutePath()), Text.clean(admin))
                        .shown());
        return ExitCode.DONE;
    }
}
