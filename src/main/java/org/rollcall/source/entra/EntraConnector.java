package org.rollcall.source.entra;

import java.time.Clock;
import java.util.Optional;

import org.rollcall.source.Connection;
import org.rollcall.source.DirectoryConnector;
import org.rollcall.source.DirectoryReader;
import org.rollcall.source.Endpoint;
import org.rollcall.source.FoundTenant;

/// Opens connections to Microsoft Entra ID. Each reader has a token of its own, so it has the permissions of that moment.
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
