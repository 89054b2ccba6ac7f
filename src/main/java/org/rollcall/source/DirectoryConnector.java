package org.rollcall.source;

import java.util.Optional;

import org.rollcall.domain.RollcallException;

/// Opens connections to external directories; implemented by one adapter.
public interface DirectoryConnector {
    /// Creates a reader without sending a request.
    DirectoryReader open(Connection connection);

    /// Looks up a tenant in the public documents of the login service, without signing in.
    ///
    /// @return empty: there is no such tenant
    /// @throws RollcallException OFFLINE, REFUSED: it could not be looked up
    Optional<FoundTenant> find(Endpoint endpoint);

    /// Requests a token and reads the organization: verifies name, network, trust, credential and tenant at once.
    default Organization organization(Connection connection, CallControl control) {
        try (DirectoryReader reader = open(connection)) {
            return reader.organization(control);
        }
    }
}
