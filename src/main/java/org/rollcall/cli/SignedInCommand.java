package org.rollcall.cli;

import java.io.IOException;
import java.util.function.Supplier;

import org.rollcall.domain.Actor;
import org.rollcall.domain.RollcallException;

/// A command that opens the data folder and signs somebody in for this call.
abstract class SignedInCommand extends BaseCommand {

    /// Looks at the options before anything is opened.
    ///
    /// @throws RollcallException INPUT
    void check() {}

    /// That of the data folder, if one is needed.
    Supplier<char[]> passphrase(Root root) {
        return root.passphrase();
    }

    /// @return the exit code
    abstract int run(Session session) throws IOException;

    @Override
    final int execute() throws IOException {
        check();
        Root root = root();
        try (Workspace workspace = invocation().workspaces().open(root.home(), passphrase(root))) {
            Actor actor = CommandSignIn.signIn(root, workspace, output());
            return run(new Session(workspace, actor, output(), invocation()));
        }
    }
}
