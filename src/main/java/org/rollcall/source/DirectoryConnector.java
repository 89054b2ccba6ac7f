package org.rollcall.source;

import java.util.Optional;

import org.rollcall.domain.RollcallException;

/// Opens connections to outside directories; one adapter implements it.
public interface DirectoryConnector {
    /// Makes a reader; talks to nobody yet.
    DirectoryReader open(Connection connection);

    /// Which tenant is meant, from what the directory tells everybody; nobody signs in for it.
    ///
    /// @return empty: there is no such tenant
    /// @throws RollcallException OFFLINE, REFUSED: it could not be found out
    Optional<FoundTenant> find(Endpoint endpoint);

    /// Gets a token and reads the organisation: proves name, network, trust, credential and tenant at once.
    default Organization organization(Connection connection, CallControl control) {
        try (DirectoryReader reader = open(connection)) {
            return reader.organization(control);
        }
    }
}
