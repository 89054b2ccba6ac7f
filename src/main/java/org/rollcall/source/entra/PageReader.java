package org.rollcall.source.entra;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/// Reads one page of a collection: its objects and how it ends.
///
/// @param <T> what an object becomes
final class PageReader<T> {
    private final Item<T> item;

    /// Reads one object; the parser is at its start, afterwards at its end.
    interface Item<T> {
        T read(JsonParser parser) throws IOException;
    }

    /// @param count `@odata.count`, -1 if missing
    record Body<T>(List<T> items, @Nullable String next, @Nullable String delta, long count) {}

    PageReader(Item<T> item) {
        this.item = item;
    }

    /// @param parser before the start of the page, or on it; afterwards on its end
    Body<T> read(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        ObjectReader.expect(parser, JsonToken.START_OBJECT);
        List<T> items = null;
        String next = null;
        String delta = null;
        long count = -1;
        String error = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (ErrorInAnswer.isName(name)) {
                error = ErrorInAnswer.code(parser);
                continue;
            }
            switch (name) {
                case "value" -> {
                    ObjectReader.expect(parser, JsonToken.START_ARRAY);
                    items = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        if (items.size() == AnswerLimits.OBJECTS) {
                            throw new OversizedAnswer();
                        }
                        items.add(item.read(parser));
                    }
                }
                case "@odata.nextLink" -> next = link(parser);
                case "@odata.deltaLink" -> delta = link(parser);
                case "@odata.count" -> count = parser.getValueAsLong(-1);
                default -> parser.skipChildren();
            }
        }
        if (error != null) {
            throw new ErrorInAnswer(error);
        }
        if (items == null) {
            throw new MalformedAnswer("a page without objects");
        }
        return new Body<>(items, next, delta, count);
    }

    /// A single object instead of a page.
    Body<T> readOne(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
        return new Body<>(List.of(item.read(parser)), null, null, -1);
    }

    private static @Nullable String link(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        ObjectReader.expect(parser, JsonToken.VALUE_STRING);
        String link = parser.getText();
        if (link.length() > AnswerLimits.LINK) {
            throw MalformedAnswer.naming("a link of more than " + AnswerLimits.LINK + " characters");
        }
        return link;
    }
}
