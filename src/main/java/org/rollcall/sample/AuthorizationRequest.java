package org.rollcall.sample;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What an application asks of the browser sign-in page.
///
/// @param publicRedirect whether the redirect URI is registered under "mobile and desktop"
record AuthorizationRequest(Registration app, String redirectUri, boolean publicRedirect, RequestedScopes scopes,
        @Nullable String state, String responseMode, @Nullable String challenge, @Nullable String challengeMethod,
        @Nullable String nonce) {

    /// The registered redirect URI that the request names, and whether it belongs to the public client.
    ///
    /// @throws AadError 900144, 50011, 500113
    static boolean checkRedirect(Registration app, @Nullable String redirectUri) {
        List<String> open = app.redirectUris("publicClient");
        List<String> closed = new java.util.ArrayList<>(app.redirectUris("web"));
        closed.addAll(app.redirectUris("spa"));
        if (open.isEmpty() && closed.isEmpty()) {
            throw AadError.of(500113);
        }
        if (redirectUri == null || redirectUri.isEmpty()) {
            throw AadError.of(900144, "redirect_uri");
        }
        if (open.stream().anyMatch(r -> matches(r, redirectUri))) {
            return true;
        }
        if (closed.stream().anyMatch(r -> matches(r, redirectUri))) {
            return false;
        }
        throw AadError.of(50011, redirectUri, app.appId());
    }

    /// Loopback addresses match with any port, all others only exactly.
    private static boolean matches(String registered, String asked) {
        if (registered.equals(asked)) {
            return true;
        }
        try {
            URI left = URI.create(registered);
            URI right = URI.create(asked);
            String host = right.getHost();
            return host != null && (host.equals("localhost") || host.equals("127.0.0.1")) && host.equals(left.getHost())
                    && "http".equals(left.getScheme()) && "http".equals(right.getScheme())
                    && path(left).equals(path(right));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String path(URI uri) {
        String path = uri.getPath();
        return path == null || path.equals("/") ? "" : path;
    }

    static AuthorizationRequest of(Registration app, boolean publicRedirect, RequestedScopes scopes,
            Map<String, String> parameters) {
        String mode = parameters.getOrDefault("response_mode", "query").toLowerCase(Locale.ROOT);
        String challenge = parameters.get("code_challenge");
        return new AuthorizationRequest(app, parameters.getOrDefault("redirect_uri", ""), publicRedirect, scopes,
                parameters.get("state"), mode, challenge,
                challenge == null ? null : parameters.getOrDefault("code_challenge_method", "plain"),
                parameters.get("nonce"));
    }
}
