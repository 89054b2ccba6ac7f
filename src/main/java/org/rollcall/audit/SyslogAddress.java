package org.rollcall.audit;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// `syslog://HOST[:PORT]`, `syslog+tcp://HOST[:PORT]` or `syslog+tls://HOST[:PORT]`.
///
/// @param host as in the address: an IPv6 address in brackets
/// @param port 1 to 65,535
record SyslogAddress(Transport transport, String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /// How messages get there, with the port that is registered for it.
    enum Transport {
        /// RFC 5426.
        UDP("syslog", 514),
        /// RFC 6587, with the lengths counted.
        TCP("syslog+tcp", 601),
        /// RFC 5425.
        TLS("syslog+tls", 6514);

        private final String scheme;
        private final int port;

        Transport(String scheme, int port) {
            this.scheme = scheme;
            this.port = port;
        }

        /// @throws RollcallException INPUT: there is none of that name
        static Transport of(String scheme) {
            for (Transport each : values()) {
                if (each.scheme.equals(scheme.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw malformed();
        }
    }

    /// @throws RollcallException INPUT: it is no such address, or says more than where
    static SyslogAddress of(String text) {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        Transport transport = Transport.of(uri.getScheme() == null ? "" : uri.getScheme());
        boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null
                && uri.getPath() != null && Set.of("", "/").contains(uri.getPath());
        if (uri.getHost() == null || !bare || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw malformed();
        }
        return new SyslogAddress(transport, uri.getHost(), uri.getPort() < 0 ? transport.port : uri.getPort());
    }

    /// Does not repeat the address, in which a password may stand.
    static RollcallException malformed() {
        return RollcallException.input("audit.anchor-address", Words.of("audit.anchor-address"),
                Words.of("audit.anchor-address.remedy"));
    }

    /// The host as names are looked up and certificates compared.
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return transport.scheme + "://" + host + ":" + port;
    }
}
