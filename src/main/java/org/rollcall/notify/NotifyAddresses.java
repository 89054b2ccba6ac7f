package org.rollcall.notify;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;
import org.rollcall.text.Words;

/// Parses the addresses of notifications.
public final class NotifyAddresses {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private NotifyAddresses() {}

    /// @throws RollcallException INPUT: not an address that messages can be posted to
    public static NotifyChannel.Settings webhook(String url) {
        URI uri = uri(url, Words.of("notify.what.webhook"));
        String scheme = scheme(uri);
        boolean allowed = scheme.equals("https") || scheme.equals("http") && isHere(uri);
        if (!allowed || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw RollcallException.input("notify.url", Words.of("notify.url", url),
                    Words.of("notify.url.remedy"));
        }
        return NotifyChannel.Settings.webhook(uri.toString());
    }

    /// A mail server whose certificate is signed by an authority that the platform trusts.
    ///
    /// @throws RollcallException INPUT
    public static NotifyChannel.Settings mail(String server, Security security, String from, List<String> to,
            @Nullable String user) {
        return mail(server, security, from, to, user, null);
    }

    /// @param server   `smtp://HOST[:PORT]`
    /// @param security how the connection is encrypted
    /// @param user     null: no authentication
    /// @param caPem    certificates of authorities to trust besides the platform's, PEM; null: none
    /// @throws RollcallException INPUT
    public static NotifyChannel.Settings mail(String server, Security security, String from, List<String> to,
            @Nullable String user, @Nullable String caPem) {
        URI uri = uri(server, Words.of("notify.what.mailServer"));
        boolean bare = uri.getUserInfo() == null && uri.getQuery() == null
                && (uri.getPath() == null || Set.of("", "/").contains(uri.getPath()));
        if (!scheme(uri).equals("smtp") || uri.getHost() == null || !bare || uri.getPort() > 65_535) {
            throw RollcallException.input("notify.server", Words.of("notify.server", server),
                    Words.of("notify.server.remedy"));
        }
        if (user != null && security == Security.NONE && !isHere(uri)) {
            throw RollcallException.input("notify.clear", Words.of("notify.clear"),
                    Words.of("notify.clear.remedy")).onCommandLine(Words.of("notify.clear.remedy.cli"));
        }
        requireAddress(from);
        if (to.isEmpty()) {
            throw RollcallException.input("notify.to", Words.of("notify.to"), Words.of("notify.to.remedy"));
        }
        to.forEach(NotifyAddresses::requireAddress);
        Trust.of(caPem);
        int port = uri.getPort() > 0 ? uri.getPort() : switch (security) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
        return new NotifyChannel.Settings(NotifyChannel.Kind.MAIL, null, uri.getHost(), port, security, from, to, user,
                caPem);
    }

    private static void requireAddress(String address) {
        try {
            new InternetAddress(address, true).validate();
            if (!address.contains("@") || address.chars().anyMatch(Character::isISOControl)) {
                throw new AddressException("no address");
            }
        } catch (AddressException e) {
            throw RollcallException.input("notify.address", Words.of("notify.address", address),
                    Words.of("notify.address.remedy"));
        }
    }

    private static boolean isHere(URI uri) {
        return uri.getHost() != null && HERE.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static URI uri(String text, Words what) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw RollcallException.input("notify.url", Words.of("notify.url.notifyAddresses", text, what),
                    Words.of("notify.url.notifyAddresses.remedy"));
        }
    }
}
