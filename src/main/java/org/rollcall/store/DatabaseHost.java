package org.rollcall.store;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process that has the database file open and serves it to the others, its guests. The port of its listener and the key
/// for the handshake are in a file of the data folder that only its owner can read; both are new each time. After the handshake
/// a guest learns the port of H2's own server, which listens on the loopback address only, and keeps the connection open: the
/// host announces its shutdown on it, and a broken connection means that the other process has ended.
final class DatabaseHost implements AutoCloseable {
    /// Port and key, in the data folder.
    static final String FILE = "database.host";
    /// Announces that the host is shutting down.
    static final int LEAVING = 'l';
    static final int NONCE = 32;
    static final int HANDSHAKE_TIMEOUT_MILLIS = 5_000;
    private static final int POLL_MILLIS = 5;
    /// A host that is shutting down defers new guests for this long, admits them for as long, and so on. Without the pauses,
    /// guests that reconnect at once would never all be disconnected at the same time. Without the admissions, one guest in a
    /// transaction of minutes would keep all others from the database.
    private static final Duration ADMISSION_INTERVAL = Duration.ofSeconds(1);
    /// After a failed accept, for example with no file descriptors left.
    private static final Duration ACCEPT_RETRY = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHost.class);

    static {
        // Binds H2's server to the loopback address. Read when H2's network classes are loaded.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final Path folder;
    private final byte[] key;
    private final ServerSocket listener;
    private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
    private final String databaseKey;
    private volatile boolean everVisited;
    private volatile boolean leaving;
    private volatile long leavingSince;
    private volatile boolean gone;
    private @Nullable Server server;

    private DatabaseHost(Path folder, ServerSocket listener, byte[] key) {
        this.folder = folder;
        this.listener = listener;
        this.key = key;
        this.databaseKey = random();
    }

    /// Starts the listener. H2's server starts with the first guest.
    static DatabaseHost begin(Path folder) throws IOException {
        var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try {
            var key = new byte[NONCE];
            new SecureRandom().nextBytes(key);
            var host = new DatabaseHost(folder, listener, key);
            Path file = folder.resolve(FILE);
            Path fresh = folder.resolve(FILE + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, OwnerOnly.fileAttributes(folder));
            Files.write(fresh, List.of(Integer.toString(listener.getLocalPort()), HexFormat.of().formatHex(key)));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Thread.ofVirtual().name("database-host").start(host::acceptConnections);
            return host;
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /// Whether any guest has connected since the database was opened.
    boolean wasVisited() {
        return everVisited;
    }

    private void acceptConnections() {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                Thread.ofVirtual().name("database-guest").start(() -> serve(guest));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("A connection to the database could not be accepted", e);
                    LockSupport.parkNanos(ACCEPT_RETRY.toNanos());
                }
            }
        }
    }

    private void serve(Socket guest) {
        try (guest) {
            guest.setTcpNoDelay(true);
            guest.setSoTimeout(HANDSHAKE_TIMEOUT_MILLIS);
            var in = new DataInputStream(guest.getInputStream());
            var out = new DataOutputStream(guest.getOutputStream());
            byte[] ours = nonce();
            out.write(ours);
            out.flush();
            byte[] theirs = in.readNBytes(NONCE);
            byte[] proof = in.readNBytes(NONCE);
            if (!MessageDigest.isEqual(proof, proof(key, "guest", ours, theirs))) {
                LOG.warn("Rejected a connection to the database: authentication failed");
                return;
            }
            awaitAdmission();
            int port = register(guest);
            if (port == 0) {
                return;
            }
            out.write(proof(key, "host", theirs, ours));
            out.writeInt(port);
            out.writeUTF(databaseKey);
            if (leaving) {
                // A guest that is admitted during the shutdown is asked to leave again at once.
                out.write(LEAVING);
            }
            out.flush();
            guest.setSoTimeout(0);
            // Guests send nothing more. The stream ends when the guest disconnects.
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException | SQLException e) {
            LOG.debug("Guest connection closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guests.remove(guest);
        }
    }

    private void awaitAdmission() throws InterruptedException {
        while (leaving && !gone && (System.nanoTime() - leavingSince) / ADMISSION_INTERVAL.toNanos() % 2 == 0) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// @return the port of H2's server; 0: the host has shut down
    private synchronized int register(Socket guest) throws SQLException {
        if (gone) {
            return 0;
        }
        int port = server();
        everVisited = true;
        guests.add(guest);
        return port;
    }

    private int server() throws SQLException {
        if (server == null) {
            // H2 serves this one database, and only under the name that is the key.
            server = Server
                    .createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifExists", "-tcpPassword", random(), "-key",
                            databaseKey, FolderPath.nameOf(folder.resolve("rollcall")))
                    .start();
        }
        return server.getPort();
    }

    /// Asks the guests to disconnect, waits until they have finished their transactions, and stops.
    ///
    /// @param longest the grace period, after which remaining guests are disconnected
    void leave(Duration longest) {
        leavingSince = System.nanoTime();
        leaving = true;
        for (Socket guest : guests) {
            try {
                guest.getOutputStream().write(LEAVING);
            } catch (IOException e) {
                LOG.debug("Guest already disconnected", e);
            }
        }
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (!isGone(end)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!guests.isEmpty()) {
            LOG.warn("Disconnecting {} other processes from the database after the grace period", guests.size());
        }
    }

    /// Rejects further guests once none is connected or the grace period is over.
    private synchronized boolean isGone(long end) {
        gone = guests.isEmpty() || System.nanoTime() >= end;
        return gone;
    }

    @Override
    public synchronized void close() {
        gone = true;
        quietly(listener);
        guests.forEach(DatabaseHost::quietly);
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            // The next host replaces it.
            LOG.debug("Deleting {}", FILE, e);
        }
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    private static void quietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("Closing {}", connection, e);
        }
    }

    static byte[] nonce() {
        var nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        return nonce;
    }

    private static String random() {
        return HexFormat.of().formatHex(nonce());
    }

    /// Proof of possession of the key: HMAC-SHA256 over role and nonces.
    static byte[] proof(byte[] key, String who, byte[] first, byte[] second) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(who.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            mac.update(first);
            return mac.doFinal(second);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
