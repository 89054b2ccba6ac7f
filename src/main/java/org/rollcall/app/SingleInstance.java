package org.rollcall.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.FileMutex;
import org.rollcall.store.OwnerOnly;
import org.rollcall.text.Words;

/// Allows one window per data folder: the first process holds a lock and listens on a Unix socket in the folder; a second one
/// signals it and exits. Without such sockets, or if the path is too long, the first window is not brought to the front.
final class SingleInstance implements AutoCloseable {
    private static final String NAME = "window.socket";
    private static final String LOCK = "window.lock";

    private final FileMutex lock;
    private final Path socket;
    private @Nullable ServerSocketChannel server;

    private SingleInstance(FileMutex lock, Path socket) {
        this.lock = lock;
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
            // The reply proves that a process is listening and that the socket is not a leftover.
            return channel.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            log().debug("No reply on the window's socket", e);
            return false;
        }
    }

    /// Becomes the window of the data folder until closed.
    ///
    /// @throws RollcallException STORAGE: there is one already
    static SingleInstance claim(Path home) {
        try {
            return new SingleInstance(FileMutex.tryLock(home.resolve(LOCK)).orElseThrow(
                    () -> new RollcallException(ErrorKind.STORAGE, "storage.window-open",
                            Words.of("app.storage.window-open"), Words.of("app.storage.window-open.remedy"))),
                    home.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Listens for other starts until closed.
    ///
    /// @param toFront runs on a thread of its own for every signal
    void listen(Runnable toFront) {
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server = opened;
            opened.bind(UnixDomainSocketAddress.of(socket));
            OwnerOnly.restrictFile(socket);
            Thread.ofVirtual().name("window-knocks").start(() -> answer(opened, toFront));
        } catch (IOException | RuntimeException e) {
            log().info("A second start cannot bring this window to the front", e);
        }
    }

    private static void answer(ServerSocketChannel server, Runnable toFront) {
        while (server.isOpen()) {
            try (var knocking = server.accept()) {
                knocking.write(ByteBuffer.wrap(new byte[]{ 1 }));
                toFront.run();
            } catch (IOException e) {
                log().debug("The window's socket was closed", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            log().debug("Could not delete the window's socket", e);
        }
        lock.close();
    }

    /// Looked up lazily: logging takes time to set up, and a start begins with a signal.
    private static org.slf4j.Logger log() {
        return org.slf4j.LoggerFactory.getLogger(SingleInstance.class);
    }
}
