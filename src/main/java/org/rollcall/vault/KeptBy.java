package org.rollcall.vault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where the key of a vault is kept.
public enum KeptBy {
    /// The operating system's store of secrets.
    OS,
    /// A passphrase that is entered at each start.
    PASSPHRASE,
    /// A file that only its owner can read.
    KEYFILE;

    /// Its name in options, documents and the key file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// By its name; empty: unknown.
    public static Optional<KeptBy> ofWord(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
