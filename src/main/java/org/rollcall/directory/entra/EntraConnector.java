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
        return new EntraReader(connection, clock);
    }

    @Override
    public Optional<FoundTenant> find(Endpoint endpoint) {
        try (var lookup = new TenantLookup(endpoint)) {
            return lookup.find();
        }
    }
}
