package org.rollcall.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

import org.rollcall.sample.SampleFaults.Fault;

/// `$batch`: up to 20 requests in one, answered in any order. Source: "Combine multiple HTTP requests using JSON batching".
final class BatchEndpoint {
    private static final int MAX_STEPS = 20;

    /// Answers one request of the batch; refusals come as answers.
    interface Step {
        SampleResponse answer(SampleRequest request);
    }

    private record Answer(String id, SampleResponse response) {}

    private final SampleFaults faults;

    BatchEndpoint(SampleFaults faults) {
        this.faults = faults;
    }

    /// @throws GraphFault 400 for a batch that is none
    SampleResponse answer(GraphCall call, Step step) {
        JsonNode steps = DirectoryEndpoints.body(call).path("requests");
        if (!steps.isArray() || steps.isEmpty()) {
            throw invalid("Invalid batch payload format.");
        }
        if (steps.size() > MAX_STEPS) {
            throw invalid("Number of batch request steps exceeds the maximum value of " + MAX_STEPS + ".");
        }
        var ids = new HashSet<String>();
        for (JsonNode one : steps) {
            String id = one.path("id").asText("");
            if (id.isEmpty() || one.path("method").asText("").isEmpty() || one.path("url").asText("").isEmpty()) {
                throw invalid("Invalid batch payload format.");
            }
            if (!ids.add(id.toLowerCase(Locale.ROOT))) {
                throw invalid("Request Id is repeated: '" + id + "'.");
            }
        }
        var answers = new ArrayList<Answer>();
        var statuses = new HashMap<String, Integer>();
        for (JsonNode one : steps) {
            String id = one.path("id").asText();
            SampleResponse response = one(call, one, statuses, step);
            statuses.put(id, response.status());
            if (faults.fires(Fault.BATCH_MISSING, one.path("url").asText()).isEmpty()) {
                answers.add(new Answer(id, response));
            }
        }
        Collections.shuffle(answers, new Random(answers.size()));
        return new SampleResponse(200, Map.of("Content-Type", "application/json"), out -> write(out, answers));
    }

    private SampleResponse one(GraphCall call, JsonNode one, Map<String, Integer> statuses, Step step) {
        for (JsonNode parent : one.path("dependsOn")) {
            Integer status = statuses.get(parent.asText());
            if (status == null || status >= 400) {
                return GraphErrors.render(new GraphFault(424, "FailedDependency",
                        "A request that this one depends on failed: '" + parent.asText() + "'."), null, null);
            }
        }
        String url = one.path("url").asText();
        var throttled = faults.fires(Fault.BATCH_THROTTLE, url);
        if (throttled.isPresent()) {
            return GraphErrors.render(SampleFaults.throttled(throttled.get().parameter("after", "0")), null, null);
        }
        SampleRequest request = request(call, one, url);
        if (faults.fires(Fault.NOT_FOUND, url).isPresent()) {
            List<String> path = GraphCall.of(request, call.caller(), call.origin(), true).path();
            return GraphErrors.render(DirectoryEndpoints.missing(path.size() > 1 ? path.get(1) : url), null, null);
        }
        return step.answer(request);
    }

    private static SampleRequest request(GraphCall call, JsonNode one, String url) {
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        var headers = new HashMap<String, List<String>>();
        one.path("headers").properties().forEach(h -> headers.put(h.getKey(), List.of(h.getValue().asText())));
        JsonNode body = one.get("body");
        return new SampleRequest(one.path("method").asText().toUpperCase(Locale.ROOT),
                "/" + call.version() + (path.startsWith("/") ? "" : "/") + decode(path),
                SampleServer.query(question < 0 ? null : url.substring(question + 1)), headers,
                body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    /// Writes the bodies straight into the answer, so that 20 pages are not held at once.
    private static void write(OutputStream out, List<Answer> answers) throws IOException {
        text(out, "{\"responses\":[");
        boolean first = true;
        for (Answer answer : answers) {
            SampleResponse response = answer.response;
            ObjectNode headers = JsonNodeFactory.instance.objectNode();
            response.headers().forEach(headers::put);
            text(out, (first ? "" : ",") + "{\"id\":" + TextNode.valueOf(answer.id) + ",\"status\":" + response.status()
                    + ",\"headers\":" + headers);
            SampleResponse.BodyWriter body = response.body();
            if (body != null) {
                text(out, ",\"body\":");
                if (isJson(response.headers().get("Content-Type"))) {
                    body.write(out);
                } else {
                    var bytes = new ByteArrayOutputStream();
                    body.write(bytes);
                    text(out, TextNode.valueOf(Base64.getEncoder().encodeToString(bytes.toByteArray())).toString());
                }
            }
            text(out, "}");
            first = false;
        }
        text(out, "]}");
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.startsWith("application/json");
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static GraphFault invalid(String message) {
        return new GraphFault(400, "BadRequest", message);
    }
}
