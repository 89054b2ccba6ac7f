package org.rollcall.vault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What keeps the key of a vault.
public enum KeptBy {
    /// The operating system's store of the person's secrets.
    OS,
    /// A passphrase that somebody enters at each start.
    PASSPHRASE,
    /// A file that only its owner can read.
    KEYFILE;

    /// As options, documents and the key file name it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The other way round; empty: no such word.
    public static Optional<KeptBy> ofWord(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
