package org.rollcall.vault;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

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
                Words.of("vault.passphrase-missing"),
                Words.of("vault.passphrase-missing.remedy"))
                .onCommandLine(Words.of("vault.passphrase-missing.remedy.cli"));
    }
}
