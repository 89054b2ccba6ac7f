package org.rollcall.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection from a process that goes through another one to the database; see [DatabaseHost].
final class DatabaseGuest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseGuest.class);

    private final Socket connection;
    private final DataInputStream in;
    private final int port;
    private final String databaseKey;

    private DatabaseGuest(Socket connection, DataInputStream in, int port, String databaseKey) {
        this.connection = connection;
        this.in = in;
        this.port = port;
        this.databaseKey = databaseKey;
    }

    /// Connects and authenticates.
    ///
    /// @return empty: no host is reachable, or it has shut down
    static Optional<DatabaseGuest> connect(Path folder) {
        Socket connection = new Socket();
        try {
            List<String> file = Files.readAllLines(folder.resolve(DatabaseHost.FILE));
            byte[] key = HexFormat.of().parseHex(file.get(1));
            connection.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(file.getFirst())),
                    DatabaseHost.HANDSHAKE_TIMEOUT_MILLIS);
            connection.setTcpNoDelay(true);
            connection.setSoTimeout(DatabaseHost.HANDSHAKE_TIMEOUT_MILLIS);
            var in = new DataInputStream(connection.getInputStream());
            byte[] theirs = in.readNBytes(DatabaseHost.NONCE);
            byte[] ours = DatabaseHost.nonce();
            var out = connection.getOutputStream();
            out.write(ours);
            out.write(DatabaseHost.proof(key, "guest", theirs, ours));
            out.flush();
            byte[] proof = in.readNBytes(DatabaseHost.NONCE);
            if (!MessageDigest.isEqual(proof, DatabaseHost.proof(key, "host", ours, theirs))) {
                connection.close();
                return Optional.empty();
            }
            int port = in.readInt();
            String databaseKey = in.readUTF();
            connection.setSoTimeout(0);
            return Optional.of(new DatabaseGuest(connection, in, port, databaseKey));
        } catch (IOException | RuntimeException e) {
            LOG.debug("No database host reachable", e);
            close(connection);
            return Optional.empty();
        }
    }

    /// The JDBC address of the database.
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + databaseKey;
    }

    /// Waits until the host announces its shutdown or the connection breaks.
    ///
    /// @return whether the host waits for this guest
    boolean awaitShutdownNotice() {
        try {
            return in.read() == DatabaseHost.LEAVING;
        } catch (IOException e) {
            LOG.debug("Connection to the database host closed", e);
            return false;
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("Closing the connection failed", e);
        }
    }
}
