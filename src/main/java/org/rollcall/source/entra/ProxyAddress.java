package org.rollcall.source.entra;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// An HTTP proxy in a tenant's settings: `http://[user:password@]host:port`.
record ProxyAddress(String host, int port, @Nullable String user, String password) {
    private static final int DEFAULT_PORT = 8080;

    /// @throws RollcallException INPUT: not such a URL
    static ProxyAddress parse(String url) {
        try {
            URI uri = URI.create(url.strip());
            if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                throw wrong();
            }
            String info = uri.getRawUserInfo();
            int colon = info == null ? -1 : info.indexOf(':');
            String user = info == null ? null : decoded(colon < 0 ? info : info.substring(0, colon));
            String password = info == null || colon < 0 ? "" : decoded(info.substring(colon + 1));
            return new ProxyAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), user, password);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static String decoded(String part) {
        // A plus is a plus here, unlike in a form.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static RollcallException wrong() {
        return RollcallException.input("tenant.proxy", Words.of("directory.tenant.proxy"),
                Words.of("directory.tenant.proxy.remedy"));
    }

    void applyTo(OkHttpClient.Builder client) {
        client.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
        if (user != null) {
            String header = Credentials.basic(user, password, StandardCharsets.UTF_8);
            // Answering the same challenge again would never end: a second one means that the password is wrong.
            Authenticator answer = (route, response) -> response.request().header("Proxy-Authorization") != null
                    ? null
                    : response.request().newBuilder().header("Proxy-Authorization", header).build();
            client.proxyAuthenticator(answer);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
