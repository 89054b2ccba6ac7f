package org.rollcall.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLServerSocket;

import org.jspecify.annotations.Nullable;

/// A server of syslog over TCP or TLS that keeps what each connection says.
final class LogServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket door;
    private final Thread serving;
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();

    LogServer() throws IOException {
        this(new ServerSocket(0, 20, InetAddress.getLoopbackAddress()));
    }

    private LogServer(ServerSocket door) {
        this.door = door;
        this.serving = Thread.ofVirtual().start(this::serve);
    }

    /// @param protocol the only one it speaks
    /// @param asks     for a certificate of the sender
    static LogServer underTls(javax.net.ssl.SSLContext certificate, String protocol, boolean asks) throws IOException {
        var door = (SSLServerSocket) certificate.getServerSocketFactory().createServerSocket(0, 20,
                InetAddress.getLoopbackAddress());
        door.setEnabledProtocols(new String[]{ protocol });
        door.setNeedClientAuth(asks);
        return new LogServer(door);
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                heard.add(socket.getInputStream().readAllBytes());
            } catch (IOException e) {
                // The client went away without a word.
            }
        }
    }

    /// What the next connection said.
    byte[] next() throws InterruptedException {
        byte @Nullable [] said = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (said == null) {
            throw new AssertionError("nothing was said");
        }
        return said;
    }

    /// Ends the server, so that nothing can come any more.
    boolean heardNothing() throws InterruptedException {
        close();
        serving.join(PATIENCE_MILLIS);
        return !serving.isAlive() && heard.stream().allMatch(said -> said.length == 0);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
