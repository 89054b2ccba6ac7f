package org.rollcall.store;

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

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process that has the database file open serves those that come later. Where to knock, and the key that proves both
/// sides to each other, stand in a file of the data folder that only its owner can read; both are new each time. Who has
/// knocked is told where H2's own server listens, on the loopback address only, and keeps the line open: the host says on it
/// when it wants to leave, and a line that breaks means that one of the two is gone.
final class DatabaseHost implements AutoCloseable {
    /// Where the host is found, in the data folder.
    static final String FILE = "database.host";
    /// What the host says when it wants to leave.
    static final int LEAVING = 'l';
    static final int NONCE = 32;
    static final int PATIENCE_MILLIS = 5_000;
    private static final int POLL_MILLIS = 5;
    /// While the host wants to leave, the door is shut for so long and then open for as long, over and over: guests that have
    /// left and come back at once would never all be outside together otherwise, and somebody who works for minutes must not
    /// keep the others out until then.
    private static final Duration SHUT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHost.class);

    static {
        // Nobody but this machine reaches H2's server; it is read when H2's network classes are first used.
        System.setProperty("h2.bindAddress", "127.0.0.1");
    }

    private final Path folder;
    private final byte[] key;
    private final ServerSocket door;
    private final Set<Socket> guests = ConcurrentHashMap.newKeySet();
    private final String databaseKey;
    private volatile boolean everVisited;
    private volatile boolean leaving;
    private volatile long leavingSince;
    private volatile boolean gone;
    private @Nullable Server server;

    private DatabaseHost(Path folder, ServerSocket door, byte[] key) {
        this.folder = folder;
        this.door = door;
        this.key = key;
        this.databaseKey = random();
    }

    /// Begins to listen; H2's server starts when somebody comes.
    static DatabaseHost begin(Path folder) throws IOException {
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try {
            var key = new byte[NONCE];
            new SecureRandom().nextBytes(key);
            var host = new DatabaseHost(folder, door, key);
            Path file = folder.resolve(FILE);
            Path fresh = folder.resolve(FILE + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, OwnerOnly.fileAttributes(folder));
            Files.write(fresh, List.of(Integer.toString(door.getLocalPort()), HexFormat.of().formatHex(key)));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Thread.ofVirtual().name("database-host").start(host::welcome);
            return host;
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /// Whether another process has been here since it was opened.
    boolean wasVisited() {
        return everVisited;
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket guest = door.accept();
                Thread.ofVirtual().name("database-guest").start(() -> serve(guest));
            } catch (IOException e) {
                LOG.debug("The door is closed", e);
            }
        }
    }

    private void serve(Socket guest) {
        try (guest) {
            guest.setTcpNoDelay(true);
            guest.setSoTimeout(PATIENCE_MILLIS);
            var in = new DataInputStream(guest.getInputStream());
            var out = new DataOutputStream(guest.getOutputStream());
            byte[] ours = nonce();
            out.write(ours);
            out.flush();
            byte[] theirs = in.readNBytes(NONCE);
            byte[] proof = in.readNBytes(NONCE);
            if (!MessageDigest.isEqual(proof, proof(key, "guest", ours, theirs))) {
                LOG.warn("Somebody without the key has knocked at the database");
                return;
            }
            awaitOpenDoor();
            int port = welcome(guest);
            if (port == 0) {
                return;
            }
            out.write(proof(key, "host", theirs, ours));
            out.writeInt(port);
            out.writeUTF(databaseKey);
            if (leaving) {
                // While others end what they are at, nobody has to wait for them.
                out.write(LEAVING);
            }
            out.flush();
            guest.setSoTimeout(0);
            // Nothing is said here; the line ends when the guest goes.
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException | SQLException e) {
            LOG.debug("A guest is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            guests.remove(guest);
        }
    }

    private void awaitOpenDoor() throws InterruptedException {
        while (leaving && !gone && (System.nanoTime() - leavingSince) / SHUT.toNanos() % 2 == 0) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// @return where H2's server listens; 0: too late
    private synchronized int welcome(Socket guest) throws SQLException {
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
            // Asked for a database by another name than the key, H2 refuses: nothing else is reached through it.
            server = Server
                    .createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifExists", "-tcpPassword", random(), "-key",
                            databaseKey, FolderPath.nameOf(folder.resolve("rollcall")))
                    .start();
        }
        return server.getPort();
    }

    /// Asks the guests to leave, waits until they have ended what they are at, and stops.
    ///
    /// @param longest how long; who is still here then is cut off
    void leave(Duration longest) {
        leavingSince = System.nanoTime();
        leaving = true;
        for (Socket guest : guests) {
            try {
                guest.getOutputStream().write(LEAVING);
            } catch (IOException e) {
                LOG.debug("A guest is gone already", e);
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
            LOG.warn("{} other processes are cut off from the database", guests.size());
        }
    }

    /// Nobody is let in any more once nobody is in, or there is no time left.
    private synchronized boolean isGone(long end) {
        gone = guests.isEmpty() || System.nanoTime() >= end;
        return gone;
    }

    @Override
    public synchronized void close() {
        gone = true;
        try {
            Files.deleteIfExists(folder.resolve(FILE));
            door.close();
            for (Socket guest : guests) {
                guest.close();
            }
        } catch (IOException e) {
            LOG.debug("The door stays as it is", e);
        }
        if (server != null) {
            server.stop();
            server = null;
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

    /// What only somebody with the key can say.
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
