package org.rollcall.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/// One request as the handlers see it. Names of headers and of query parameters are case-insensitive, as Graph treats them
/// (`$deltaToken` is `$deltatoken`).
///
/// @param path the path with its percent-encoding undone
/// @param query decoded query parameters
@SuppressWarnings("ArrayRecordComponent")
public record SampleRequest(String method, String path, Map<String, String> query, Map<String, List<String>> headers,
        byte[] body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// The first value of a header.
    public @Nullable String header(String name) {
        for (var e : headers.entrySet()) {
            if (e.getKey().equalsIgnoreCase(name) && !e.getValue().isEmpty()) {
                return e.getValue().getFirst();
            }
        }
        return null;
    }

    /// The value of a query parameter.
    public @Nullable String query(String name) {
        for (var e : query.entrySet()) {
            if (e.getKey().equalsIgnoreCase(name)) {
                return e.getValue();
            }
        }
        return null;
    }

    /// The body as a posted form.
    public Map<String, String> form() {
        var map = new TreeMap<String, String>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int eq = pair.indexOf('=');
            if (eq > 0) {
                map.put(URLDecoder.decode(pair.substring(0, eq), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(eq + 1), StandardCharsets.UTF_8));
            }
        }
        return map;
    }

    /// The body as JSON.
    ///
    /// @throws UncheckedIOException if it is none
    public JsonNode json() {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
