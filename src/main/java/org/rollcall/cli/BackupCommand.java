package org.rollcall.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

@Command(name = "backup", description = "Write everything in the data folder into one file, sealed with a passphrase: --passphrase-file, ROLLCALL_BACKUP_PASSPHRASE or a prompt.")
final class BackupCommand extends SignedInCommand {
    @Parameters(paramLabel = "FILE", description = "The file to make.")
    Path file = Path.of("");

    @Option(names = "--unsealed", description = "Without a passphrase. The file holds the key of the stored secrets: whoever has it can read everything.")
    boolean unsealed;

    @Override
    void check() {
        if (unsealed && root().passphraseFile != null) {
            throw RollcallException.input("backup.options", Words.of("cli.backup.options"),
                    Words.of("cli.backup.options.remedy"));
        }
        if (!unsealed && !passphrases().isBackupGivenOrAsked()) {
            throw RollcallException.input("backup.no-passphrase", Words.of("cli.backup.no-passphrase.backupCommand"),
                    Words.of("cli.backup.no-passphrase.backupCommand.remedy", Passphrases.BACKUP));
        }
    }

    @Override
    Supplier<char[]> passphrase(Root root) {
        return passphrases().openingBesideBackup();
    }

    private Passphrases passphrases() {
        return new Passphrases(invocation().terminal(), root().passphraseFile);
    }

    @Override
    int run(Session session) {
        char[] passphrase = unsealed ? null : passphrases().ofNewBackup();
        try {
            session.workspace().backup(session.actor(), file, passphrase);
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
        String name = file.toAbsolutePath().toString();
        session.out().answer(new Doc().put("file", name).put("sealed", !unsealed),
                Words.of("cli.backupCommand.wroteTheBackup", Text.clean(name),
                        unsealed
                                ? Words.of("cli.backupCommand.wroteTheBackup.part2")
                                : Words.of("cli.backupCommand.wroteTheBackup.part2.else"))
                        .shown());
        return ExitCode.DONE;
    }
}
