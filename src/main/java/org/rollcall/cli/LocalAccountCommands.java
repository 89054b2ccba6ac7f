package org.rollcall.cli;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.rollcall.connect.JobControl;
import org.rollcall.domain.Role;
import org.rollcall.domain.UserRow;
import org.rollcall.text.Words;

/// Local accounts: below `users`.
final class LocalAccountCommands {
    private LocalAccountCommands() {}

    /// Where a new password comes from.
    static final class NewPassword {
        @Option(names = "--new-password-file", paramLabel = "F", description = "File with the new password in its first line; otherwise ROLLCALL_NEW_PASSWORD or a prompt.")
        @Nullable
        String file;

        Passwords of(Invocation invocation) {
            return Passwords.ofNew(invocation.terminal(), file);
        }
    }

    @Command(name = "add", description = "Add a local account.")
    static final class Add extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "The user name.")
        String name = "";

        @Option(names = "--display-name", paramLabel = "T", description = "What the person is called.")
        @Nullable
        String displayName;

        @Option(names = "--mail", paramLabel = "M", description = "Their mail address.")
        @Nullable
        String mail;

        @Option(names = "--role", paramLabel = "R", description = "Their role; User unless said.")
        String role = Role.USER;

        @Mixin
        NewPassword newPassword = new NewPassword();

        @Override
        int run(Session session) {
            char[] password = newPassword.of(session.invocation()).chosen(name);
            try {
                UserRow row = session.workspace().auth().accounts().add(session.actor(), name, displayName, mail, role,
                        password);
                session.out().answer(Documents.person(row),
                        Words.of("cli.localAccountCommands.addedTheLocalAccountWith", Text.clean(row.username()),
                                Text.clean(row.role())).shown());
                return ExitCode.DONE;
            } finally {
                Arrays.fill(password, '\0');
            }
        }
    }

    @Command(name = "reset-password", description = "Give a local account a password that has to be changed at the next sign-in; one is made up where none is given.")
    static final class ResetPassword extends SignedInCommand {
        @Parameters(paramLabel = "NAME", description = "User name or id.")
        String name = "";

        @Mixin
        NewPassword newPassword = new NewPassword();

        @Override
        int run(Session session) {
            UserRow row = session.workspace().people().find(session.actor(), name);
            Passwords passwords = newPassword.of(session.invocation());
            Doc doc = new Doc().put("user", row.username()).put("mustChange", true);
            String first = Words.of("cli.localAccountCommands.thePasswordOfWasReset", Text.clean(row.username()))
                    .shown();
            if (passwords.areGivenOrAsked()) {
                char[] password = passwords.chosen(row.username());
                try {
                    session.workspace().auth().accounts().reset(session.actor(), row.id(), password);
                } finally {
                    Arrays.fill(password, '\0');
                }
                session.out().answer(doc.put("oneTimePassword", null),
                        Words.of("cli.localAccountCommands.itHasToBeChanged", first).shown());
                return ExitCode.DONE;
            }
            char[] made = session.workspace().auth().accounts().reset(session.actor(), row.id());
            session.out().answer(doc.put("oneTimePassword", new String(made)),
                    Words.of("cli.localAccountCommands.toItHasToBe", first, new String(made)).shown());
            Arrays.fill(made, '\0');
            return ExitCode.DONE;
        }
    }

    @Command(name = "change-password", description = "Change one's own password.")
    static final class ChangePassword extends BaseCommand {
        @Mixin
        NewPassword newPassword = new NewPassword();

        @Override
        int execute() {
            Root root = root();
            String user = CommandSignIn.user(root);
            try (Workspace workspace = invocation().workspaces().open(root.home(), root.passphrase());
                    Progress progress = invocation().progress()) {
                char[] present = new Passwords(invocation().terminal(), root.passwordFile).present(user);
                char[] chosen = {};
                try {
                    chosen = newPassword.of(invocation()).chosen(user);
                    workspace.signIn().signInChanging(user, present, chosen, invocation().origin(),
                            new JobControl(progress, true));
                } finally {
                    Arrays.fill(present, '\0');
                    Arrays.fill(chosen, '\0');
                }
                output().answer(new Doc().put("user", user),
                        Words.of("cli.localAccountCommands.thePasswordWasChanged").shown());
                return ExitCode.DONE;
            }
        }
    }
}
