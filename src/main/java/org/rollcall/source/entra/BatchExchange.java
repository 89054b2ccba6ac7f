package org.rollcall.source.entra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.source.CallControl;
import org.rollcall.source.LinkExpiredException;
import org.rollcall.source.entra.GraphErrors.Calling;
import org.rollcall.source.entra.GraphErrors.Refusal;
import org.rollcall.text.Words;

/// Asks up to 20 questions in one request. Answers are read while they arrive and passed on one by one; only questions that
/// were throttled, failed temporarily or were not answered are repeated.
final class BatchExchange {
    static final int MOST = 20;
    private static final int INCOMPLETE_LIMIT = 5;

    private final Transport transport;
    private final JsonFactory json = AnswerLimits.json();

    BatchExchange(Transport transport) {
        this.transport = transport;
    }

    /// One question.
    ///
    /// @param url      relative to Graph's version
    /// @param calling  a generated address, or the link of a next page
    /// @param advanced the query needs `ConsistencyLevel: eventual`
    /// @param single   the answer is one object, not a page
    /// @param answered receives the answer
    /// @param missing  called if there is no such object
    /// @param expired  called if the link has expired
    /// @param refused  receives the refusal; throws unless the other answers are useful without it
    record Inner<T>(String url, Calling calling, boolean advanced, boolean single, PageReader<T> reader,
            Consumer<PageReader.Body<T>> answered, Runnable missing, Runnable expired,
            Consumer<RollcallException> refused) {

        private void answer(JsonParser body) throws IOException {
            answered.accept(single ? reader.readOne(body) : reader.read(body));
        }
    }

    void send(List<Inner<?>> questions, CallControl control) {
        if (questions.size() > MOST) {
            throw new IllegalArgumentException("a batch takes " + MOST + " questions, not " + questions.size());
        }
        var open = new LinkedHashMap<String, Inner<?>>();
        for (Inner<?> question : questions) {
            open.put(Integer.toString(open.size() + 1), question);
        }
        var patience = new Patience(control);
        while (!open.isEmpty()) {
            int before = open.size();
            try {
                TransientFault fault = exchange(open, control, patience);
                if (open.size() < before) {
                    patience.progress();
                }
                if (fault != null) {
                    patience.waitAfter(fault);
                }
            } catch (TransientFault fault) {
                if (open.size() < before) {
                    patience.progress();
                }
                patience.waitAfter(fault);
            }
        }
    }

    /// One request for all open questions; answered ones are removed.
    ///
    /// @return why some are still open; null: none is
    private @Nullable TransientFault exchange(Map<String, Inner<?>> open, CallControl control, Patience patience) {
        var ask = new Transport.Ask(transport.addresses().of("/$batch"), Calling.FRESH, false, body(open));
        var faults = new ArrayList<TransientFault>();
        transport.attempt(ask, (parser, at) -> {
            responses(parser, at, open, faults);
            return open.size();
        }, control, patience);
        if (open.isEmpty()) {
            return null;
        }
        if (faults.size() < open.size()) {
            faults.add(new TransientFault(Words.of("directory.batchExchange.someAnswersAreMissing").english(), null,
                    INCOMPLETE_LIMIT,
                    new RollcallException(ErrorKind.REFUSED, "directory.batch-incomplete",
                            Words.of("directory.batch-incomplete"), Words.of("directory.batch-incomplete.remedy"))));
        }
        return longest(faults);
    }

    /// The one with the longest pause: the others have elapsed by then.
    private static TransientFault longest(List<TransientFault> faults) {
        TransientFault longest = faults.getFirst();
        for (TransientFault fault : faults) {
            Duration one = fault.retryAfter();
            Duration most = longest.retryAfter();
            if (one != null && (most == null || one.compareTo(most) > 0)) {
                longest = fault;
            }
        }
        return longest;
    }

