package org.rollcall.source.ldap;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLSocketFactory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;

import org.rollcall.source.CallControl;

/// A connection to one domain controller: encrypted, and its certificate verified, before anything is sent over it. Every
/// operation has a timeout and can be cancelled.
final class Controller implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final int LARGEST_MESSAGE = 1 << 20;

    /// Timeouts of a server.
    ///
    /// @param connect for the connection, and once more for the TLS handshake
    /// @param answer  for one request
    record Limits(Duration connect, Duration answer) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /// An operation on a connection.
    interface Question<T> {
        T ask(LDAPConnection connection) throws LDAPException;
    }

    private final LDAPConnection connection;
    private final Limits limits;
    private final CallControl control;

    private Controller(LDAPConnection connection, Limits limits, CallControl control) {
        this.connection = connection;
        this.limits = limits;
        this.control = control;
    }

    /// @throws LDAPException         it cannot be reached, or its certificate is not trusted
    /// @throws CancellationException if the caller cancelled
    static Controller connect(ServerAddress server, SSLSocketFactory sockets, Limits limits, CallControl control)
            throws LDAPException {
        int millis = Math.toIntExact(limits.connect.toMillis());
        var options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(millis);
        options.setResponseTimeoutMillis(limits.answer.toMillis());
        options.setAbandonOnTimeout(false);
        // A referral would send the person's password to a server that is not configured.
        options.setFollowReferrals(false);
        options.setMaxMessageSize(LARGEST_MESSAGE);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        var connection = server.tls() ? new LDAPConnection(sockets, options) : new LDAPConnection(options);
        var controller = new Controller(connection, limits, control);
        try {
            controller.run(limits.connect.multipliedBy(2), plain -> {
                plain.connect(server.host(), server.port(), millis);
                if (!server.tls()) {
                    startTls(plain, sockets);
                }
                return true;
            });
            return controller;
        } catch (LDAPException | RuntimeException e) {
            controller.close();
            throw e;
        }
    }

    private static void startTls(LDAPConnection plain, SSLSocketFactory sockets) throws LDAPException {
        var result = plain.processExtendedOperation(new StartTLSExtendedRequest(sockets));
        if (!result.getResultCode().equals(com.unboundid.ldap.sdk.ResultCode.SUCCESS)) {
            throw new LDAPException(result);
        }
    }

    <T> T ask(Question<T> question) throws LDAPException {
        return run(limits.answer.plusSeconds(1), question);
    }

    /// UnboundID's wait cannot be interrupted; closing the connection ends it.
    private <T> T run(Duration limit, Question<T> question) throws LDAPException {
        control.checkCancelled();
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("ldap").start(() -> {
            try {
                answer.complete(question.ask(connection));
            } catch (LDAPException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                lookUp(end);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof LDAPException failure) {
                    throw failure;
                }
                throw e.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(e);
            }
        }
    }

    private void lookUp(long end) throws LDAPException {
        try {
            control.checkCancelled();
        } catch (CancellationException e) {
            close();
            throw e;
        }
        if (System.nanoTime() - end > 0) {
            close();
            throw new LDAPException(com.unboundid.ldap.sdk.ResultCode.TIMEOUT, "no answer in time");
        }
    }

    /// Whether the failure concerns the server's certificate.
    static boolean isDistrust(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof GeneralSecurityException || at instanceof javax.net.ssl.SSLException) {
                return true;
            }
        }
        String text = String.valueOf(failure.getMessage());
        return text.contains("certificate") || text.contains("SSLHandshakeException");
    }

    @Override
    public void close() {
        // Sends an unbind request, which a hanging server may not accept.
        Thread.ofVirtual().name("ldap-close").start(connection::close);
    }
}
