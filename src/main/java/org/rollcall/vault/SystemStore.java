package org.rollcall.vault;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The operating system's store of secrets for one person.
interface SystemStore {
    /// Its display name.
    String title();

    /// Stores a key.
    ///
    /// @param id its name
    /// @return the text for the key file to retrieve it; never the key in clear text
    /// @throws IOException the store refuses, or is not available
    byte[] keep(String id, byte[] key) throws IOException;

    /// @param kept see [#keep]
    /// @return to be wiped by the caller
    /// @throws IOException there is no such key, or the store is locked or not available
    byte[] fetch(String id, byte[] kept) throws IOException;

    /// Deletes a key.
    void forget(String id);

    /// The store of this machine and person, if there is one.
    static Optional<SystemStore> here() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("windows")
                ? Optional.of(new WindowsProtection())
                : SecretService.here(System.getenv());
    }

    /// For tests, which must not touch the secrets of the person who runs them.
    static Optional<SystemStore> here(Map<String, String> environment) {
        return SecretService.here(environment);
    }
}
