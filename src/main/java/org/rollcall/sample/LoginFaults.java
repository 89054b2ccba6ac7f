package org.rollcall.sample;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/// How the login endpoints misbehave, by the end of their path.
public final class LoginFaults {
    private static final String HTML = "<!DOCTYPE html><html><head><title>%s</title></head><body><h1>%s</h1></body></html>";

    private final Map<String, String> paths = new ConcurrentHashMap<>();

    LoginFaults() {}

    /// Spoils every path that ends so, such as `discovery/v2.0/keys`.
    ///
    /// @param how `html`: a page, as a captive portal sends; `unavailable`: 503; `not-found`: 404; `empty`: an empty JSON
    ///            object; empty: well again
    /// @throws IllegalArgumentException if it is none of these
    public void set(String path, String how) {
        if (how.isEmpty()) {
            paths.remove(path);
            return;
        }
        answer(how);
        paths.put(path, how);
    }

    /// All is well again.
    public void clear() {
        paths.clear();
    }

    @Nullable
    SampleResponse answer(SampleRequest request) {
        for (Map.Entry<String, String> fault : paths.entrySet()) {
            if (request.path().endsWith(fault.getKey())) {
                return answer(fault.getValue());
            }
        }
        return null;
    }

    private static SampleResponse answer(String how) {
        return switch (how) {
            case "html" -> SampleResponse.text(200, "text/html", HTML.formatted("Welcome", "Please sign in to WiFi"));
            case "unavailable" -> SampleResponse.text(503, "text/html", HTML.formatted("503", "Service Unavailable"));
            case "not-found" -> SampleResponse.empty(404);
            case "empty" -> SampleResponse.json(200,
                    com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
            default -> throw new IllegalArgumentException("no such fault: " + how);
        };
    }
}
