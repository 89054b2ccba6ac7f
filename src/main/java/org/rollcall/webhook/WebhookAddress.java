package org.rollcall.webhook;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

import org.rollcall.domain.DisplayText;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// Which addresses JSON is posted to: https, and http on this computer only.
public final class WebhookAddress {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final int HIGHEST_PORT = 65_535;

    private WebhookAddress() {}

    /// @throws RollcallException INPUT: not an address that messages can be posted to
    public static URI of(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw RollcallException.input("notify.url",
                    Words.of("notify.url.notifyAddresses", DisplayText.withoutUser(url),
                            Words.of("notify.what.webhook")),
                    Words.of("notify.url.notifyAddresses.remedy"));
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean allowed = scheme.equals("https") || scheme.equals("http") && isHere(uri);
        if (!allowed || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT
                || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw RollcallException.input("notify.url", Words.of("notify.url", DisplayText.withoutUser(url)),
                    Words.of("notify.url.remedy"));
        }
        return uri;
    }

    /// Whether the host is this computer, so that nothing leaves it.
    public static boolean isHere(URI uri) {
        return uri.getHost() != null && HERE.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }
}
