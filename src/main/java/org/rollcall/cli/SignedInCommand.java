package org.rollcall.cli;

import java.io.IOException;
import java.util.Arrays;

import org.rollcall.domain.Actor;
import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// A command that opens the data folder and signs somebody in for this call.
abstract class SignedInCommand extends BaseCommand {

    /// Looks at the options before anything is opened.
    ///
    /// @throws RollcallException INPUT
    void check() {}

    /// @return the exit code
    abstract int run(Session session) throws IOException;

    @Override
    final int execute() throws IOException {
        check();
        Root root = root();
        try (Workspace workspace = invocation().workspaces().open(root.home())) {
            String user = root.user;
            if (user == null || user.isBlank()) {
                throw new RollcallException(ErrorKind.NOT_SIGNED_IN, "signin.nobody", "nobody is signed in",
                        "say who you are with --user NAME");
            }
            char[] password = new Passwords(invocation().terminal(), root.passwordFile).present(user);
            Actor actor;
            try {
                actor = workspace.signIn().signIn(user, password, invocation().origin());
            } finally {
                Arrays.fill(password, '\0');
            }
            return run(new Session(workspace, actor, output(), invocation()));
        }
    }
}