    /// Reads one answer: an answered question is removed from `open`, one to repeat gets a fault.
    void responses(JsonParser parser, Instant at, Map<String, Inner<?>> open, List<TransientFault> faults)
            throws IOException {
        parser.nextToken();
        ObjectReader.expect(parser, JsonToken.START_OBJECT);
        boolean found = false;
        String error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (ErrorInAnswer.isName(name)) {
                error = ErrorInAnswer.code(parser);
                continue;
            }
            if (!name.equals("responses")) {
                parser.skipChildren();
                continue;
            }
            found = true;
            ObjectReader.expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                response(parser, at, open, faults);
            }
        }
        if (error != null) {
            throw new ErrorInAnswer(error);
        }
        if (!found) {
            throw new MalformedAnswer(Words.of("directory.batchExchange.aBatchWithoutAnswers").english());
        }
    }

    private void response(JsonParser parser, Instant at, Map<String, Inner<?>> open, List<TransientFault> faults)
            throws IOException {
        ObjectReader.expect(parser, JsonToken.START_OBJECT);
        String id = "";
        int status = 0;
        String retryAfter = null;
        String requestId = null;
        TokenBuffer kept = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "id" -> id = parser.getText();
                case "status" -> status = parser.getValueAsInt();
                case "headers" -> {
                    JsonNode headers = parser.readValueAsTree();
                    retryAfter = header(headers, "Retry-After");
                    requestId = header(headers, "request-id");
                }
                // Buffered until id and status are known, whatever their order; an answer counts only if complete.
                case "body" -> {
                    kept = new TokenBuffer(parser);
                    kept.copyCurrentStructure(parser);
                }
                default -> parser.skipChildren();
            }
        }
        Inner<?> question = open.get(id);
        if (question == null) {
            return;
        }
        if (status >= 200 && status < 300 && kept != null) {
            try (JsonParser body = kept.asParserOnFirstToken()) {
                question.answer(body);
                open.remove(id);
            } catch (ErrorInAnswer e) {
                faults.add(AnswerFaults.inAnswer(e, transport.addresses().host()));
            }
            return;
        }
        String text = kept == null ? null : text(kept);
        Refusal refusal = Refusal.of(status, text, requestId, retryAfter, null, at);
        settle(id, question, refusal, open, faults);
    }

    private void settle(String id, Inner<?> question, Refusal refusal, Map<String, Inner<?>> open,
            List<TransientFault> faults) {
        RuntimeException meaning = GraphErrors.of(refusal, question.calling, transport.addresses(), question.url);
        switch (meaning) {
            case TransientFault fault -> faults.add(fault);
            case LinkExpiredException gone when refusal.status() != 404 || !refusal.hasCode(
                    "Request_ResourceNotFound") -> {
                open.remove(id);
                question.expired.run();
            }
            default -> {
                open.remove(id);
                if (refusal.status() == 404) {
                    question.missing.run();
                } else if (meaning instanceof RollcallException known) {
                    question.refused.accept(known);
                } else {
                    throw meaning;
                }
            }
        }
    }

    private byte[] body(Map<String, Inner<?>> open) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("requests");
            for (Map.Entry<String, Inner<?>> one : open.entrySet()) {
                generator.writeStartObject();
                generator.writeStringField("id", one.getKey());
                generator.writeStringField("method", "GET");
                generator.writeStringField("url", one.getValue().url);
                if (one.getValue().advanced) {
                    generator.writeObjectFieldStart("headers");
                    generator.writeStringField("ConsistencyLevel", "eventual");
                    generator.writeEndObject();
                }
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static @Nullable String header(JsonNode headers, String name) {
        if (headers == null) {
            return null;
        }
        for (Map.Entry<String, JsonNode> one : headers.properties()) {
            if (one.getKey().equalsIgnoreCase(name)) {
                return one.getValue().asText();
            }
        }
        return null;
    }

    private static @Nullable String text(TokenBuffer kept) throws IOException {
        try (JsonParser body = kept.asParserOnFirstToken()) {
            JsonNode tree = AnswerLimits.mapper().readTree(body);
            return tree == null ? null : tree.toString();
        }
    }
}
