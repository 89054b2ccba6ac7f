package org.rollcall.audit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.store.AuditStore;
import org.rollcall.text.Words;

/// A log server that is sent the end of the audit chain by syslog. The protocol has no receipt: what is sent by UDP may be lost
/// without anybody noticing, by TCP and TLS where a server takes the connection and not what is said.
final class SyslogAnchor implements AuditAnchor {
    private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };
    /// Of what a server says, which is nothing (RFC 6587, 3.1).
    private static final int MOST_HEARD = 4096;
    private static final int DEEPEST = 20;

    private final SyslogAddress address;
    private final AnchorReach reach;

    SyslogAnchor(SyslogAddress address, AnchorReach reach) {
        this.address = address;
        this.reach = reach;
    }

    @Override
    public String place() {
        return address.toString();
    }

    @Override
    public void write(AuditStore.Head end, Instant at) {
        byte[] message = SyslogMessage.of(end, at);
        try {
            var server = new InetSocketAddress(address.bareHost(), address.port());
            if (server.isUnresolved()) {
                throw new UnknownHostException(address.host());
            }
            if (address.transport() == SyslogAddress.Transport.UDP) {
                datagram(server, message);
            } else {
                stream(server, SyslogMessage.counted(message));
            }
        } catch (SocketTimeoutException e) {
            throw trouble(ErrorKind.OFFLINE, "audit.anchor-slow",
                    Words.of("audit.anchor-slow", place(), reach.patience().toSeconds()),
                    Words.of("audit.anchor-slow.remedy"), e);
        } catch (SSLException e) {
            throw translate(e);
        } catch (IOException e) {
            throw trouble(ErrorKind.OFFLINE, "audit.anchor-unreachable",
                    Words.of("audit.anchor-unreachable", place()), Words.of("audit.anchor-unreachable.remedy"), e);
        }
    }

    /// A computer that is there and has nobody at that port says so, and the next call on the socket throws.
    private void datagram(InetSocketAddress server, byte[] message) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(message, message.length));
            socket.setSoTimeout(millis(reach.hearing()));
            try {
                socket.receive(new DatagramPacket(new byte[1], 1));
            } catch (SocketTimeoutException e) {
                // Nobody says no.
            }
        }
    }

    private void stream(InetSocketAddress server, byte[] message) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(server, millis(reach.patience()));
            var over = new AtomicBoolean();
            // A time-out of the socket is for each single read: a server that says a byte now and then would hold us.
            Thread limit = Thread.ofVirtual().start(() -> end(socket, over));
            try {
                say(socket, message);
            } catch (IOException e) {
                throw over.get() ? new SocketTimeoutException() : e;
            } finally {
                limit.interrupt();
            }
        }
    }

    private void end(Socket socket, AtomicBoolean over) {
        try {
            Thread.sleep(reach.patience());
            over.set(true);
            socket.close();
        } catch (InterruptedException | IOException e) {
            // It was done in time, or is closed.
        }
    }

    private void say(Socket socket, byte[] message) throws IOException {
        if (address.transport() == SyslogAddress.Transport.TCP) {
            sayOn(socket, message);
            return;
        }
        try {
            sayOn(underTls(socket), message);
        } catch (SocketException e) {
            // Whether a refusal or the end of the connection is met first is chance.
            throw new SSLException(e);
        }
    }

    private void sayOn(Socket way, byte[] message) throws IOException {
        way.getOutputStream().write(message);
        way.getOutputStream().flush();
        way.shutdownOutput();
        // Under TLS 1.3 a server refuses after the handshake; one that drops a connection resets it.
        way.setSoTimeout(millis(reach.hearing()));
        try {
            way.getInputStream().readNBytes(MOST_HEARD);
        } catch (SocketTimeoutException e) {
            // Nobody says no.
        }
    }

    private SSLSocket underTls(Socket socket) throws IOException {
        var above = (SSLSocket) reach.tls().get().createSocket(socket, address.bareHost(), address.port(), true);
        SSLParameters parameters = above.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        // Compares the host with the certificate, by RFC 2818; RFC 5425, 5.2, asks for no other rules.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        above.setSSLParameters(parameters);
        above.startHandshake();
        return above;
    }

    private RollcallException translate(SSLException e) {
        boolean certificate = false;
        Throwable each = e;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
                return trouble(ErrorKind.REFUSED, "audit.anchor-certificate",
                        Words.of("audit.anchor-certificate", place()), Words.of("audit.anchor-certificate.remedy"), e);
            }
            certificate = certificate || each instanceof CertificateException;
            each = each.getCause();
        }
        return certificate
                ? trouble(ErrorKind.REFUSED, "audit.anchor-other-name", Words.of("audit.anchor-other-name", place()),
                        Words.of("audit.anchor-other-name.remedy"), e)
                : trouble(ErrorKind.REFUSED, "audit.anchor-no-tls", Words.of("audit.anchor-no-tls", place()),
                        Words.of("audit.anchor-no-tls.remedy"), e);
    }

    private static RollcallException trouble(ErrorKind kind, String code, Words message, Words remedy, Exception e) {
        return new RollcallException(kind, code, message, remedy, Map.of(), e);
    }

    private static int millis(Duration time) {
        return Math.toIntExact(time.toMillis());
    }
}
