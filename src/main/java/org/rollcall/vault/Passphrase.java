package org.rollcall.vault;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The source of a passphrase: a file, a variable, a prompt.
@FunctionalInterface
public interface Passphrase {
    /// No passphrase.
    Passphrase NONE = () -> {
        throw missing();
    };

    /// @return to be wiped by the caller
    /// @throws RollcallException NOT_SIGNED_IN: there is none
    char[] ask();

    /// The error if a passphrase is needed and there is none.
    static RollcallException missing() {
        return new RollcallException(ErrorKind.NOT_SIGNED_IN, "vault.passphrase-missing",
                Words.of("vault.passphrase-missing"),
                Words.of("vault.passphrase-missing.remedy"))
                .onCommandLine(Words.of("vault.passphrase-missing.remedy.cli"));
    }
}
