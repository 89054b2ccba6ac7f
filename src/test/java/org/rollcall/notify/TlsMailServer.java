package org.rollcall.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.rollcall.domain.NotifyChannel.Security;

/// A mail server with a certificate of the test's choice, as RFC 5321 and RFC 3207 (STARTTLS) have it. It offers to take a
/// password at any time, so that a client that is careless with it shows, and writes down what it hears.
final class TlsMailServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket door;
    private final SSLContext certificate;
    private final Security security;
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final List<String> sealed = new CopyOnWriteArrayList<>();

    TlsMailServer(SSLContext certificate, Security security) {
        this.certificate = certificate;
        this.security = security;
        try {
            door = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    List<String> heardInClear() {
        return List.copyOf(clear);
    }

    List<String> heardUnderTls() {
        return List.copyOf(sealed);
    }

    List<String> heard() {
        return Stream.concat(clear.stream(), sealed.stream()).toList();
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                if (security == Security.TLS) {
                    talk(underTls(socket), sealed);
                } else if (talk(socket, clear)) {
                    talk(underTls(socket), sealed);
                }
            } catch (IOException e) {
                // The client went away: what it has said is written down.
            }
        }
    }

    private Socket underTls(Socket socket) throws IOException {
        var above = (SSLSocket) certificate.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
        above.setUseClientMode(false);
        above.startHandshake();
        return above;
    }

    /// @return the client wants to go on under TLS
    private boolean talk(Socket socket, List<String> heard) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        if (security == Security.TLS || heard == clear) {
            say(out, "220 localhost");
        }
        boolean message = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line.chars().anyMatch(each -> each < 9) ? "no text" : line);
            if (message) {
                message = !line.equals(".");
                if (!message) {
                    say(out, "250 taken");
                }
                continue;
            }
            switch (line.split(" ", 2)[0]) {
                case "EHLO" -> say(out, security == Security.STARTTLS && heard == clear
                        ? "250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"
                        : "250-localhost\r\n250 AUTH PLAIN LOGIN");
                case "STARTTLS" -> {
                    say(out, "220 go ahead");
                    return true;
                }
                case "AUTH" -> say(out, line.split(" ").length > 2 ? "235 welcome" : "334 ");
                case "DATA" -> {
                    message = true;
                    say(out, "354 go ahead");
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return false;
                }
                case "MAIL", "RCPT", "RSET", "NOOP" -> say(out, "250 ok");
                default -> say(out, heard.size() > 1 && heard.get(heard.size() - 2).startsWith("AUTH LOGIN")
                        ? "334 UGFzc3dvcmQ6"
                        : "235 welcome");
            }
        }
        return false;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
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
