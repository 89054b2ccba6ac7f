package org.rollcall.vault;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

/// Where a passphrase comes from if one is needed: a file, a variable, a person.
@FunctionalInterface
public interface Passphrase {
    /// There is none.
    Passphrase NONE = () -> {
        throw missing();
    };

    /// @return to be wiped by who asked
    /// @throws RollcallException NOT_SIGNED_IN: there is none
    char[] ask();

    /// What is said where a passphrase is needed and there is none.
    static RollcallException missing() {
        return new RollcallException(ErrorKind.NOT_SIGNED_IN, "vault.passphrase-missing",
                "the data folder is sealed with a passphrase",
                "start Rollcall with the passphrase in the variable ROLLCALL_PASSPHRASE")
                .onCommandLine("set ROLLCALL_PASSPHRASE, or name a file with --passphrase-file");
    }
}
