package org.rollcall.app;

import java.util.Map;

import org.rollcall.files.SmallFile;
import org.rollcall.text.Words;
import org.rollcall.vault.Passphrase;

/// The passphrase of a data folder that the window opens, where one keeps its key: from the variable or the file that also the
/// command line reads.
final class WindowPassphrase {
    private static final String VARIABLE = "ROLLCALL_PASSPHRASE";

    private WindowPassphrase() {}

    /// @param name of a file with the passphrase in its first line
    static Passphrase ofFile(String name) {
        return () -> SmallFile
                .text(SmallFile.path(name, Words.of("files.what.passphrase")), Words.of("files.what.passphrase"))
                .lines().findFirst().orElse("")
                .toCharArray();
    }

    /// @param environment the process's variables
    static Passphrase of(Map<String, String> environment) {
        String given = environment.get(VARIABLE);
        return given == null || given.isEmpty() ? Passphrase.NONE : given::toCharArray;
    }
}
