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

/// Reads where notifications are to go, as people write it.
public final class NotifyAddresses {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private NotifyAddresses() {}

    /// @throws RollcallException INPUT: not an address that a message may be posted to
    public static NotifyChannel.Settings webhook(String url) {
        URI uri = uri(url, "webhook");
        String scheme = scheme(uri);
        boolean allowed = scheme.equals("https") || scheme.equals("http") && isHere(uri);
        if (!allowed || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw RollcallException.input("notify.url", url + " is no address of a webhook",
                    "give one that begins with https:// and has no password in it");
        }
        return NotifyChannel.Settings.webhook(uri.toString());
    }

    /// @param server   `smtp://HOST[:PORT]`
    /// @param security how the connection is encrypted
    /// @param user     null: nobody signs in
    /// @throws RollcallException INPUT
    public static NotifyChannel.Settings mail(String server, Security security, String from, List<String> to,
            @Nullable String user) {
        URI uri = uri(server, "mail server");
        boolean bare = uri.getUserInfo() == null && uri.getQuery() == null
                && (uri.getPath() == null || Set.of("", "/").contains(uri.getPath()));
        if (!scheme(uri).equals("smtp") || uri.getHost() == null || !bare || uri.getPort() > 65_535) {
            throw RollcallException.input("notify.server", server + " is no mail server",
                    "write it as smtp://HOST or smtp://HOST:PORT");
        }
        if (user != null && security == Security.NONE && !isHere(uri)) {
            throw RollcallException.input("notify.clear", "the password would go to the mail server unencrypted",
                    "choose TLS or STARTTLS").onCommandLine("add --tls or --starttls");
        }
        requireAddress(from);
        if (to.isEmpty()) {
            throw RollcallException.input("notify.to", "nobody is named who gets the mail", "name somebody");
        }
        to.forEach(NotifyAddresses::requireAddress);
        int port = uri.getPort() > 0 ? uri.getPort() : switch (security) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case TLS -> 465;
        };
        return new NotifyChannel.Settings(NotifyChannel.Kind.MAIL, null, uri.getHost(), port, security, from, to, user);
    }

    private static void requireAddress(String address) {
        try {
            new InternetAddress(address, true).validate();
            if (!address.contains("@") || address.chars().anyMatch(Character::isISOControl)) {
                throw new AddressException("no address");
            }
        } catch (AddressException e) {
            throw RollcallException.input("notify.address", "\"" + address + "\" is no mail address",
                    "write it as name@example.org");
        }
    }

    private static boolean isHere(URI uri) {
        return uri.getHost() != null && HERE.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static URI uri(String text, String what) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw RollcallException.input("notify.url", text + " is no address of a " + what,
                    "check how it is written");
        }
    }
}
