package org.rollcall.source.entra;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// The addresses of one tenant's Graph. All calls pass through here, so no token is ever sent to another origin.
final class GraphAddresses {
    private static final String VERSION = "/v1.0";
    private final String base;
    private final URI origin;

    /// @param graphOrigin `https://host[:port]`
    GraphAddresses(String graphOrigin) {
        origin = URI.create(graphOrigin);
        base = graphOrigin + VERSION;
    }

    /// Ends in `/v1.0`, as the SDK expects.
    String base() {
        return base;
    }

    String host() {
        return String.valueOf(origin.getHost());
    }

    /// `https://host[:port]`.
    String origin() {
        return origin.toString();
    }

    /// @param pathAndQuery begins with `/`, encoded
    URI of(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    /// The link if it points to this Graph.
    ///
    /// @throws RollcallException REFUSED `directory.foreign-link`
    URI own(String link) {
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException e) {
            HttpUrl lenient = HttpUrl.parse(link);
            if (lenient == null) {
                throw foreign(null);
            }
            try {
                uri = lenient.uri();
            } catch (RuntimeException unfit) {
                // OkHttp throws this if it accepted a link that is no URI even after all its repairs.
                throw foreign(null);
            }
        }
        if (!isOwn(uri)) {
            throw foreign(uri.getHost());
        }
        return uri;
    }

    boolean isOwn(URI uri) {
        return String.valueOf(origin.getScheme()).equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null
                && uri.getUserInfo() == null && host().toLowerCase(Locale.ROOT).equals(
                        uri.getHost().toLowerCase(Locale.ROOT))
                && port(origin) == port(uri);
    }

    /// The address relative to the version, as a batch needs it.
    String inBatch(URI own) {
        String path = own.getRawPath();
        String query = own.getRawQuery();
        String relative = path.startsWith(VERSION + "/") ? path.substring(VERSION.length()) : path;
        return query == null ? relative : relative + "?" + query;
    }

    /// A value within a path or a query, encoded.
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static RollcallException foreign(@Nullable String host) {
        return new RollcallException(ErrorKind.REFUSED, "directory.foreign-link",
                Words.of("directory.foreign-link",
                        host == null ? Words.verbatim("") : Words.of("directory.foreign-link.part.else", host)),
                Words.of("directory.foreign-link.remedy"),
                host == null ? Map.of() : Map.of("host", host), null);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
