package org.rollcall.directory.entra;

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

/// What a broken connection means for the person in front of it.
final class NetworkErrors {
    private final String host;
    private final @Nullable ProxyAddress proxy;

    NetworkErrors(String host, @Nullable ProxyAddress proxy) {
        this.host = host;
        this.proxy = proxy;
    }

    /// @param answered the host has answered before: what fails now may come back, so it is worth waiting for
    /// @return a [TransientFault] where trying again may help, else a [RollcallException]
    RuntimeException of(IOException failure, boolean answered) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("authenticate with proxy") || text.contains("too many tunnel connections")) {
            return offline("proxy.refused", "the proxy " + proxyName() + " wants another user name or password",
                    "check the proxy's user name and password", failure)
                    .onCommandLine("give them with --proxy-user and --proxy-password-file");
        }
        if (text.contains("response code for connect")) {
            return offline("proxy.refused", "the proxy " + proxyName() + " refuses to connect to " + host,
                    "have " + host + " allowed there, or use another proxy", failure);
        }
        RollcallException distrust = distrust(failure);
        if (distrust != null) {
            return distrust;
        }
        if (find(failure, UnknownHostException.class) != null) {
            boolean ofProxy = proxy != null && text.contains(proxy.host().toLowerCase(Locale.ROOT));
            String name = ofProxy && proxy != null ? proxy.host() : host;
            return later(answered, offline("network.unknown-host", "the name " + name + " cannot be resolved",
                    "check the spelling, the DNS and the network connection", failure));
        }
        if (find(failure, ConnectException.class) != null || find(failure, NoRouteToHostException.class) != null) {
            return later(answered, proxy == null
                    ? offline("network.refused", "no answer from " + host,
                            "check the network, the firewall and whether a proxy is needed", failure)
                    : offline("proxy.unreachable", "no answer from the proxy " + proxy,
                            "check the address of the proxy", failure));
        }
        // The second is the HTTP client's own limit on a whole call.
        if (failure instanceof SocketTimeoutException
                || failure instanceof InterruptedIOException && text.equals("timeout")) {
            return later(true, offline("network.timeout", "no answer in time from " + host,
                    "check the network, the firewall and whether a proxy is needed", failure));
        }
        return later(true, offline("network.broken", "the connection to " + host + " broke off",
                "try again; if the problem persists, check the network and what stands between", failure));
    }

    private @Nullable RollcallException distrust(IOException failure) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return offline("tls.wrong-host", "the certificate of " + host + " is for another name",
                    "check the URL; something may stand between this machine and " + host, failure);
        }
        if (find(failure, CertificateExpiredException.class) != null
                || find(failure, CertificateNotYetValidException.class) != null) {
            return offline("tls.certificate-time",
                    "the certificate of " + host + " is out of date, or the clock of this machine is wrong",
                    "check the clock of this machine first, then the server's certificate", failure);
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null
                || find(failure, CertificateException.class) != null) {
            return offline("tls.unknown-ca", "the certificate of " + host + " comes from an unknown authority",
                    "add that authority's certificate where the tenant is connected, if you trust it", failure)
                    .onCommandLine("give that authority's certificate with --ca-file, if you trust it");
        }
        return null;
    }

    private RollcallException offline(String code, String message, String remedy, IOException cause) {
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
