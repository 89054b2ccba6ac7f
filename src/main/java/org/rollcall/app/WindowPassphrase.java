package org.rollcall.app;

import java.util.Map;

import org.rollcall.vault.Passphrase;

/// The passphrase of a data folder that the window opens, where one keeps its key: from the variable that also the command line
/// reads.
final class WindowPassphrase {
    private static final String VARIABLE = "ROLLCALL_PASSPHRASE";

    private WindowPassphrase() {}

    /// @param environment the process's variables
    static Passphrase of(Map<String, String> environment) {
        String given = environment.get(VARIABLE);
        return given == null || given.isEmpty() ? Passphrase.NONE : given::toCharArray;
    }
}
