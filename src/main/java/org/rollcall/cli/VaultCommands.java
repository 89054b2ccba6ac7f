package org.rollcall.cli;

import java.nio.file.Path;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.rollcall.connect.VaultService;
import org.rollcall.domain.Actor;
import org.rollcall.text.Words;

@Command(name = "vault", description = "Say what keeps the key of the data folder, or have it kept otherwise.", subcommands = {
        VaultCommands.Status.class, VaultCommands.Change.class })
final class VaultCommands {
    private VaultCommands() {}

    static Doc document(VaultService.State state) {
        return new Doc().put("kept", state.kept()).put("keeper", state.keeper()).put("settling", state.settling())
                .put("choices", state.choices());
    }

    static String words(VaultService.State state) {
        return Words
                .of("cli.vaultCommands.theKeyIsKeptBy", state.keeper(),
                        state.settling() ? Words.of("cli.vaultCommands.theKeyIsKeptBy.part2") : Words.verbatim(""))
                .shown();
    }

    @Command(name = "status", description = "Say what keeps the key.")
    static final class Status extends SignedInCommand {
        @Override
        int run(Session session) {
            VaultService.State state = session.workspace().vault().state(session.actor());
            session.out().answer(document(state), Text.clean(words(state)));
            return ExitCode.DONE;
        }
    }

    @Command(name = "change", description = "Have the key kept otherwise. Everything is sealed anew under a new key.")
    static final class Change extends BaseCommand {
        @Option(names = "--to", paramLabel = "os|passphrase|keyfile", required = true, description = "The operating system's store of secrets, a passphrase, or a file with owner-only rights.")
        String to = "";

        @Option(names = "--new-passphrase-file", paramLabel = "F", description = "File with the new passphrase in its first line, otherwise ROLLCALL_NEW_PASSPHRASE; where no passphrase is needed to open the data folder, --passphrase-file and ROLLCALL_PASSPHRASE serve too.")
        @Nullable
        String newPassphraseFile;

        @Override
        int execute() {
            Root root = root();
            Path home = root.home();
            VaultService.keptBy(to);
            var passphrases = new Passphrases(invocation().terminal(), root.passphraseFile);
            Supplier<char[]> opening = passphrases.opening();
            Supplier<char[]> chosen = opening;
            VaultService.State state;
            try (Workspace workspace = invocation().workspaces().open(home, opening)) {
                Actor actor = CommandSignIn.signIn(root, workspace, output());
                boolean opens = workspace.vault().state(actor).kept().equals("passphrase");
                chosen = passphrases.chosen(newPassphraseFile, opens);
                workspace.vault().change(actor, to, chosen);
                state = workspace.vault().state(actor);
            }
            // Opened anew, everything comes under the new key, unless others are at work.
            try (Workspace workspace = invocation().workspaces().open(home, chosen)) {
                state = new VaultService.State(state.kept(), state.keeper(), workspace.vault().isSettling(),
                        state.choices());
                output().answer(document(state), Text.clean(words(state)));
            }
            return ExitCode.DONE;
        }
    }
}
