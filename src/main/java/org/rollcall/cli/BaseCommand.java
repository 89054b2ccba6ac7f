package org.rollcall.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What every command can reach.
abstract class BaseCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    final Root root() {
        return (Root) spec.root().userObject();
    }

    final Invocation invocation() {
        return root().invocation();
    }

    final Output output() {
        return new Output(invocation().terminal(), root().json);
    }

    /// @return the exit code
    abstract int execute() throws IOException;

    @Override
    public final Integer call() throws IOException {
        return execute();
    }
}
