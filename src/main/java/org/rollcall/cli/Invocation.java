package org.rollcall.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.rollcall.task.CancelToken;

/// One call of the program: where it comes from, what it may open, and how it is stopped.
record Invocation(Terminal terminal, Workspaces workspaces, CancelToken token) {

    /// Where things are done from, for the audit log: "command line on MACHINE".
    String origin() {
        return "command line on " + machine();
    }

    private String machine() {
        String name = terminal.variable("HOSTNAME") != null
                ? terminal.variable("HOSTNAME")
                : terminal.variable("COMPUTERNAME");
        if (name != null) {
            return name;
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (java.io.IOException e) {
            return "this machine";
        }
    }

    Progress progress() {
        return new Progress(terminal.err(), terminal.interactive(), token);
    }
}
