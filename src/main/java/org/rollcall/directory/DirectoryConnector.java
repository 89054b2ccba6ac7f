package org.rollcall.directory;

/// Opens connections to outside directories; one adapter implements it.
public interface DirectoryConnector {
    /// Makes a reader; talks to nobody yet.
    DirectoryReader open(Connection connection);

    /// Gets a token and reads the organisation: proves name, network, trust, credential and tenant at once.
    default Organization organization(Connection connection, CallControl control) {
        try (DirectoryReader reader = open(connection)) {
            return reader.organization(control);
        }
    }
}
