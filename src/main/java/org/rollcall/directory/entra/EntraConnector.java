package org.rollcall.directory.entra;

import java.time.Clock;

import org.rollcall.directory.Connection;
import org.rollcall.directory.DirectoryConnector;
import org.rollcall.directory.DirectoryReader;

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
}
