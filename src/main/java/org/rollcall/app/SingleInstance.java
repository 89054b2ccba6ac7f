package org.rollcall.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// One window a data folder: the first listens on a socket in the folder, a second one knocks there and goes. What is
/// not possible (no such sockets, path too long) only costs this comfort; the folder's lock still keeps two apart.
final class SingleInstance implements AutoCloseable {
    private static final String NAME = "window.socket";

    private final ServerSocketChannel server;
    private final Path socket;

    private SingleInstance(ServerSocketChannel server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /// Asks the window that is open over the folder, if there is one, to come to the front.
    ///
    /// @return whether there is one
    static boolean knock(Path home) {
        var socket = home.resolve(NAME);
        if (!Files.exists(socket)) {
            return false;
        }
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            // The answer proves that the other side is alive and not a leftover.
            return channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            log().debug("Nobody answers at the window's socket", e);
            return false;
        }
    }

    /// Listens until it is closed. Call while holding the folder's lock.
    ///
    /// @param toFront runs on a thread of its own for every knock
    static SingleInstance listen(Path home, Runnable toFront) throws IOException {
        var socket = home.resolve(NAME);
        Files.deleteIfExists(socket);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        var instance = new SingleInstance(server, socket);
        Thread.ofVirtual().name("window-knocks").start(() -> instance.answer(toFront));
        return instance;
    }

    private void answer(Runnable toFront) {
        while (server.isOpen()) {
            try (var knocking = server.accept()) {
                knocking.write(ByteBuffer.wrap(new byte[]{ 1 }));
                toFront.run();
            } catch (IOException e) {
                log().debug("The window's socket ends or was left early", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            log().debug("The window's socket stays behind", e);
        }
    }

    /// Logging takes a while to set up, and the first thing of a start is a knock.
    private static org.slf4j.Logger log() {
        return org.slf4j.LoggerFactory.getLogger(SingleInstance.class);
    }
}
