package org.rollcall.sample;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Graph's error shape.
final class GraphErrors {
    /// `innerError.date` has no zone; UTC is meant.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
            .withZone(ZoneOffset.UTC);

    private GraphErrors() {}

    static SampleResponse render(GraphFault fault, @Nullable String requestId, @Nullable String clientRequestId) {
        String id = requestId == null ? UUID.randomUUID().toString() : requestId;
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", fault.code()).put("message", fault.getMessage());
        ObjectNode inner = error.putObject("innerError");
        String date = DATE.format(Clock.systemUTC().instant());
        if (fault.status() == 429) {
            inner.put("code", "429").put("date", date).put("message", "Please retry after").put("request-id", id)
                    .put("status", "429");
        } else {
            inner.put("date", date).put("request-id", id).put("client-request-id",
                    clientRequestId == null ? id : clientRequestId);
        }
        SampleResponse response = GraphJson.tree(fault.status(), root);
        for (var header : fault.headers().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }
}
