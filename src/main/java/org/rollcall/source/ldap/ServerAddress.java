package org.rollcall.source.ldap;

import java.net.URI;
import java.util.Locale;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The address of a domain controller in the settings.
///
/// @param tls true: TLS from the first byte; false: StartTLS before anything else is sent
record ServerAddress(String text, String host, int port, boolean tls) {
    private static final int LDAPS = 636;
    private static final int LDAP = 389;

    /// @param startTls whether `ldap://` is encrypted by StartTLS; without it such an address is refused
    /// @throws RollcallException INPUT: an invalid address, or one that would send passwords in clear text
    static ServerAddress parse(String text, boolean startTls) {
        try {
            URI uri = URI.create(text.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            String path = String.valueOf(uri.getRawPath());
            boolean plain = uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                    && (path.isEmpty() || path.equals("/"));
            boolean tls = scheme.equals("ldaps");
            if (host == null || !plain || !(tls || scheme.equals("ldap")) || uri.getPort() == 0
                    || uri.getPort() > 65_535) {
                throw wrong();
            }
            if (!tls && !startTls) {
                throw RollcallException.input("ad.plain", Words.of("directory.ad.plain", text.strip()),
                        Words.of("directory.ad.plain.remedy")).onCommandLine(Words.of("directory.ad.plain.remedy.cli"));
            }
            String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? LDAPS : LDAP;
            return new ServerAddress(scheme + "://" + host + ":" + port, name, port, tls);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static RollcallException wrong() {
        return RollcallException.input("ad.server", Words.of("directory.ad.server"),
                Words.of("directory.ad.server.remedy"));
    }

    @Override
    public String toString() {
        return text;
    }
}
