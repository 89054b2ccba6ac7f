package org.rollcall.directory.entra;

import java.time.Clock;
import java.util.Optional;

import org.rollcall.directory.Connection;
import org.rollcall.directory.DirectoryConnector;
import org.rollcall.directory.DirectoryReader;
import org.rollcall.directory.Endpoint;
import org.rollcall.directory.FoundTenant;

/// Opens connections to Microsoft Entra ID. Each reader has a token of its own, so it sees the permissions of its time.
public final class EntraConnector implements DirectoryConnector {
    private final Clock clock;

    public EntraConnector(Clock clock) {
        this.clock = clock;
    }

    @Override
    public DirectoryReader open(Connection connection) {
        String host = new GraphAddresses(connection.graphUrl()).host();
        return Edge.around(DirectoryReader.class, Edge.call(host, () -> new EntraReader(connection, clock)), host);
    }

    @Override
    public Optional<FoundTenant> find(Endpoint endpoint) {
        return Edge.call(endpoint.authorityUrl(), () -> {
            try (var lookup = new TenantLookup(endpoint)) {
                return lookup.find();
            }
        });
    }
}
