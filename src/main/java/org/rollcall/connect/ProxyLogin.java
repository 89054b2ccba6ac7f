package org.rollcall.connect;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// A proxy as people give it: its address, and apart from that who signs in to it. An address with a password in it would
/// stand in the process list, in the shell's history and in the files of a crash, so none is taken.
public final class ProxyLogin {
    private ProxyLogin() {}

    /// The address as it was understood, `http://host[:port]`.
    ///
    /// @throws RollcallException INPUT: not such a URL, or somebody's name or password is in it
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

    /// A name to sign in with.
    ///
    /// @throws RollcallException INPUT: no proxy could take it
    public static String user(String typed) {
        String user = typed.strip();
        // Source: RFC 7617, section 2: the first colon ends the name.
        if (user.isEmpty() || user.indexOf(':') >= 0) {
            throw RollcallException.input("tenant.proxy.user", Words.of("connect.tenant.proxy.user"),
                    Words.of("connect.tenant.proxy.user.remedy"));
        }
        return user;
    }

    /// Both in one, as a [TenantPlace] takes them and [ProxyPasswords] keeps them sealed.
    ///
    /// @param address see [#address]; anything else stays as it is, and is refused where it is used
    /// @param user    null or blank: nobody signs in
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
