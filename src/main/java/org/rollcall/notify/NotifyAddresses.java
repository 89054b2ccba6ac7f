package org.rollcall.notify;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.NotifyChannel;
import org.rollcall.domain.NotifyChannel.Security;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.Trust;
import org.rollcall.text.Words;
import org.rollcall.webhook.WebhookAddress;

/// Parses the addresses of notifications.
public final class NotifyAddresses {
    private NotifyAddresses() {}

    /// @throws RollcallException INPUT: not an address that messages can be posted to
    public static NotifyChannel.Settings webhook(String url) {
        return NotifyChannel.Settings.webhook(WebhookAddress.of(url).toString());
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
        URI uri = uri(server);
        boolean bare = uri.getUserInfo() == null && uri.getQuery() == null
                && (uri.getPath() == null || Set.of("", "/").contains(uri.getPath()));
        if (!scheme(uri).equals("smtp") || uri.getHost() == null || !bare || uri.getPort() > 65_535) {
            throw RollcallException.input("notify.server", Words.of("notify.server", DisplayText.withoutUser(server)),
                    Words.of("notify.server.remedy"));
        }
        if (user != null && security == Security.NONE && !WebhookAddress.isHere(uri)) {
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

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static URI uri(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw RollcallException.input("notify.url",
                    Words.of("notify.url.notifyAddresses", DisplayText.withoutUser(text),
                            Words.of("notify.what.mailServer")),
                    Words.of("notify.url.notifyAddresses.remedy"));
        }
    }
}
