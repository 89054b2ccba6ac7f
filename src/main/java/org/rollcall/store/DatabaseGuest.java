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

/// The line from a process that goes through another one to the database; see [DatabaseHost].
final class DatabaseGuest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseGuest.class);

    private final Socket line;
    private final DataInputStream in;
    private final int port;
    private final String databaseKey;

    private DatabaseGuest(Socket line, DataInputStream in, int port, String databaseKey) {
        this.line = line;
        this.in = in;
        this.port = port;
        this.databaseKey = databaseKey;
    }

    /// @return empty: no host answers, or it is about to leave
    static Optional<DatabaseGuest> knock(Path folder) {
        Socket line = new Socket();
        try {
            List<String> file = Files.readAllLines(folder.resolve(DatabaseHost.FILE));
            byte[] key = HexFormat.of().parseHex(file.get(1));
            line.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(file.getFirst())),
                    DatabaseHost.HANDSHAKE_TIMEOUT_MILLIS);
            line.setTcpNoDelay(true);
            line.setSoTimeout(DatabaseHost.HANDSHAKE_TIMEOUT_MILLIS);
            var in = new DataInputStream(line.getInputStream());
            byte[] theirs = in.readNBytes(DatabaseHost.NONCE);
            byte[] ours = DatabaseHost.nonce();
            var out = line.getOutputStream();
            out.write(ours);
            out.write(DatabaseHost.proof(key, "guest", theirs, ours));
            out.flush();
            byte[] proof = in.readNBytes(DatabaseHost.NONCE);
            if (!MessageDigest.isEqual(proof, DatabaseHost.proof(key, "host", ours, theirs))) {
                line.close();
                return Optional.empty();
            }
            int port = in.readInt();
            String databaseKey = in.readUTF();
            line.setSoTimeout(0);
            return Optional.of(new DatabaseGuest(line, in, port, databaseKey));
        } catch (IOException | RuntimeException e) {
            LOG.debug("No host answers", e);
            close(line);
            return Optional.empty();
        }
    }

    /// Where H2 answers.
    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + databaseKey;
    }

    /// Waits until the host wants to leave, or is gone.
    ///
    /// @return whether it waits for us
    boolean awaitLeaving() {
        try {
            return in.read() == DatabaseHost.LEAVING;
        } catch (IOException e) {
            LOG.debug("The host is gone", e);
            return false;
        }
    }

    @Override
    public void close() {
        close(line);
    }

    private static void close(Socket line) {
        try {
            line.close();
        } catch (IOException e) {
            LOG.debug("The line stays as it is", e);
        }
    }
}
