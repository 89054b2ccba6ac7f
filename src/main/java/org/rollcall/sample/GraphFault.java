package org.rollcall.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal by Graph, to be rendered as Graph renders its errors.
public final class GraphFault extends RuntimeException {
    private final int status;
    private final String code;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public GraphFault(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /// Adds a response header.
    public GraphFault with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /// HTTP status.
    public int status() {
        return status;
    }

    /// Graph's error code, such as `Request_ResourceNotFound`.
    public String code() {
        return code;
    }

    /// Response headers that belong to the refusal.
    public Map<String, String> headers() {
        return headers;
    }
}
