package org.rollcall.cli;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import org.jspecify.annotations.Nullable;

/// Writes JSON. Streaming, and without the machinery that binds objects: a short call has no time to load it.
final class JsonOut implements AutoCloseable {
    private final JsonGenerator generator;

    private JsonOut(JsonGenerator generator) {
        this.generator = generator;
    }

    /// For documents that people may look at too.
    static JsonOut indented(Writer writer) throws IOException {
        JsonOut out = compact(writer);
        var printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        out.generator.setPrettyPrinter(printer);
        return out;
    }

    /// On one line.
    static JsonOut compact(Writer writer) throws IOException {
        return new JsonOut(JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build()
                .createGenerator(writer));
    }

    void startArray() throws IOException {
        generator.writeStartArray();
    }

    /// One element of a long array, on a line of its own.
    void element(Doc doc) throws IOException {
        generator.writeRaw('\n');
        value(doc);
    }

    void endArray() throws IOException {
        generator.writeRaw('\n');
        generator.writeEndArray();
    }

    void value(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Doc doc -> object(doc.fields());
            case Map<?, ?> map -> object(map);
            case Iterable<?> elements -> {
                generator.writeStartArray();
                for (Object element : elements) {
                    value(element);
                }
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Instant instant -> generator.writeString(instant.toString());
            case Enum<?> constant -> generator.writeString(constant.name());
            default -> generator.writeString(value.toString());
        }
    }

    private void object(Map<?, ?> fields) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            generator.writeFieldName(String.valueOf(field.getKey()));
            value(field.getValue());
        }
        generator.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}
