package org.rollcall.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// An answer. The body writes itself into the stream, so that large pages are never held as text.
public record SampleResponse(int status, Map<String, String> headers, @Nullable BodyWriter body) {
    /// Writes the body.
    public interface BodyWriter {
        void write(OutputStream out) throws IOException;
    }

    /// A JSON answer.
    public static SampleResponse json(int status, JsonNode node) {
        return text(status, "application/json", node.toString());
    }

    /// An answer of any text type.
    public static SampleResponse text(int status, String type, String text) {
        return new SampleResponse(status, Map.of("Content-Type", type),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// An answer without a body.
    public static SampleResponse empty(int status) {
        return new SampleResponse(status, Map.of(), null);
    }

    /// The same with one header more.
    public SampleResponse with(String header, String value) {
        var copy = new LinkedHashMap<>(headers);
        copy.put(header, value);
        return new SampleResponse(status, copy, body);
    }
}
