package org.rollcall.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Writes directory objects as Graph does.
final class GraphJson {
    static final String CONTENT_TYPE = "application/json;odata.metadata=minimal;odata.streaming=true;"
            + "IEEE754Compatible=false;charset=utf-8";
    private static final JsonFactory FACTORY = JsonFactory.builder().build()
            .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
            .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false).setCodec(new ObjectMapper());

    /// Writes the fields of an answer's outermost object.
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private GraphJson() {}

    /// An answer that is one JSON object, written when it is sent.
    static SampleResponse object(int status, Content content) {
        return new SampleResponse(status, java.util.Map.of("Content-Type", CONTENT_TYPE),
                out -> write(out, content));
    }

    static SampleResponse tree(int status, ObjectNode node) {
        return SampleResponse.json(status, node).with("Content-Type", CONTENT_TYPE);
    }

    private static void write(OutputStream out, Content content) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
    }

    /// Writes one object as lists and single reads show it: selected properties without value are null.
    ///
    /// @param select null for the properties that come by themselves
    /// @param typed whether `@odata.type` is told, as in collections of mixed types
    /// @param limited whether the caller may see only type and id
    static void entity(JsonGenerator json, SampleObject object, @Nullable Set<String> select, boolean typed,
            boolean limited) throws IOException {
        json.writeStartObject();
        if (typed || limited) {
            json.writeStringField("@odata.type", object.kind().odataType());
        }
        SampleSchema schema = object.schema();
        if (limited) {
            json.writeStringField("id", object.id());
        } else {
            for (String property : select == null ? schema.standard() : select) {
                if (schema.canonical(property) != null) {
                    property(json, property, object.get(property));
                }
            }
        }
        json.writeEndObject();
    }

    static void property(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        json.writeFieldName(name);
        switch (value) {
            case null -> json.writeNull();
            case Boolean b -> json.writeBoolean(b);
            case Instant i -> json.writeString(i.truncatedTo(ChronoUnit.SECONDS).toString());
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    json.writeString(String.valueOf(element));
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
