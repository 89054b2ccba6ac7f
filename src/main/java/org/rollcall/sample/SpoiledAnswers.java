package org.rollcall.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.rollcall.sample.SampleFaults.Fault;
import org.rollcall.sample.SampleFaults.Setting;

/// Answers that are complete by HTTP and JSON, and wrong all the same.
final class SpoiledAnswers {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MANY = "1000000";

    private final SampleFaults faults;

    SpoiledAnswers(SampleFaults faults) {
        this.faults = faults;
    }

    /// Graph's answer to one request, also to one within a batch.
    SampleResponse ofGraph(SampleResponse answer, String path) {
        if (answer.status() != 200 || answer.body() == null || faults.specification().isEmpty()) {
            return answer;
        }
        if (faults.fires(Fault.DEEP, path).isPresent()) {
            return text(answer, "[".repeat(10_000));
        }
        Optional<Setting> endless = faults.fires(Fault.ENDLESS_OBJECTS, path);
        if (endless.isPresent()) {
            int count = Integer.parseInt(endless.get().parameter("objects", MANY));
            return new SampleResponse(200, answer.headers(), out -> endless(out, count));
        }
        return faults.fires(Fault.DUPLICATE_NAMES, path).isPresent() ? twice(answer) : values(answer, path);
    }

    private SampleResponse values(SampleResponse answer, String path) {
        SampleResponse spoiled = answer;
        if (faults.fires(Fault.ERROR_IN_ANSWER, path).isPresent()) {
            spoiled = changed(spoiled, SpoiledAnswers::breakOff);
        }
        Optional<Setting> longValue = faults.fires(Fault.LONG_VALUE, path);
        if (longValue.isPresent()) {
            String value = "x".repeat(Integer.parseInt(longValue.get().parameter("length", MANY)));
            spoiled = changed(spoiled, root -> objects(root).stream().filter(one -> one.has("displayName")).limit(1)
                    .forEach(one -> one.put("displayName", value)));
        }
        if (faults.fires(Fault.WRONG_ID, path).isPresent()) {
            spoiled = changed(spoiled, root -> objects(root).stream().filter(one -> one.has("id")).limit(1)
                    .forEach(one -> one.put("id", "1-1-1-1-1")));
        }
        if (faults.fires(Fault.NO_ENABLED, path).isPresent()) {
            spoiled = changed(spoiled, root -> objects(root).forEach(one -> one.remove("accountEnabled")));
        }
        if (faults.fires(Fault.DERIVED_TYPES, path).isPresent()) {
            spoiled = changed(spoiled, root -> objects(root).stream()
                    .filter(one -> one.path("@odata.type").asText().equals("#microsoft.graph.user"))
                    .forEach(one -> one.put("@odata.type", "#microsoft.graph.agentUser")));
        }
        if (faults.fires(Fault.FINE_TIMES, path).isPresent()) {
            spoiled = changed(spoiled, root -> objects(root).stream().filter(one -> one.has("createdDateTime"))
                    .forEach(one -> one.put("createdDateTime", "2025-12-31T23:59:59.9999999Z")));
        }
        return spoiled;
    }

    /// The login service's answer, where it has one of the small documents in it.
    SampleResponse ofLogin(SampleResponse answer, String path) {
        if (faults.fires(Fault.TOKEN_ERROR, path).isPresent()) {
            return SampleResponse.json(200, unavailable());
        }
        if (faults.fires(Fault.TOKEN_EMPTY, path).isPresent()) {
            return SampleResponse.json(200, MAPPER.createObjectNode());
        }
        if (faults.fires(Fault.TOKEN_UNAVAILABLE, path).isPresent()) {
            return SampleResponse.json(400, unavailable());
        }
        Optional<Setting> endless = faults.fires(Fault.TOKEN_ENDLESS, path);
        if (endless.isPresent()) {
            int count = Integer.parseInt(endless.get().parameter("objects", MANY));
            return new SampleResponse(200, Map.of("Content-Type", "application/json"), out -> endless(out, count));
        }
        return answer;
    }

    private static ObjectNode unavailable() {
        return MAPPER.createObjectNode().put("error", "temporarily_unavailable").put("error_description",
                "AADSTS90033: A transient error has occurred. Please try again.");
    }

    /// The interface of a change that may fail only where the sample itself is wrong.
    private interface Spoil {
        void apply(ObjectNode root);
    }

    private static SampleResponse changed(SampleResponse answer, Spoil spoil) {
        JsonNode root = tree(answer);
        if (!(root instanceof ObjectNode object)) {
            return answer;
        }
        spoil.apply(object);
        return text(answer, object.toString());
    }

    /// The objects of a page, or the one object that the answer is.
    private static List<ObjectNode> objects(ObjectNode root) {
        return root.path("value").isArray()
                ? StreamSupport.stream(root.path("value").spliterator(), false).filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast).toList()
                : List.of(root);
    }

    /// As seen in the field: a shorter list, an error, and no way to go on.
    private static void breakOff(ObjectNode root) {
        root.remove("@odata.nextLink");
        if (root.path("value") instanceof com.fasterxml.jackson.databind.node.ArrayNode list && !list.isEmpty()) {
            list.remove(list.size() - 1);
        }
        root.putObject("error").put("code", "UnknownError").put("message", "The answer was broken off.");
    }

    private static SampleResponse twice(SampleResponse answer) {
        if (!(tree(answer) instanceof ObjectNode root)) {
            return answer;
        }
        if (!root.path("value").isArray()) {
            return text(answer, "{\"id\":\"" + root.path("id").asText() + "\"," + root.toString().substring(1));
        }
        var all = new ArrayList<JsonNode>();
        root.path("value").forEach(all::add);
        String first = all.subList(0, all.size() / 2).toString();
        ObjectNode rest = root.deepCopy();
        rest.putArray("value").addAll(all.subList(all.size() / 2, all.size()));
        return text(answer, "{\"value\":" + first + "," + rest.toString().substring(1));
    }

    private static void endless(OutputStream out, int count) throws IOException {
        out.write("{\"value\":[{\"id\":\"00000000-0000-4000-8000-000000000000\"}".getBytes(StandardCharsets.UTF_8));
        byte[] more = ",{\"id\":\"00000000-0000-4000-8000-000000000000\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i < count; i++) {
            out.write(more);
        }
        out.write("]}".getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(SampleResponse answer) {
        SampleResponse.BodyWriter body = answer.body();
        try {
            var bytes = new ByteArrayOutputStream();
            if (body != null) {
                body.write(bytes);
            }
            return MAPPER.readTree(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SampleResponse text(SampleResponse answer, String text) {
        return new SampleResponse(answer.status(), answer.headers(),
                out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
