package org.rollcall.connect;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A proxy's address and, separately, its user. An address with a password in it would appear in the process list, the shell's
/// history and crash reports, so it is refused.
public final class ProxyLogin {
    private ProxyLogin() {}

    /// The normalized address, `http://host[:port]`.
    ///
    /// @throws RollcallException INPUT: not such a URL, or it contains a user name or password
    public static String address(String typed) {
        URI uri = uri(typed);
        if (uri.getRawUserInfo() != null) {
            throw RollcallException.input("tenant.proxy.password",
                    Words.of("connect.tenant.proxy.password"),
                    Words.of("connect.tenant.proxy.password.remedy"))
                    .onCommandLine(
                            Words.of("connect.tenant.proxy.password.remedy.cli"));
        }
        return origin(uri);
    }

    /// A user name for the proxy.
    ///
    /// @throws RollcallException INPUT: a name that no proxy accepts
    public static String user(String typed) {
        String user = typed.strip();
        // Source: RFC 7617, section 2: the first colon ends the name.
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw RollcallException.input("tenant.proxy.user", Words.of("connect.tenant.proxy.user"),
                    Words.of("connect.tenant.proxy.user.remedy"));
        }
        return user;
    }

    /// Both combined, as [TenantPlace] expects them and [ProxyPasswords] seals them.
    ///
    /// @param address see [#address]; anything else is returned unchanged and refused where it is used
    /// @param user    null or blank: no authentication
    public static String with(String address, @Nullable String user, String password) {
        if (user == null || user.isBlank()) {
            return address;
        }
        return address.replaceFirst("^(?i)http://(?=[^@]*$)",
                "http://" + encoded(user.strip()) + ":" + encoded(password) + "@");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// @throws RollcallException INPUT: not the URL of an HTTP proxy
    static URI uri(String url) {
        try {
            URI uri = URI.create(url.strip());
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        throw wrong();
    }

    static String origin(URI uri) {
        return "http://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    private static RollcallException wrong() {
        return RollcallException.input("tenant.proxy", Words.of("connect.tenant.proxy"),
                Words.of("connect.tenant.proxy.remedy"));
    }
}
