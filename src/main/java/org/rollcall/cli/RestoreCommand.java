package org.rollcall.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.VaultService;
import org.rollcall.text.Words;

@Command(name = "restore", description = "Make a new data folder out of a backup; it never touches one that is there. One that a data folder made by itself is opened where it lies, or with the files keys and vault.key beside it. The passphrase comes from --passphrase-file, ROLLCALL_BACKUP_PASSPHRASE or a prompt.")
final class RestoreCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "A file that rollcall backup wrote, or one of the folder backups of a data folder.")
    Path file = Path.of("");

    @Option(names = "--vault", paramLabel = "os|passphrase|keyfile", description = "What keeps the key of the new data folder; a file with owner-only rights unless said. Its passphrase comes from ROLLCALL_PASSPHRASE or a prompt.")
    @Nullable
    String vault;

    @Override
    int execute() {
        Path home = root().home();
        if (vault != null) {
            VaultService.keptBy(vault);
        }
        Terminal terminal = invocation().terminal();
        var passphrases = new Passphrases(terminal, root().passphraseFile);
        invocation().workspaces().restore(file, passphrases.ofOldBackup(), passphrases.opening(), home,
                new Workspaces.NewVault(vault, new Passphrases(terminal, null).chosen(null, false)));
        String name = home.toAbsolutePath().toString();
        output().answer(new Doc().put("home", name),
                Words.of("cli.restoreCommand.restoredTheDataFolderSign", Text.clean(name)).shown());
        return ExitCode.DONE;
    }
}
