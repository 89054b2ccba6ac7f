package org.rollcall.vault;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A store of secrets that the operating system keeps for one person.
interface SystemStore {
    /// What people call it.
    String title();

    /// Keeps a key.
    ///
    /// @param id names it
    /// @return what to write into the key file to get it back; never the key in clear
    /// @throws IOException the store refuses, or is not there
    byte[] keep(String id, byte[] key) throws IOException;

    /// @param kept as [#keep] gave it
    /// @return to be wiped by who asked
    /// @throws IOException it is not there, the store is locked, or not there itself
    byte[] fetch(String id, byte[] kept) throws IOException;

    /// Forgets a key that nobody needs any more.
    void forget(String id);

    /// The store of this machine and person, if there is one.
    static Optional<SystemStore> here() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("windows")
                ? Optional.of(new WindowsProtection())
                : SecretService.here(System.getenv());
    }

    /// For tests, which must not touch the secrets of whoever runs them.
    static Optional<SystemStore> here(Map<String, String> environment) {
        return SecretService.here(environment);
    }
}
