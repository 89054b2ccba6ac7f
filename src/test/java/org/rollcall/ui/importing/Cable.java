package org.rollcall.ui.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/// The network between Rollcall and the sample tenant, for pulling out: connections to its port go on to the tenant's
/// while it is plugged in, and break off and are refused while it is not.
final class Cable implements AutoCloseable {
    private final int to;
    private final boolean asProxy;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;

    /// @param to      port on the loopback address
    /// @param asProxy whether clients speak to it as to an HTTP proxy
    Cable(int to, boolean asProxy) {
        this.to = to;
        this.asProxy = asProxy;
        ServerSocket first = listen(0);
        port = first.getLocalPort();
        accept(first);
    }

    /// In the tenant's place.
    String origin() {
        return "https://localhost:" + port;
    }

    /// As an HTTP proxy on the way to the tenant, which then keeps its own address: certificates prove themselves to that.
    String proxy() {
        return "http://localhost:" + port;
    }

    void plug() {
        if (listening == null) {
            accept(listen(port));
        }
    }

    void unplug() {
        ServerSocket now = listening;
        listening = null;
        if (now != null) {
            close(now);
        }
        open.forEach(Cable::close);
        open.clear();
    }

    private static ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket server) {
        listening = server;
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket near = server.accept();
                    if (asProxy) {
                        answerConnect(near);
                    }
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                    open.add(near);
                    open.add(far);
                    carry(near, far);
                    carry(far, near);
                    if (server.isClosed()) {
                        close(near);
                        close(far);
                    }
                } catch (IOException e) {
                    close(server);
                }
            }
        });
    }

    /// RFC 9110, 9.3.6: a head that ends with an empty line, answered before anything is carried.
    private static void answerConnect(Socket near) throws IOException {
        int lineEnds = 0;
        while (lineEnds < 2) {
            int read = near.getInputStream().read();
            if (read < 0) {
                throw new IOException("ended before its head did");
            }
            if (read != '\r') {
                lineEnds = read == '\n' ? lineEnds + 1 : 0;
            }
        }
        near.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        near.getOutputStream().flush();
    }

    private void carry(Socket from, Socket onto) {
        Thread.ofVirtual().start(() -> {
            try {
                from.getInputStream().transferTo(onto.getOutputStream());
            } catch (IOException e) {
                // Pulled out, or one end is done.
                close(from);
            } finally {
                close(from);
                close(onto);
                open.remove(from);
            }
        });
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        unplug();
    }
}
