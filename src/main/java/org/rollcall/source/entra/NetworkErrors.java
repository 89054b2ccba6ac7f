package org.rollcall.source.entra;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Map;

import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The meaning of a connection failure for the person in front of it.
final class NetworkErrors {
    private final String host;
    private final @Nullable ProxyAddress proxy;

    NetworkErrors(String host, @Nullable ProxyAddress proxy) {
        this.host = host;
        this.proxy = proxy;
    }

    /// @param answered the host has answered before, so the failure may be transient
    /// @return a [TransientFault] if a retry may help, else a [RollcallException]
    RuntimeException of(IOException failure, boolean answered) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("authenticate with proxy") || text.contains("too many tunnel connections")) {
            return offline("proxy.refused", Words.of("directory.proxy.refused.networkErrors", proxyName()),
                    Words.of("directory.proxy.refused.remedy"), failure)
                    .onCommandLine(Words.of("directory.proxy.refused.remedy.cli"));
        }
        if (text.contains("response code for connect")) {
            return offline("proxy.refused", Words.of("directory.proxy.refused.networkErrors2", proxyName(), host),
                    Words.of("directory.proxy.refused.networkErrors.remedy", host), failure);
        }
        RollcallException distrust = distrust(failure);
        if (distrust != null) {
            return distrust;
        }
        if (find(failure, UnknownHostException.class) != null) {
            boolean ofProxy = proxy != null && text.contains(proxy.host().toLowerCase(Locale.ROOT));
            String name = ofProxy && proxy != null ? proxy.host() : host;
            return later(answered, offline("network.unknown-host", Words.of("directory.network.unknown-host", name),
                    Words.of("directory.network.unknown-host.remedy"), failure));
        }
        if (find(failure, ConnectException.class) != null || find(failure, NoRouteToHostException.class) != null) {
            return later(answered, proxy == null
                    ? offline("network.refused", Words.of("directory.network.refused", host),
                            Words.of("directory.network.refused.remedy"), failure)
                    : offline("proxy.unreachable", Words.of("directory.proxy.unreachable", proxy),
                            Words.of("directory.proxy.unreachable.remedy"), failure));
        }
        // The second is the HTTP client's own timeout of a whole call.
        if (failure instanceof SocketTimeoutException
                || failure instanceof InterruptedIOException && text.equals("timeout")) {
            return later(true, offline("network.timeout", Words.of("directory.network.timeout", host),
                    Words.of("directory.network.timeout.remedy"), failure));
        }
        return later(true, offline("network.broken", Words.of("directory.network.broken", host),
                Words.of("directory.network.broken.remedy"), failure));
    }

    private @Nullable RollcallException distrust(IOException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return offline("tls.wrong-host", Words.of("directory.tls.wrong-host", host),
                    Words.of("directory.tls.wrong-host.remedy", host), failure);
        }
        if (find(failure, CertificateExpiredException.class) != null
                || find(failure, CertificateNotYetValidException.class) != null) {
            return offline("tls.certificate-time",
                    Words.of("directory.tls.certificate-time", host),
                    Words.of("directory.tls.certificate-time.remedy"), failure);
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null
                || find(failure, CertificateException.class) != null) {
            return offline("tls.unknown-ca", Words.of("directory.tls.unknown-ca", host),
                    Words.of("directory.tls.unknown-ca.remedy"), failure)
                    .onCommandLine(Words.of("directory.tls.unknown-ca.remedy.cli"));
        }
        return null;
    }

    private RollcallException offline(String code, Words message, Words remedy, IOException cause) {
        return new RollcallException(ErrorKind.OFFLINE, code, message, remedy, Map.of("host", host), cause);
    }

    private static RuntimeException later(boolean worthWaiting, RollcallException outcome) {
        return worthWaiting
                ? new TransientFault(outcome.message(), null, TransientFault.UNTIL_PATIENCE_ENDS, outcome)
                : outcome;
    }

    private String proxyName() {
        return proxy == null ? "of this machine" : proxy.toString();
    }

    static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
