package org.rollcall.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// One Graph request with its caller, its path taken apart.
///
/// @param origin scheme, host and port as the client addressed them; links are built on it
/// @param version `v1.0` or `beta`
/// @param path the segments after the version
/// @param inner part of a batch
record GraphCall(SampleRequest request, Caller caller, String origin, String version, List<String> path,
        boolean inner) {

    static GraphCall of(SampleRequest request, Caller caller, String origin, boolean inner) {
        // users('ID') is another spelling of users/ID.
        String plain = request.path().replaceAll("^(/[^/]+/(?:users|groups))\\('([^']*)'\\)", "$1/$2");
        String[] parts = plain.substring(1).split("/", -1);
        List<String> segments = java.util.Arrays.stream(parts).skip(1).filter(s -> !s.isEmpty()).toList();
        return new GraphCall(request, caller, origin, parts[0], segments, inner);
    }

    /// The segment with that number, or an empty text.
    String segment(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    boolean is(String method) {
        return request.method().equalsIgnoreCase(method);
    }

    boolean eventual() {
        return "eventual".equalsIgnoreCase(request.header("ConsistencyLevel"));
    }

    boolean counts() {
        return "true".equalsIgnoreCase(request.query("$count"));
    }

    boolean prefers(String preference) {
        String prefer = request.header("Prefer");
        return prefer != null && prefer.toLowerCase(Locale.ROOT).contains(preference);
    }

    @Nullable
    String query(String name) {
        String value = request.query(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// This very request's address without its query.
    String address() {
        var url = new StringBuilder(origin).append('/').append(version);
        path.forEach(segment -> url.append('/').append(encodePath(segment)));
        return url.toString();
    }

    /// This request's address with its query, but for the tokens, and that token instead.
    String continued(String token) {
        var url = new StringBuilder(address()).append('?');
        request.query().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("$skiptoken")) {
                url.append(encode(name)).append('=').append(encode(value)).append('&');
            }
        });
        return url.append("$skiptoken=").append(token).toString();
    }

    /// What binds a token to its query.
    String fingerprint() {
        var text = new StringBuilder(String.join("/", path));
        request.query().entrySet().stream().filter(e -> !e.getKey().equalsIgnoreCase("$skiptoken"))
                .map(e -> e.getKey().toLowerCase(Locale.ROOT) + "=" + e.getValue()).sorted()
                .forEach(p -> text.append('&').append(p));
        return Integer.toHexString(text.toString().hashCode());
    }

    String context(String what) {
        return origin + "/" + version + "/$metadata#" + what;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%24", "$");
    }

    private static String encodePath(String text) {
        return encode(text).replace("%40", "@").replace("%28", "(").replace("%29", ")");
    }
}
